"""Identify: language and script of every document, and whether the run wants it."""

import polars as pl

from lang_models.agreement import DISAGREEMENT_RULE, compare
from lang_models.certainty import SCORE_RULE, score_limits
from lang_models.mixture import MIXED_RULE, MIXED_SHARE
from lang_models.undetermined import RULE_OF
from pipelines.run import Run
from schemas.decision import KEEP, OUTCOME_OF, QUARANTINED, decide
from schemas.policy import Answer

STAGE = "identify"


def identify(frame: pl.DataFrame, run: Run) -> pl.DataFrame:
    """The batch with its languages; what the model is unsure of waits in quarantine."""
    judged = run.identifier.judge(frame["text"])
    language = judged["language"]
    limit = score_limits(
        language.struct.field("tag"), run.identifier.card, run.aim, run.decided.limits
    )
    frame = frame.with_columns(
        _with_second_model(language, frame["text"], run).alias("language"),
        judged["measure"].alias("_measure"),
        judged["limit"].alias("_limit"),
        judged["mixed_share"].alias("_mixed_share"),
        limit.alias("_least_score"),
    )
    return _decide(frame, run).drop("_measure", "_limit", "_mixed_share", "_least_score")


def _with_second_model(language: pl.Series, text: pl.Series, run: Run) -> pl.Series:
    other = run.second_identifier
    if other is None:
        return language
    known = run.identifier.languages(), other.languages()
    said = compare(language, other.identify(text), known).alias("said")
    frame = pl.DataFrame([language, said])
    both = pl.col("language").struct.with_fields(pl.col("said").alias("second_model"))
    is_text = pl.col("language").is_not_null()
    return frame.select(pl.when(is_text).then(both).alias("language")).to_series()


def _decide(frame: pl.DataFrame, run: Run) -> pl.DataFrame:
    field, policy = pl.col("language").struct.field, run.policy
    frame = _answer(
        frame,
        policy.undetermined_language,
        field("undetermined").is_not_null(),
        rule=field("undetermined").replace_strict(RULE_OF, return_dtype=pl.String),
        measure=pl.col("_measure"),
        limit=pl.col("_limit"),
    )
    frame = decide(
        frame,
        field("raw_score") < pl.col("_least_score"),
        outcome=QUARANTINED,
        stage=STAGE,
        rule=SCORE_RULE,
        measure=field("raw_score"),
        limit=pl.col("_least_score"),
    )
    disagree = ~field("second_model").struct.field("agrees")
    frame = _answer(frame, policy.models_disagree, disagree, rule=DISAGREEMENT_RULE)
    frame = _answer(
        frame,
        policy.mixed_language,
        field("mixed"),
        rule=MIXED_RULE,
        measure=pl.col("_mixed_share"),
        limit=MIXED_SHARE,
    )
    wanted = run.settings.languages
    if wanted == "all":
        return frame
    unwanted = ~field("tag").is_in(list(wanted))
    return _answer(frame, run.settings.unwanted_language, unwanted, rule="language-not-wanted")


def _answer(
    frame: pl.DataFrame,
    answer: Answer,
    when: pl.Expr,
    *,
    rule: pl.Expr | str,
    measure: pl.Expr | None = None,
    limit: pl.Expr | float | None = None,
) -> pl.DataFrame:
    """The batch with the policy's answer to a doubt; rows of which it keeps all stay open."""
    if answer == KEEP:
        return frame
    outcome = OUTCOME_OF[answer]
    return decide(
        frame, when, outcome=outcome, stage=STAGE, rule=rule, measure=measure, limit=limit
    )

"""What would become of documents under other decisions, told from their columns alone.

Every measure of every document is kept, so most verdicts can be foreseen without its text.
What was not admitted has no measures: such a document is `unread` until the next run.
"""

import polars as pl

from governance import rights
from lang_models import quality
from lang_models.agreement import DISAGREEMENT_RULE
from lang_models.certainty import SCORE_RULE, score_limits
from lang_models.mixture import MIXED_RULE
from pipelines.decided import ON_SOURCES
from pipelines.run import Run
from schemas.decision import KEEP, OUTCOME_OF, QUARANTINED, RELEASED, REMOVED

#: Columns of a release that are needed, by the names of `governance.release_folder.COLUMNS`.
COLUMNS = (
    "doc_id", "source", "url", "declared", "concluded", "tag", "raw_score", "mixed", "agrees",
    "quality", "outcome", "stage", "rule", "kept_doc_id",
)  # fmt: skip
#: What the columns cannot tell.
UNREAD = "unread"
UNWANTED_RULE = "language-not-wanted"
_LICENCE_RULES = ("licence-unknown", "licence-not-allowed")
_SOURCE_RULES = tuple(rule for _, rule in ON_SOURCES.values())
_IDENTIFY_RULES = (SCORE_RULE, DISAGREEMENT_RULE, MIXED_RULE, UNWANTED_RULE)
_BEFORE_ADMISSION = "suppressed"
_LATE_STAGES = ("duplicates", "release")


def simulate(part: pl.DataFrame, run: Run) -> pl.Series:
    """How documents would end in a run with these decisions and cards.

    The steps are those of the job in their order. What another step decided, which no
    decision of a steward moves, stays as it is.

    Args:
        part: rows with `COLUMNS`.
        run: with the decisions in force that are asked about.

    Returns:
        `released`, `removed`, `quarantined` or `unread` for each row.
    """
    frame = part.with_columns(
        _on_source(part, run), _licence(part, run), _identified(part, run), _screened(part, run)
    )
    stage, rule, outcome = pl.col("stage"), pl.col("rule"), pl.col("outcome")
    is_first = (stage == "read") | (rule == _BEFORE_ADMISSION)
    movable = _LICENCE_RULES + _SOURCE_RULES
    is_admission = (stage == "admit") & ~rule.is_in(movable) & ~rule.str.starts_with("suppressed-")
    was_held = rule.is_in(movable).fill_null(value=False)
    is_called = (stage == "normalise") | ((stage == "identify") & ~rule.is_in(_IDENTIFY_RULES))
    is_other = ~stage.is_in(["read", "admit", "normalise", "identify", "screen", *_LATE_STAGES])
    end = (
        pl.when(is_first)
        .then(outcome)
        .when(pl.col("_source").is_not_null())
        .then("_source")
        .when(is_admission)
        .then(outcome)
        .when(pl.col("_licence").is_not_null())
        .then("_licence")
        .when(was_held)
        .then(pl.lit(UNREAD))
        .when(is_called)
        .then(outcome)
        .when(pl.col("_identify").is_not_null())
        .then("_identify")
        .when(is_other | rule.str.starts_with("suppressed-"))
        .then(outcome)
        .when(pl.col("_screen"))
        .then(pl.lit(REMOVED))
        .when(stage == "duplicates")
        .then(outcome)
        .otherwise(pl.lit(RELEASED))
    )
    return frame.select(end.alias("end"))["end"]


def _on_source(part: pl.DataFrame, run: Run) -> pl.Series:
    table = {
        one.target: ON_SOURCES[one.verdict][0]
        for one in run.decided.of("source")
        if one.verdict in ON_SOURCES
    }
    told = part["source"].replace_strict(table, default=None, return_dtype=pl.String)
    return told.alias("_source")


def _licence(part: pl.DataFrame, run: Run) -> pl.Series:
    """How rows end whose licence does not let them in; null for the others."""
    pieces = [pl.DataFrame(schema={"at": pl.UInt32, "concluded": pl.String})]
    rows = part.select("source", "url", "declared").with_row_index("at")
    for (source,), mine in rows.group_by("source"):
        if source not in run.cards:  # the card is gone: what was concluded stands
            continue
        batch = mine.select(pl.col("declared").alias("licence"), pl.struct("url").alias("source"))
        found = rights.concluded(batch, run.card(str(source)))["concluded"]
        pieces.append(mine.select("at").with_columns(found))
    told = rows.select("at").join(pl.concat(pieces), on="at", how="left", maintain_order="left")
    gone = ~part["source"].is_in(list(run.cards))
    concluded = pl.select(
        pl.when(gone).then(part["concluded"]).otherwise(told["concluded"])
    ).to_series()
    answers = {
        rights.UNKNOWN: OUTCOME_OF[run.policy.unknown_licence],
        rights.DENIED: OUTCOME_OF[run.policy.denied_licence],
    }
    standing = rights.standings(concluded, run.policy)
    ends = standing.replace_strict(answers, default=None, return_dtype=pl.String)
    return ends.alias("_licence")


def _identified(part: pl.DataFrame, run: Run) -> pl.Series:
    """How rows end at the calls of their language; null for those that go on."""
    policy, wanted = run.policy, run.settings.languages
    limit = score_limits(part["tag"], run.identifier.card, run.aim, run.decided.limits)
    doubts = [(pl.col("raw_score") < limit, QUARANTINED)]
    if policy.models_disagree != KEEP:
        doubts.append((~pl.col("agrees"), OUTCOME_OF[policy.models_disagree]))
    if policy.mixed_language != KEEP:
        doubts.append((pl.col("mixed"), OUTCOME_OF[policy.mixed_language]))
    if wanted != "all":
        unwanted = OUTCOME_OF[run.settings.unwanted_language]
        doubts.append((~pl.col("tag").is_in(list(wanted)), unwanted))
    ends = [pl.when(when.fill_null(value=False)).then(pl.lit(end)) for when, end in doubts]
    return part.select(pl.coalesce(ends).alias("_identify"))["_identify"]


def _screened(part: pl.DataFrame, run: Run) -> pl.Series:
    """True for rows that break a limit of their language."""
    broken = quality.screen(part["quality"].struct.unnest(), part["tag"], run.decided.limits)
    return broken["rule"].is_not_null().alias("_screen")

"""Identify: language and script of every document, and whether the run wants it."""

import polars as pl

from lang_models.certainty import SCORE_RULE, score_limits
from pipelines.run import Run
from schemas.decision import OUTCOME_OF, QUARANTINED, decide

STAGE = "identify"


def identify(frame: pl.DataFrame, run: Run) -> pl.DataFrame:
    """The batch with its languages; what the model is unsure of waits in quarantine."""
    called = run.identifier.identify(frame["text"])
    limit = score_limits(called.struct.field("tag"))
    frame = frame.with_columns(called.alias("language"), limit.alias("_limit"))
    tag, score = (pl.col("language").struct.field(name) for name in ("tag", "score"))
    frame = decide(
        frame,
        score < pl.col("_limit"),
        outcome=QUARANTINED,
        stage=STAGE,
        rule=SCORE_RULE,
        measure=score,
        limit=pl.col("_limit"),
    ).drop("_limit")
    wanted = run.settings.languages
    if wanted == "all":
        return frame
    return decide(
        frame,
        ~tag.is_in(list(wanted)),
        outcome=OUTCOME_OF[run.settings.unwanted_language],
        stage=STAGE,
        rule="language-not-wanted",
    )

"""Measure and screen: every quality measure of every document, then the language's limits."""

from dataclasses import replace

import polars as pl

from lang_models import quality
from lang_models.tokens import tokenise
from pipelines.batch import Batch
from pipelines.clock import clocked
from pipelines.run import Run
from schemas.decision import REMOVED, decide

STAGE = "screen"


@clocked("measure")
def measure(batch: Batch) -> Batch:
    """The batch with its words, and every measure of every document in `quality`."""
    if batch.frame is None:
        return batch
    text, tag = batch.frame["text"], batch.frame["language"].struct.field("tag")
    tokens = tokenise(text)
    measures = quality.measure(text, tokens, tag)
    frame = batch.frame.with_columns(pl.struct(measures.get_columns()).alias("quality"))
    return replace(batch, frame=frame, tokens=tokens)


def screen(frame: pl.DataFrame, run: Run) -> pl.DataFrame:
    """The batch with a decision for every document that breaks a limit of its language."""
    tag = frame["language"].struct.field("tag")
    broken = quality.screen(frame["quality"].struct.unnest(), tag, run.decided.limits)
    frame = frame.with_columns(broken.select(pl.all().name.prefix("_")))
    return decide(
        frame,
        pl.col("_rule").is_not_null(),
        outcome=REMOVED,
        stage=STAGE,
        rule=pl.col("_rule"),
        measure=pl.col("_measure"),
        limit=pl.col("_limit"),
    ).drop("_rule", "_measure", "_limit")

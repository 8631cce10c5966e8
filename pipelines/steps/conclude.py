"""Conclude: every document that is still open ends, as a copy of a kept one or released."""

import polars as pl

from schemas.corpus import DUPLICATES
from schemas.decision import RELEASED, REMOVED, decide, is_open

STAGE = "duplicates"
#: What is known of a document that has copies; nothing for all others.
VERDICTS = {
    "doc_id": pl.String,
    "kept_doc_id": pl.String,
    "similarity": pl.Float64,
    "threshold": pl.Float64,
    "exact": pl.Boolean,
    "cluster_id": pl.String,
    "cluster_size": pl.Int32,
    "is_representative": pl.Boolean,
    "source_id": pl.String,
    "kept_source_id": pl.String,
}


def conclude(frame: pl.DataFrame, verdicts: pl.DataFrame | None) -> pl.DataFrame:
    """The rows of a staged file with their last decision and their cluster.

    Args:
        frame: staged rows, open ones among them.
        verdicts: `VERDICTS` about the same file; None when none of its documents has a copy.

    Returns:
        The same rows in the same order, all decided. A document without a copy is a
        cluster of its own; what earlier steps removed belongs to none.
    """
    told = pl.DataFrame(schema=VERDICTS) if verdicts is None else verdicts
    frame = frame.drop("duplicates").join(told, on="doc_id", how="left", maintain_order="left")
    copy = ~pl.col("is_representative")
    frame = decide(
        frame,
        copy,
        outcome=REMOVED,
        stage=STAGE,
        rule=pl.when("exact").then(pl.lit("exact-duplicate")).otherwise(pl.lit("near-duplicate")),
        measure=pl.col("similarity"),
        limit=pl.col("threshold"),
    )
    frame = decide(frame, is_open(), outcome=RELEASED, stage="release", rule="kept")
    kept = pl.col("decision").struct.with_fields("kept_doc_id", "similarity")
    explained = pl.when(copy).then(kept).otherwise("decision").alias("decision")
    return frame.with_columns(explained, _cluster()).drop(set(VERDICTS) - {"doc_id"})


def _cluster() -> pl.Expr:
    alone = pl.struct(
        cluster_id=pl.col("doc_id"),
        cluster_size=pl.lit(1, dtype=DUPLICATES["cluster_size"]),
        is_representative=pl.lit(True),
    )
    told = pl.when(pl.col("cluster_id").is_not_null()).then(pl.struct(*DUPLICATES))
    released = pl.col("decision").struct.field("outcome") == RELEASED
    return told.when(released).then(alone).alias("duplicates")

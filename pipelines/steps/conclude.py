"""Conclude: every document that is still open ends, as a copy of a kept one or released."""

import polars as pl

from schemas.corpus import DUPLICATES
from schemas.decision import RELEASED, REMOVED, is_open, verdict

STAGE = "duplicates"
#: What is known of a document that has copies; nothing for all others.
VERDICTS = {
    "doc_id": pl.String,
    "kept_doc_id": pl.String,
    "similarity": pl.Float64,
    "threshold": pl.Float64,
    "exact": pl.Boolean,
    "same_address": pl.Boolean,
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
    # Joined by themselves: a join would copy all other columns, row by row.
    about = frame.select("doc_id").join(told, on="doc_id", how="left", maintain_order="left")
    is_copy = is_open() & ~pl.col("is_representative").fill_null(value=True)
    decided = (
        about.lazy()
        .with_columns(frame["decision"])
        .with_columns(is_copy.alias("_is_copy"), is_open().alias("_is_open"))
        .select(_decision().alias("decision"), _cluster().alias("duplicates"))
        .collect()
    )
    return frame.with_columns(decided.get_columns())


def _decision() -> pl.Expr:
    rule = (
        pl.when("exact")
        .then(pl.lit("exact-duplicate"))
        .when("same_address")
        .then(pl.lit("url-duplicate"))
        .otherwise(pl.lit("near-duplicate"))
    )
    measures = {"measure": pl.col("similarity"), "limit": pl.col("threshold")}
    removed = verdict(REMOVED, STAGE, rule, **measures).struct.with_fields(
        pl.col("kept_doc_id"), pl.col("similarity")
    )
    released = verdict(RELEASED, "release", "kept")
    return pl.when("_is_copy").then(removed).when("_is_open").then(released).otherwise("decision")


def _cluster() -> pl.Expr:
    """The cluster that is told; a released document without one is a cluster of its own."""
    alone = pl.struct(
        cluster_id=pl.col("doc_id"),
        cluster_size=pl.lit(1, dtype=DUPLICATES["cluster_size"]),
        is_representative=pl.lit(value=True),
    )
    told = pl.when(pl.col("cluster_id").is_not_null()).then(pl.struct(*DUPLICATES))
    return told.when("_is_open").then(alone).otherwise(None)

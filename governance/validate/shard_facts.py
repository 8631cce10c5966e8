"""One row of facts per shard: its schema, its footer, its order, its rows.

These are the facts that the release suite judges. None of them is taken from the text,
and none of them holds a value of a document except the first and last `doc_id`.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow.parquet as pq

from governance.release_folder import Release, Shard, read_parts
from schemas.corpus import SCHEMA_VERSION, STATISTICS_COLUMNS, released_schema
from schemas.decision import RELEASED

#: What the examination of a shard reads: narrow columns, never the text.
NAMES = (
    "doc_id", "source", "jurisdiction", "declared", "concluded", "basis", "tag", "script",
    "score", "second_score", "share", "model", "undetermined", "mixed", "cluster_size",
    "is_representative", "raw_hmac",
    "text_sha256", "run_id", "settings_digest", "outcome", "stage", "rule", "measure", "limit",
    "kept_doc_id", "similarity",
)  # fmt: skip
#: The columns of the table of facts.
FACTS: dict[str, type[pl.DataType]] = {
    "path": pl.String,
    "outcome": pl.String,
    "rows": pl.Int64,
    "said_rows": pl.Int64,
    "has_released_schema": pl.Boolean,
    "unsafe_statistics": pl.Int64,
    "unsorted_rows": pl.Int64,
    "odd_measures": pl.Int64,
    "is_span_true": pl.Boolean,
}
#: Keys that a footer may hold beside the columns: the schema itself and its version.
_FOOTER_KEYS = {b"ARROW:schema", b"endonym.schema_version"}
#: A share may exceed 1 by the rounding of a 32-bit float.
_ROUNDING = 1e-6


class ShardFacts:
    """The facts of one shard, gathered part by part.

    Args:
        release: the open release.
        shard: the shard.
        said: what `run.json` says of the file; empty when it does not name it.
    """

    def __init__(self, release: Release, shard: Shard, said: dict[str, Any]) -> None:
        self._release, self._shard, self._said = release, shard, said
        self._first: str | None = None
        self._last: str | None = None
        self._unsorted = self._odd = 0

    def parts(self) -> Iterator[pl.DataFrame]:
        """The narrow columns of the shard, with what its rows say about themselves.

        Adds `is_in_place` (outcome and language fit the folder), `is_explained` (a removal
        by a measure has measure and limit, a duplicate the kept document and their
        similarity) and the `path`.
        """
        for part in read_parts(self._release, self._shard, (*NAMES, "quality")):
            self._odd += odd_measures(part["quality"])
            self._follow(part["doc_id"])
            yield part.drop("quality").with_columns(
                _is_in_place(self._shard).alias("is_in_place"),
                _is_explained().alias("is_explained"),
                pl.lit(self._shard.path).alias("path"),
            )

    def _follow(self, ids: pl.Series) -> None:
        before = pl.concat([pl.Series("doc_id", [self._last], dtype=pl.String), ids.head(-1)])
        self._unsorted += int((ids <= before).sum())
        self._first = ids[0] if self._first is None else self._first
        self._last = ids[-1]

    def row(self) -> dict[str, Any]:
        """The row of the shard in the table that the release suite judges; after all parts."""
        with pq.ParquetFile(self._release.folder / self._shard.path) as file:
            is_released, unsafe = has_released_schema(file), len(unsafe_statistics(file))
        span = self._said.get("min_doc_id"), self._said.get("max_doc_id")
        return {
            "path": self._shard.path,
            "outcome": self._shard.outcome,
            "rows": self._shard.rows,
            "said_rows": self._said.get("rows"),
            "has_released_schema": is_released,
            "unsafe_statistics": unsafe,
            "unsorted_rows": self._unsorted,
            "odd_measures": self._odd,
            "is_span_true": span == (self._first, self._last),
        }


def _is_in_place(shard: Shard) -> pl.Expr:
    fits = pl.col("outcome").eq_missing(pl.lit(shard.outcome))
    if shard.tag is None:
        return fits
    return fits & pl.col("tag").eq_missing(pl.lit(shard.tag))


def _is_explained() -> pl.Expr:
    has_rule = pl.col("stage").is_not_null() & pl.col("rule").is_not_null()
    is_measured = pl.col("measure").is_not_null() & pl.col("limit").is_not_null()
    is_compared = pl.col("kept_doc_id").is_not_null() & pl.col("similarity").is_not_null()
    is_kept = pl.col("outcome") == RELEASED
    screened, copied = pl.col("stage") == "screen", pl.col("stage") == "duplicates"
    told = has_rule & (~screened | is_measured) & (~copied | is_compared)
    return (is_kept | told).fill_null(value=False)


def has_released_schema(file: pq.ParquetFile) -> bool:
    """True when names, types, order and version of the columns are those of the contract."""
    schema = file.schema_arrow
    version = (schema.metadata or {}).get(b"endonym.schema_version", b"").decode()
    return version == SCHEMA_VERSION and schema.equals(released_schema())


def unsafe_statistics(file: pq.ParquetFile) -> list[str]:
    """What the footer says about values that it must not: columns, and unknown keys.

    Source: Parquet writes the least and greatest value of a column into the footer, up to
    4 KB of them, so the first and last text stand there in clear (measured, pyarrow, 2026-11).
    """
    footer = file.metadata
    found = {"key" for key in footer.metadata or {} if key not in _FOOTER_KEYS}
    for group in range(footer.num_row_groups):
        for index in range(footer.num_columns):
            column = footer.row_group(group).column(index)
            tells = column.is_stats_set or column.has_column_index
            tells = tells or column.bloom_filter_offset is not None
            if tells and column.path_in_schema not in STATISTICS_COLUMNS:
                found.add(column.path_in_schema)
    return sorted(found)


def odd_measures(quality: pl.Series) -> int:
    """How many measured values cannot be: shares outside 0 to 1, negative or infinite numbers."""
    measures = quality.struct.unnest()
    checks = [_odd(name).sum() for name in measures.columns]
    return int(measures.select(checks).sum_horizontal().item()) if checks else 0


def _odd(name: str) -> pl.Expr:
    value = pl.col(name)
    limit = 1.0 + _ROUNDING if "_share" in name else float("inf")
    return ((value < 0) | (value > limit) | value.is_infinite()).fill_null(value=False)

"""What lies in a release, counted from its Parquet columns in one pass, without the text.

Every count is a small table per shard; the tables are added up, so the number of
files and of documents does not matter to memory.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from governance.release_folder import Release, Shard, read_parts
from schemas.corpus import PRIVACY as PRIVACY_FIELDS
from schemas.corpus import QUALITY as QUALITY_FIELDS

Progress = Callable[[int, int], None]
#: Score histograms have this many bars between 0 and 1 (5 hundredths each reads well in print).
BARS = 20
#: Shards whose tables wait to be added up together (bounds memory, not the result).
_WAITING = 128
_NAMES = (
    "doc_id", "source", "tag", "score", "declared", "concluded", "basis", "privacy",
    "outcome", "stage", "rule", "measure", "limit", "undetermined", "mixed", "second_tag", "agrees",
)  # fmt: skip
_TYPES = pl.Schema(
    {
        "row": pl.UInt32(),
        **{name: pl.String() for name in _NAMES},
        "score": pl.Float64(),
        "measure": pl.Float64(),
        "limit": pl.Float64(),
        "mixed": pl.Boolean(),
        "agrees": pl.Boolean(),
        "privacy": pl.List(pl.Struct(PRIVACY_FIELDS)),
        "folder": pl.String(),
        "path": pl.String(),
    }
)
#: Columns that only some counts need, and read for them alone.
_MORE = {
    "quality": pl.Struct(QUALITY_FIELDS),
    "raw_score": pl.Float64(),
    "second": pl.String(),
    "second_score": pl.Float64(),
    "date": pl.String(),
    "jurisdiction": pl.String(),
    "similarity": pl.Float64(),
}


@dataclass(frozen=True)
class Count:
    """A table that is added up from shard to shard.

    Args:
        name: of the table.
        keys: columns that name a row.
        table: the shard's columns -> its table.
        add: the tables of many shards, one under the other -> their sum.
        needs: columns beside those that every count gets.
    """

    name: str
    keys: tuple[str, ...]
    table: Callable[[pl.DataFrame], pl.DataFrame]
    add: Callable[[pl.DataFrame, tuple[str, ...]], pl.DataFrame]
    needs: tuple[str, ...] = ()


def tally(
    release: Release, progress: Progress | None = None, more: Sequence[Count] = ()
) -> dict[str, pl.DataFrame]:
    """All tables of `COUNTS`, by name, for a whole release.

    Args:
        release: an open release.
        progress: called with shards done and shards in all.
        more: counts beside those of `COUNTS`, made in the same pass.

    Returns:
        The tables, sorted by their keys. A release without documents has empty tables.
    """
    counts = (*COUNTS, *more)
    needs = tuple(dict.fromkeys(name for count in counts for name in count.needs))
    nothing = pl.DataFrame(schema=_TYPES | {name: _MORE[name] for name in needs})
    held = {count.name: [count.table(nothing)] for count in counts}
    for done, shard in enumerate(release.shards, start=1):
        for frame in _read(release, shard, needs):
            for count in counts:
                held[count.name].append(count.table(frame))
                if len(held[count.name]) > _WAITING:
                    held[count.name] = [_sum(count, held[count.name])]
        if progress:
            progress(done, len(release.shards))
    return {count.name: _sum(count, held[count.name]) for count in counts}


def _sum(count: Count, tables: list[pl.DataFrame]) -> pl.DataFrame:
    return count.add(pl.concat(tables), count.keys).sort(*count.keys, nulls_last=True)


def _read(release: Release, shard: Shard, needs: Sequence[str]) -> Iterator[pl.DataFrame]:
    here = pl.lit(shard.folder).alias("folder"), pl.lit(shard.path).alias("path")
    rows = 0
    for part in read_parts(release, shard, (*_NAMES, *needs)):
        placed = part.with_row_index("row", offset=rows).with_columns(*here)
        typed = placed.select(list(_TYPES)).cast(_TYPES)
        yield pl.concat([typed, placed.select(needs)], how="horizontal") if needs else typed
        rows += len(part)


def add_numbers(whole: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """Tables one under the other -> their sum: counts are added, `_min` and `_max` kept."""
    numbers = [name for name in whole.columns if name not in keys]
    return whole.group_by(keys).agg(map(_added, numbers))


def _added(name: str) -> pl.Expr:
    column = pl.col(name)
    if name.endswith("_min"):
        return column.min()
    return column.max() if name.endswith("_max") else column.sum()


def _documents() -> pl.Expr:
    return pl.len().cast(pl.Int64).alias("documents")


def _decisions(frame: pl.DataFrame) -> pl.DataFrame:
    measured = pl.col("measure").fill_nan(None)
    return frame.group_by(DECISIONS.keys).agg(
        _documents(),
        measured.count().cast(pl.Int64).alias("measured"),
        measured.sum().alias("measure_sum"),
        measured.min().alias("measure_min"),
        measured.max().alias("measure_max"),
        pl.col("limit").min().alias("limit_min"),
        pl.col("limit").max().alias("limit_max"),
    )


def _languages(frame: pl.DataFrame) -> pl.DataFrame:
    bar = (pl.col("score").fill_nan(None) * BARS).floor().clip(0, BARS - 1).cast(pl.Int64)
    return frame.with_columns(bar.alias("bar")).group_by(LANGUAGES.keys).agg(_documents())


def _doubts(frame: pl.DataFrame) -> pl.DataFrame:
    other = pl.when(~pl.col("agrees")).then("second_tag")
    return frame.with_columns(other.alias("other_tag")).group_by(DOUBTS.keys).agg(_documents())


def _spoken(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.group_by(SPOKEN.keys).agg(_documents())


def _rights(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.group_by(RIGHTS.keys).agg(_documents())


def _privacy(frame: pl.DataFrame) -> pl.DataFrame:
    holding = frame.filter(pl.col("privacy").list.len() > 0)
    found = holding.select("folder", "source", "row", "privacy").explode("privacy")
    return (
        found.unnest("privacy")
        .group_by(PRIVACY.keys)
        .agg(
            pl.col("row").n_unique().cast(pl.Int64).alias("documents"),
            pl.col("count").sum().cast(pl.Int64).alias("values"),
        )
    )


DECISIONS = Count(
    "decisions", ("folder", "source", "outcome", "stage", "rule"), _decisions, add_numbers
)
LANGUAGES = Count("languages", ("folder", "tag", "bar"), _languages, add_numbers)
#: The second model's tag only where it disagrees: it would be a row for every document else.
DOUBTS = Count(
    "doubts",
    ("folder", "tag", "undetermined", "mixed", "agrees", "other_tag"),
    _doubts,
    add_numbers,
)
SPOKEN = Count("spoken", ("folder", "source", "tag"), _spoken, add_numbers)
RIGHTS = Count(
    "rights", ("folder", "source", "declared", "concluded", "basis"), _rights, add_numbers
)
PRIVACY = Count("privacy", ("folder", "source", "type"), _privacy, add_numbers)

#: Every table, in the order in which the report uses them.
COUNTS = (DECISIONS, LANGUAGES, DOUBTS, SPOKEN, RIGHTS, PRIVACY)

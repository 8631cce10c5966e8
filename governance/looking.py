"""Documents of a release, one after the other, for a person who wants to see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from governance.release_folder import Release, Shard, read_parts, read_rows

_NAMES = ("source", "tag", "score", "outcome", "stage", "rule")
_ROWS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents are to be seen; None is no condition.

    Args:
        outcome: `released`, `removed` or `quarantined`.
        language: tag, or its beginning, such as `swh`.
        source: id of the source.
        rule: rule, or stage/rule, such as `duplicates/near-duplicate`.
        lowest: least score of the language, from 0 to 1.
        highest: greatest score.
    """

    outcome: str | None = None
    language: str | None = None
    source: str | None = None
    rule: str | None = None
    lowest: float | None = None
    highest: float | None = None

    def condition(self) -> pl.Expr:
        """True for a row that is wanted."""
        parts = [pl.col("outcome").is_not_null()]
        if self.outcome is not None:
            parts.append(pl.col("outcome") == self.outcome)
        if self.source is not None:
            parts.append(pl.col("source") == self.source)
        if self.language is not None:
            parts.append(pl.col("tag").str.starts_with(self.language))
        if self.rule is not None:
            named = pl.concat_str("stage", "rule", separator="/")
            parts.append((pl.col("rule") == self.rule) | (named == self.rule))
        if self.lowest is not None:
            parts.append(pl.col("score") >= self.lowest)
        if self.highest is not None:
            parts.append(pl.col("score") <= self.highest)
        return pl.all_horizontal(parts).fill_null(value=False)

    def may_be_in(self, shard: Shard) -> bool:
        """False for a file that holds none of them, by its folder's name."""
        if self.outcome is not None and shard.outcome != self.outcome:
            return False
        return self.language is None or shard.tag is None or shard.tag.startswith(self.language)


def look(release: Release, wanted: Wanted, *, skip: int = 0) -> Iterator[dict[str, Any]]:
    """The documents that are wanted, in the order of files and rows, with all their columns.

    Only narrow columns are read to find them; text is read where one is, so the first
    documents of a large release are there at once.

    Args:
        release: an open release.
        wanted: which.
        skip: so many are passed over.
    """
    for shard in release.shards:
        if not wanted.may_be_in(shard):
            continue
        parts = [part.select(wanted.condition()) for part in read_parts(release, shard, _NAMES)]
        chosen = pl.concat(parts).to_series() if parts else pl.Series([], dtype=pl.Boolean)
        found = int(chosen.sum())
        if found <= skip:
            skip -= found
            continue
        places = chosen.arg_true()[skip:]
        skip = 0
        yield from _rows(release, shard, places)


def _rows(release: Release, shard: Shard, places: pl.Series) -> Iterator[dict[str, Any]]:
    columns = ["doc_id", "text", "language", "source", "rights", "quality", "privacy",
               "duplicates", "decision"]  # fmt: skip
    first = 0
    for rows in read_rows(release, shard, columns, size=_ROWS_AT_ONCE):
        here = places.filter((places >= first) & (places < first + len(rows))) - first
        first += len(rows)
        yield from rows[here].iter_rows(named=True)
        if len(places) and first > int(places[-1]):
            return

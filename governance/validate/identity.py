"""Whether a digest occurs twice in a whole release, with eight bytes of memory a document."""

import numpy as np
import polars as pl

from governance.release_folder import Release, Shard, read_column


class Digests:
    """The values of a hexadecimal column over many shards.

    Sixteen digits of each are held; where two agree, the shards are read again and the
    whole values are compared, so the answer is exact. Nulls are left out.

    Args:
        release: the open release.
        column: name of the column.
    """

    def __init__(self, release: Release, column: str) -> None:
        self._release = release
        self._column = column
        self._parts: dict[Shard, list[np.ndarray]] = {}

    def add(self, shard: Shard, frame: pl.DataFrame) -> None:
        """Takes the column of a part of a shard."""
        self._parts.setdefault(shard, []).append(_heads(frame[self._column]))

    @property
    def count(self) -> int:
        """How many values there are."""
        return len(self._all())

    def repeated(self) -> int:
        """How many values stand there that stood there before."""
        heads = np.sort(self._all())
        twice = np.unique(heads[1:][heads[1:] == heads[:-1]])
        if not len(twice):
            return 0
        whole = pl.concat([self._whole(shard, twice) for shard in self._parts])
        return len(whole) - whole.n_unique()

    def lacks(self, values: pl.Series) -> int:
        """How many of these values (by their first sixteen digits) are not among them."""
        heads = _heads(values)
        return len(values) - int(np.isin(heads, self._all()).sum())

    def _all(self) -> np.ndarray:
        parts = [part for shard in self._parts.values() for part in shard]
        return np.concatenate([np.zeros(0, np.uint64), *parts])

    def _whole(self, shard: Shard, twice: np.ndarray) -> pl.Series:
        if not any(np.isin(part, twice).any() for part in self._parts[shard]):
            return pl.Series(self._column, [], dtype=pl.String)
        column = read_column(self._release, shard, self._column).drop_nulls()
        return column.filter(pl.Series(np.isin(_heads(column), twice)))


def _heads(column: pl.Series) -> np.ndarray:
    heads = column.drop_nulls().str.slice(0, 16)
    numbers = heads.str.to_integer(base=16, dtype=pl.UInt64, strict=False)
    return numbers.fill_null(0).to_numpy()

"""Columns with other values in some of their rows, and lists of names from bits."""

from collections.abc import Sequence

import numpy as np
import polars as pl


def put(column: pl.Series, rows: np.ndarray, values: pl.Series) -> pl.Series:
    """The column with other values at some places; the one given stays as it is.

    Args:
        column: of any type.
        rows: int64[n], places in it.
        values: n values of the same type.

    >>> put(pl.Series(["a", "b", "c"]), np.array([1]), pl.Series(["x"])).to_list()
    ['a', 'x', 'c']
    """
    if not len(rows):
        return column
    order = np.arange(len(column))
    order[rows] = len(column) + np.arange(len(rows))
    return pl.concat([column, values]).gather(order)


def names_of(bits: np.ndarray, names: Sequence[str]) -> pl.Series:
    """A list of names for each set of bits.

    Args:
        bits: int64[rows].
        names: the meaning of each bit, the lowest first.

    Returns:
        List[String]; empty where no bit is set.

    >>> names_of(np.array([0, 5]), ["nfc", "controls", "zawgyi"]).to_list()
    [[], ['nfc', 'zawgyi']]
    """
    kinds, kind = np.unique(bits, return_inverse=True)
    lists = [
        [name for place, name in enumerate(names) if one >> place & 1] for one in kinds.tolist()
    ]
    return pl.Series(lists, dtype=pl.List(pl.String)).gather(kind)

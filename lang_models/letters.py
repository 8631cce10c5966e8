"""Counts the letters of each text by script. Kernels only; `scripts.count` calls them."""

import numpy as np
from numba import njit, types

from lang_models.scan import code_point

_TEXT = types.Array(types.uint8, 1, "C", readonly=True)
_OFFSETS = types.Array(types.int64, 1, "C", readonly=True)
_TABLE = types.Array(types.uint8, 1, "C", readonly=True)
_SIDES = types.Array(types.int8, 1, "C", readonly=True)


@njit(types.void(_TEXT, _OFFSETS, _TABLE, types.boolean[::1]), cache=True, nogil=True)
def mark(data: np.ndarray, offsets: np.ndarray, table: np.ndarray, occurs: np.ndarray) -> None:
    """Marks the scripts that occur; `table` gives the script of each code point."""
    at, end = offsets[0], offsets[-1]
    while at < end:
        point, at = code_point(data, at)
        occurs[table[point]] = True


@njit(
    types.void(_TEXT, _OFFSETS, _TABLE, types.int64[::1], types.int64[:, ::1]),
    cache=True,
    nogil=True,
)
def count_letters(
    data: np.ndarray,
    offsets: np.ndarray,
    table: np.ndarray,
    column: np.ndarray,
    letters: np.ndarray,
) -> None:
    """Fills `letters`, a row a text; `column` is where a script is counted, -1 for nowhere."""
    for text in range(len(offsets) - 1):
        at, end = offsets[text], offsets[text + 1]
        while at < end:
            point, at = code_point(data, at)
            place = column[table[point]]
            if place >= 0:
                letters[text, place] += 1


@njit(
    types.void(_TEXT, _OFFSETS, _TABLE, types.int64, _SIDES, types.int64[::1]),
    cache=True,
    nogil=True,
)
def lean(
    data: np.ndarray,
    offsets: np.ndarray,
    table: np.ndarray,
    han: int,
    sides: np.ndarray,
    bias: np.ndarray,
) -> None:
    """Adds up the sides of the Han characters of each text; `han` is their script's number."""
    for text in range(len(offsets) - 1):
        at, end = offsets[text], offsets[text + 1]
        while at < end:
            point, at = code_point(data, at)
            if table[point] == han:
                bias[text] += sides[point]

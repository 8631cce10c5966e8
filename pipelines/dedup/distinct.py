"""Shingle hashes as sets: each document's ascending and each once.

They are stored so from the start. The comparison of two documents is then one walk over
both, the index of a release needs no sorting, and signatures see no shingle twice.
"""

import numpy as np
from numba import njit, types

from pipelines.dedup.signature import READ_I64, READ_U32

_DIGITS = 4  # of 8 bits in a hash
_VALUES = 256
#: Up to so many numbers are sorted by insertion sooner than the counters are cleared.
_FEW = 24


def distinct(shingles: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The shingles of each document, ascending and each once, with their starts.

    Args:
        shingles: uint32, of all documents.
        starts: int64, one more than there are documents.

    >>> values, starts = distinct(np.array([9, 2, 9, 5], np.uint32), np.array([0, 3, 4]))
    >>> values.tolist(), starts.tolist()
    ([2, 9, 5], [0, 2, 3])
    """
    longest = int(np.diff(starts).max(initial=0))
    room = np.empty((2, longest), np.uint32)
    values, ends = np.empty(len(shingles), np.uint32), np.zeros(len(starts), np.int64)
    _distinct(np.ascontiguousarray(shingles), np.ascontiguousarray(starts), room, values, ends)
    return values[: ends[-1]], ends


_U32, _I64 = types.uint32, types.int64


@njit(types.void(_U32[::1]), cache=True, nogil=True)
def _insert(values: np.ndarray) -> None:
    for i in range(1, values.size):
        value, at = values[i], i
        while at > 0 and values[at - 1] > value:
            values[at] = values[at - 1]
            at -= 1
        values[at] = value


@njit(types.void(_U32[::1], _U32[::1], types.int32[:, ::1]), cache=True, nogil=True)
def _radix(values: np.ndarray, spare: np.ndarray, places: np.ndarray) -> None:
    # Digit by digit from the lowest, each pass from one array into the other and four in
    # all, so that the result lies in `values` again. The time does not depend on the hashes.
    places[:] = 0
    for value in values:
        for digit in range(_DIGITS):
            places[digit, (value >> np.uint32(8 * digit)) & np.uint32(_VALUES - 1)] += 1
    for digit in range(_DIGITS):
        before = 0
        for key in range(_VALUES):
            before, places[digit, key] = before + places[digit, key], before
    for digit in range(_DIGITS):
        source, target = (values, spare) if digit % 2 == 0 else (spare, values)
        for value in source:
            key = (value >> np.uint32(8 * digit)) & np.uint32(_VALUES - 1)
            target[places[digit, key]] = value
            places[digit, key] += 1


@njit(
    types.void(READ_U32, READ_I64, _U32[:, ::1], _U32[::1], _I64[::1]),
    cache=True,
    nogil=True,
)
def _distinct(
    shingles: np.ndarray, starts: np.ndarray, room: np.ndarray, out: np.ndarray, ends: np.ndarray
) -> None:
    places = np.empty((_DIGITS, _VALUES), np.int32)
    filled = 0
    for document in range(starts.size - 1):
        size = starts[document + 1] - starts[document]
        values = room[0, :size]
        values[:] = shingles[starts[document] : starts[document + 1]]
        if size <= _FEW:
            _insert(values)
        else:
            _radix(values, room[1, :size], places)
        for i in range(size):
            if i == 0 or values[i] != values[i - 1]:
                out[filled] = values[i]
                filled += 1
        ends[document + 1] = filled

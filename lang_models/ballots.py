"""Counts votes of segments, document by document. Kernels only; `calls` and `mixture` call them.

Sums are made in the order of the votes, as `numpy.bincount` makes them, so a document's are the
same whatever batch it stands in.
"""

import numpy as np
from numba import njit, types

_INTEGERS, _FLOATS = types.int64[::1], types.float64[::1]
_VOTES = types.Array(types.int64, 1, "C", readonly=True)
_VALUES = types.Array(types.float64, 1, "C", readonly=True)


@njit(types.boolean(types.float64, types.int64, types.float64, types.int64), cache=True, nogil=True)
def _is_before(share: float, tag: int, other_share: float, other_tag: int) -> bool:
    """Whether one stands before another: greater shares first, then lower tags; no number last."""
    if np.isnan(share) or np.isnan(other_share):
        is_tie = np.isnan(share) and np.isnan(other_share)
        return bool(tag < other_tag if is_tie else np.isnan(other_share))
    return bool(share > other_share or (share == other_share and tag < other_tag))


@njit(types.int64(_VOTES, _VOTES, types.int64, _INTEGERS), cache=True, nogil=True)
def number(row: np.ndarray, tag: np.ndarray, tags: int, place: np.ndarray) -> int:
    """Numbers the pairs of a row and a tag, in the order in which they first occur.

    Args:
        row: int64[n], sorted.
        tag: int64[n], 0 to `tags`.
        tags: how many there may be.
        place: int64[n], filled: the number of each pair.

    Returns:
        How many pairs there are.
    """
    last_row, pair = np.full(tags, -1, np.int64), np.empty(tags, np.int64)
    count = 0
    for vote in range(len(row)):
        if last_row[tag[vote]] != row[vote]:
            last_row[tag[vote]], pair[tag[vote]] = row[vote], count
            count += 1
        place[vote] = pair[tag[vote]]
    return count


@njit(types.void(_VOTES, types.int64, _INTEGERS), cache=True, nogil=True)
def by_row(row: np.ndarray, rows: int, order: np.ndarray) -> None:
    """Fills `order` with the places of the votes, row by row, those of one row as they stand."""
    start = np.zeros(rows + 1, np.int64)
    for one in row:
        start[one + 1] += 1
    start = np.cumsum(start)
    for vote in range(len(row)):
        order[start[row[vote]]] = vote
        start[row[vote]] += 1


@njit(types.void(_INTEGERS, _INTEGERS, _FLOATS), cache=True, nogil=True)
def sort_pairs(row: np.ndarray, tag: np.ndarray, share: np.ndarray) -> None:
    """Sorts the pairs of each row, best first; `row` is sorted. A row has few of them."""
    for pair in range(1, len(row)):
        one_tag, one_share, at = tag[pair], share[pair], pair
        while (
            at > 0
            and row[at - 1] == row[pair]
            and _is_before(one_share, one_tag, share[at - 1], tag[at - 1])
        ):
            tag[at], share[at] = tag[at - 1], share[at - 1]
            at -= 1
        tag[at], share[at] = one_tag, one_share


@njit(types.void(_VOTES, _VOTES, _VALUES, _INTEGERS), cache=True, nogil=True)
def choose(segment: np.ndarray, tag: np.ndarray, share: np.ndarray, best: np.ndarray) -> None:
    """Fills the place of the best vote of each segment; one without any stays as it is."""
    for vote in range(len(segment)):
        before = best[segment[vote]]
        if before < 0 or _is_before(share[vote], tag[vote], share[before], tag[before]):
            best[segment[vote]] = vote

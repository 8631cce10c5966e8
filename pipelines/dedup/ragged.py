"""Lists of different lengths, one after another in one array: the shingles of documents."""

import numpy as np
from numba import njit, types

from pipelines.dedup.signature import READ_I64, READ_U32


def offsets_of(lengths: np.ndarray) -> np.ndarray:
    """Where each list starts when lists of these lengths follow one another.

    >>> offsets_of(np.array([2, 0, 1])).tolist()
    [0, 2, 2, 3]
    """
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


def gather(
    values: np.ndarray, starts: np.ndarray, chosen: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The lists of the chosen documents, in that order, with their new starts.

    >>> lists = np.array([1, 2, 3], np.uint32), np.array([0, 1, 3])
    >>> values, starts = gather(*lists, np.array([1, 0]))
    >>> values.tolist(), starts.tolist()
    ([2, 3, 1], [0, 2, 3])
    """
    chosen = np.ascontiguousarray(chosen, np.int64)
    offsets = offsets_of(starts[chosen + 1] - starts[chosen])
    gathered = np.empty(offsets[-1], np.uint32)
    _copy_lists(values, starts, chosen, offsets[:-1], gathered)
    return gathered, offsets


@njit(types.void(READ_U32, READ_I64, READ_I64, READ_I64, types.uint32[::1]), cache=True, nogil=True)
def _copy_lists(
    values: np.ndarray,
    starts: np.ndarray,
    chosen: np.ndarray,
    targets: np.ndarray,
    out: np.ndarray,
) -> None:
    for i in range(chosen.size):
        first, last = starts[chosen[i]], starts[chosen[i] + 1]
        out[targets[i] : targets[i] + last - first] = values[first:last]

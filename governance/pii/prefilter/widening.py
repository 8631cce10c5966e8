"""The pass that gives every anchor a window of text."""

import numpy as np
from numba import njit

from governance.pii.kinds import AT, CUED
from governance.pii.prefilter.utf8 import chars_between, step_left, step_right, to_space


@njit(cache=True, nogil=True)
def widen(
    data: np.ndarray, offsets: np.ndarray, anchors: np.ndarray, reach: np.ndarray
) -> np.ndarray:
    """Windows of (document, kinds, start byte, end byte, start in code points) around the anchors.

    Anchors come in order of place. Windows that touch become one. `reach` is the
    code points to the left and right of a number or colon, then of an at sign or after a cue.
    """
    found = np.empty((len(anchors), 5), dtype=np.int64)
    size, counted_row, counted_to, chars = 0, -1, 0, 0
    for anchor in anchors:
        row, kind = anchor[0], anchor[1]
        side = 2 * (kind == AT or kind & CUED != 0)
        low, high = offsets[row], offsets[row + 1]
        start = to_space(data, step_left(data, anchor[2], low, reach[side]), low, -1)
        end = to_space(data, step_right(data, anchor[3], high, reach[side + 1]), high, 1)
        if size and found[size - 1, 0] == row and start <= found[size - 1, 3]:
            found[size - 1, 1] |= kind
            found[size - 1, 3] = max(end, found[size - 1, 3])
            continue
        if row != counted_row:
            counted_row, counted_to, chars = row, offsets[row], 0
        chars += chars_between(data, counted_to, start)
        counted_to = start
        found[size] = row, kind, start, end, chars
        size += 1
    return found[:size]

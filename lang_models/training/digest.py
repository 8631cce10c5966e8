"""Numbers that follow from a line's text alone, so that chance is the same on every machine.

Which lines are held out, which are taken and in what order must not depend on the order of the
files, nor on a package's generator of random numbers.
"""

import numpy as np
import polars as pl
from numba import njit, types

from lang_models.scan import MULTIPLY, mix
from lang_models.strings import buffers

_TEXT = types.Array(types.uint8, 1, "C", readonly=True)
_OFFSETS = types.Array(types.int64, 1, "C", readonly=True)
_NUMBERS = types.Array(types.uint64, 1, "C", readonly=True)
_MANTISSA_BITS = 53


@njit(types.uint64[::1](_TEXT, _OFFSETS, types.uint64), cache=True, nogil=True)
def _digests(data: np.ndarray, offsets: np.ndarray, seed: np.uint64) -> np.ndarray:
    hashes = np.empty(len(offsets) - 1, np.uint64)
    for row in range(len(hashes)):
        hashed = seed
        for at in range(offsets[row], offsets[row + 1]):
            hashed = (hashed ^ np.uint64(data[at])) * MULTIPLY
        hashes[row] = mix(hashed)
    return hashes


@njit(types.uint64[::1](_NUMBERS, types.uint64), cache=True, nogil=True)
def _mixed(values: np.ndarray, stream: np.uint64) -> np.ndarray:
    out = np.empty_like(values)
    for place in range(len(values)):
        out[place] = mix(values[place] + stream * MULTIPLY)
    return out


def digests(text: pl.Series, seed: int = 1) -> np.ndarray:
    """uint64 for each text; the same text has the same everywhere.

    Args:
        text: strings without nulls.
        seed: another one gives other numbers.

    >>> first, second, third = digests(pl.Series(["leo", "kesho", "leo"]))
    >>> bool(first == third), bool(first == second)
    (True, False)
    """
    data, offsets = buffers(text)
    return _digests(data, offsets, np.uint64(seed))


def chances(values: np.ndarray, stream: int) -> np.ndarray:
    """float64 from 0 to under 1 for each digest, evenly spread; each stream is another draw.

    >>> chances(digests(pl.Series(["leo"])), 1) == chances(digests(pl.Series(["leo"])), 2)
    array([False])
    """
    bits = _mixed(values, np.uint64(stream)) >> np.uint64(64 - _MANTISSA_BITS)
    return bits.astype(np.float64) * 2.0**-_MANTISSA_BITS

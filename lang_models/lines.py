"""What a line looks like: its length, its ends, and a hash to find it again.

Kernels only; the lines come from `scan.walk`. Blanks around a line do not belong to it.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from lang_models.fold import BULLET, CLOSER, DENSE, ELLIPSIS, SPACE, TERMINAL
from lang_models.scan import MULTIPLY, SEED, code_point, mix

#: Bits of `Lines.kind`.
BULLET_LINE, SENTENCE_LINE, ELLIPSIS_LINE, SHORT_LINE = 1, 2, 4, 8
#: FineWeb (Penedo et al. 2024, arXiv:2406.17557) calls a line of up to 30 characters short.
SHORT_LINE_CHARS = 30
#: A code point of a dense script counts as three: the Universal Declaration in Chinese needs
#: 0.28 times the code points of the English (measured 2026-11-23).
_DENSE_CHARS = 3
_LINE_FEED = ord("\n")
_FULL_STOP = ord(".")


class Lines(NamedTuple):
    """What is known of each line; a blank line has no characters."""

    hash: np.ndarray  # uint64: of the bytes without the blanks around them
    chars: np.ndarray  # int32: code points without the blanks around them
    kind: np.ndarray  # uint8: the bits above


@njit(cache=True, nogil=True)
def _before(data: np.ndarray, begin: np.int64, end: np.int64) -> np.int64:
    """Where the code point begins that ends at `end`."""
    at = end - 1
    while at > begin and data[at] & 0xC0 == 0x80:  # noqa: PLR2004  # continuation bytes
        at -= 1
    return at


@njit(cache=True, nogil=True)
def _trim(
    data: np.ndarray, kind: np.ndarray, begin: np.int64, end: np.int64
) -> tuple[np.int64, np.int64]:
    if end > begin and data[end - 1] == _LINE_FEED:
        end -= 1
    while begin < end:
        point, after = code_point(data, begin)
        if not kind[point] & SPACE:
            break
        begin = after
    return begin, _skip_back(data, kind, begin, end, SPACE)


@njit(cache=True, nogil=True)
def _skip_back(
    data: np.ndarray, kind: np.ndarray, begin: np.int64, end: np.int64, flags: int
) -> np.int64:
    while end > begin:
        at = _before(data, begin, end)
        point, _ = code_point(data, at)
        if not kind[point] & flags:
            break
        end = at
    return end


@njit(cache=True, nogil=True)
def _hash(data: np.ndarray, begin: np.int64, end: np.int64) -> np.uint64:
    hashed = SEED ^ np.uint64(end - begin)
    while begin < end - 7:
        block = np.uint64(0)
        for byte in range(8):  # LLVM makes one load of it
            block |= np.uint64(data[begin + byte]) << np.uint64(8 * byte)
        hashed = mix(hashed ^ block)
        begin += 8
    for at in range(begin, end):
        hashed = (hashed ^ np.uint64(data[at])) * MULTIPLY
    return mix(hashed)


@njit(cache=True, nogil=True)
def _chars(data: np.ndarray, begin: np.int64, end: np.int64) -> int:
    chars = 0
    for at in range(begin, end):
        chars += data[at] & 0xC0 != 0x80  # noqa: PLR2004  # all but continuation bytes
    return chars


@njit(cache=True, nogil=True)
def _end_kind(data: np.ndarray, kind: np.ndarray, begin: np.int64, end: np.int64) -> int:
    """Does the line end a sentence, or trail off, behind the quotes and brackets that close?"""
    end = _skip_back(data, kind, begin, end, CLOSER | SPACE)
    if end == begin:
        return 0
    point, _ = code_point(data, _before(data, begin, end))
    found = np.int64(kind[point])
    trails = found & ELLIPSIS != 0
    if point == _FULL_STOP and end - begin > 2:  # noqa: PLR2004  # room for three dots
        trails = data[end - 2] == _FULL_STOP and data[end - 3] == _FULL_STOP
    return (found & TERMINAL != 0) * SENTENCE_LINE + trails * ELLIPSIS_LINE


@njit(cache=True, nogil=True)
def _is_short(data: np.ndarray, kind: np.ndarray, begin: np.int64, end: np.int64) -> bool:
    width = 0
    while begin < end and width <= SHORT_LINE_CHARS:
        point, begin = code_point(data, begin)
        width += _DENSE_CHARS if kind[point] & DENSE else 1
    return width <= SHORT_LINE_CHARS


@njit(cache=True, nogil=True)
def describe(data: np.ndarray, line_byte: np.ndarray, kind: np.ndarray, out: Lines) -> None:
    """Fills `out` for each line; `line_byte` has their beginnings and the end of the last."""
    for line in range(len(line_byte) - 1):
        begin, end = _trim(data, kind, line_byte[line], line_byte[line + 1])
        if begin == end:
            out.hash[line], out.chars[line], out.kind[line] = 0, 0, 0
            continue
        out.hash[line] = _hash(data, begin, end)
        out.chars[line] = _chars(data, begin, end)
        first, _ = code_point(data, begin)
        found = (kind[first] & BULLET != 0) * BULLET_LINE + _end_kind(data, kind, begin, end)
        if out.chars[line] <= SHORT_LINE_CHARS and _is_short(data, kind, begin, end):
            found += SHORT_LINE
        out.kind[line] = found

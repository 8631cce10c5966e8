"""The pass that finds at signs with an address around them, and public IPv6 addresses."""

import numpy as np
from numba import njit

from governance.pii.kinds import ADDRESS, AT
from governance.pii.prefilter.utf8 import grown, is_hex, is_word


@njit(cache=True, nogil=True)
def _is_spelled_at(data: np.ndarray, place: int, end: int) -> bool:
    """Whether an opening bracket at `place` begins "(at)" or "[ AT ]"."""
    place += 1
    if place < end and data[place] == 32:
        place += 1
    if place + 2 >= end or data[place] | 32 != 97 or data[place + 1] | 32 != 116:
        return False
    place += 2
    if data[place] == 32 and place + 1 < end:
        place += 1
    return data[place] == 41 or data[place] == 93 or data[place] == 125 or data[place] == 62


@njit(cache=True, nogil=True)
def _is_address_like(data: np.ndarray, start: int, at: int, after: int, end: int) -> bool:
    """Whether something stands before the at sign and a dotted name, or a URL's host, after it."""
    left, right = at - 1, after
    if left >= start and right < end and data[left] == 32 and data[right] == 32:
        left, right = left - 1, right + 1
    if left < start or right >= end or data[left] <= 32 or data[right] <= 32:
        return False
    for place in range(right, min(end, right + 260)):
        byte = data[place]
        if byte == 46 and not (place + 1 < end and is_word(data[place + 1])):
            break
        if byte >= 128 or byte in (37, 40, 46, 91):
            return place > right or byte >= 128
        if not is_word(byte) and byte != 45:
            break
    for place in range(at - 1, max(start, at - 256) + 1, -1):
        if data[place] <= 32:
            return False
        if data[place] == 47 and data[place - 1] == 47 and data[place - 2] == 58:
            return True
    return False


@njit(cache=True, nogil=True)
def _is_ipv6_start(data: np.ndarray, start: int, colon: int, end: int) -> bool:
    """Whether four hexadecimal digits from 2000 to 3fff stand before the colon at `colon`."""
    first = colon - 4
    if first < start or colon + 1 >= end or (data[first] != 50 and data[first] != 51):
        return False
    if not (is_hex(data[colon + 1]) or data[colon + 1] == 58):
        return False
    if first > start and (is_word(data[first - 1]) and data[first - 1] < 128):
        return False
    return is_hex(data[first + 1]) and is_hex(data[first + 2]) and is_hex(data[first + 3])


@njit(cache=True, nogil=True, inline="always")
def _kind_of_sign(data: np.ndarray, start: int, place: int, end: int) -> int:
    byte = data[place]
    if byte == 64:
        return AT * _is_address_like(data, start, place, place + 1, end)
    if byte == 58:
        return ADDRESS * _is_ipv6_start(data, start, place, end)
    if byte == 37 and place + 2 < end and data[place + 1] == 52 and data[place + 2] == 48:
        return AT * _is_address_like(data, start, place, place + 3, end)
    if byte in (40, 60, 91, 123):
        return AT * _is_spelled_at(data, place, end)
    if byte == 0xEF and place + 2 < end:  # the full-width and the small at sign
        wide = data[place + 1] == 0xBC and data[place + 2] == 0xA0
        if wide or (data[place + 1] == 0xB9 and data[place + 2] == 0xAB):
            return AT * _is_address_like(data, start, place, place + 3, end)
    return 0


@njit(cache=True, nogil=True)
def sign_anchors(data: np.ndarray, offsets: np.ndarray, signs: np.ndarray) -> np.ndarray:
    """Rows of (document, kind, first byte, end byte), one for each at sign or IPv6 group."""
    found = np.empty((1024, 4), dtype=np.int64)
    size = 0
    for row in range(len(offsets) - 1):
        start, end = offsets[row], offsets[row + 1]
        for place in range(start, end):
            if not signs[data[place]]:
                continue
            kind = _kind_of_sign(data, start, place, end)
            if kind:
                if size == len(found):
                    found = grown(found)
                found[size] = row, kind, place, place + 1
                size += 1
    return found[:size]

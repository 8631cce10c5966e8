"""The pass that finds what begins with a sign: addresses, handles, keys and degrees."""

import numpy as np
from numba import njit

from governance.pii.kinds import ADDRESS, AT, CUED, KEY, PLACE
from governance.pii.prefilter.cued import is_cued
from governance.pii.prefilter.utf8 import grown, is_hex, is_word

_MOST_BLOCK_BYTES = 16_384
_AWS_KEY_CHARS = 16


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


@njit(cache=True, nogil=True)
def _is_mac(data: np.ndarray, start: int, sign: int, end: int) -> bool:
    """Whether two hexadecimal digits stand before the sign and after it and the next two."""
    if sign - 2 < start or sign + 8 >= end or data[sign + 3] != data[sign]:
        return False
    if data[sign + 6] != data[sign]:
        return False
    digits = 0
    for place in (-2, -1, 1, 2, 4, 5, 7, 8):
        digits += is_hex(data[sign + place])
    return digits == 8


@njit(cache=True, nogil=True)
def _begins_key_block(data: np.ndarray, start: int, place: int, end: int) -> bool:
    """Whether `-----BEGIN` begins here."""
    if place + 10 > end or (place > start and data[place - 1] == 45):
        return False
    for step in range(1, 5):
        if data[place + step] != 45:
            return False
    return data[place + 5] == 66 and data[place + 6] == 69 and data[place + 9] == 78  # BE..N


@njit(cache=True, nogil=True)
def _block_end(data: np.ndarray, place: int, end: int) -> int:
    """The second run of five hyphens after the first line's two, or where a key is at its longest.

    A block has four: around BEGIN and around END.
    """
    stop, runs, size = min(end, place + _MOST_BLOCK_BYTES), 0, 0
    while place < stop:
        size = size + 1 if data[place] == 45 else 0
        runs += size == 5
        place += 1
        if runs == 4:
            return place
    return place


@njit(cache=True, nogil=True)
def _is_handle(data: np.ndarray, start: int, at: int, end: int) -> bool:
    """Whether an at sign begins a word."""
    if at + 2 >= end or (at > start and is_word(data[at - 1])):
        return False
    return is_word(data[at + 1]) and data[at + 1] < 128


@njit(cache=True, nogil=True)
def _kind_of_joint(data: np.ndarray, start: int, place: int, end: int) -> int:
    """What a colon, a hyphen or a degree sign begins."""
    if data[place] == 0xC2:
        is_degree = place + 2 < end and place > start and data[place + 1] == 0xB0
        return PLACE * (is_degree and 48 <= data[place - 1] <= 57)
    if data[place] == 45 and place + 10 <= end and data[place + 1] == 45:
        return KEY * _begins_key_block(data, start, place, end)
    is_mac = _is_mac(data, start, place, end)
    return ADDRESS * (is_mac or (data[place] == 58 and _is_ipv6_start(data, start, place, end)))


@njit(cache=True, nogil=True)
def _is_aws_key(data: np.ndarray, start: int, place: int, end: int) -> bool:
    """Whether AKIA, ASIA, AROA or AIDA begins before the letter at `place`, and sixteen more.

    Some of these keys have no digit at all, or none before their last characters.
    """
    if place == start or place + 3 + _AWS_KEY_CHARS > end:
        return False
    middle = data[place + 1]
    is_begun = middle == 79 if data[place] == 82 else middle == (68 if data[place] == 73 else 73)
    if data[place - 1] != 65 or not is_begun or data[place + 2] != 65:
        return False
    for step in range(3, 3 + _AWS_KEY_CHARS):
        byte = data[place + step]
        if not (48 <= byte <= 57 or 65 <= byte <= 90):
            return False
    return True


@njit(cache=True, nogil=True, inline="always")
def _is_wide_at(second: int, third: int) -> bool:
    """Whether these bytes end the full-width at sign or the small one."""
    return (second == 0xBC and third == 0xA0) or (second == 0xB9 and third == 0xAB)


@njit(cache=True, nogil=True, inline="always")
def _kind_of_sign(data: np.ndarray, start: int, place: int, end: int) -> int:
    byte = data[place]
    if byte == 64:
        return AT * _is_address_like(data, start, place, place + 1, end)
    if byte in (45, 58, 0xC2):
        is_plain_hyphen = byte == 45 and not (place + 3 < end and data[place + 3] == 45)
        return 0 if is_plain_hyphen else _kind_of_joint(data, start, place, end)
    if byte in (73, 75, 82, 83):
        return KEY * _is_aws_key(data, start, place, end)
    if byte == 37 and place + 2 < end and data[place + 1] == 52 and data[place + 2] == 48:
        return AT * _is_address_like(data, start, place, place + 3, end)
    if byte in (40, 60, 91, 123):
        return AT * _is_spelled_at(data, place, end)
    is_wide = byte == 0xEF and place + 2 < end and _is_wide_at(data[place + 1], data[place + 2])
    return AT * (is_wide and _is_address_like(data, start, place, place + 3, end))


@njit(cache=True, nogil=True)
def sign_anchors(
    data: np.ndarray,
    offsets: np.ndarray,
    signs: np.ndarray,
    words: np.ndarray,
    tails: np.ndarray,
) -> np.ndarray:
    """Rows of (document, kind, first byte, end byte), one for each sign that begins something."""
    found = np.empty((1024, 4), dtype=np.int64)
    size = 0
    for row in range(len(offsets) - 1):
        start, end = offsets[row], offsets[row + 1]
        for place in range(start, end):
            if not signs[data[place]]:
                continue
            kind = _kind_of_sign(data, start, place, end)
            if not kind and data[place] == 64 and _is_handle(data, start, place, end):
                kind = CUED * is_cued(data, start, place, words, tails)
            if kind:
                if size == len(found):
                    found = grown(found)
                is_block = kind == KEY and data[place] == 45
                last = _block_end(data, place, end) if is_block else place + 1
                found[size] = row, kind, place, last
                size += 1
    return found[:size]

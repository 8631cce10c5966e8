"""Small compiled steps over UTF-8 bytes that the passes share.

Places are byte places; `start` and `end` are the document's own.
"""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True, inline="always")
def is_word(byte: int) -> bool:
    """Whether a byte belongs to a letter or digit, or to any character beyond ASCII."""
    return byte >= 128 or 48 <= byte <= 57 or 65 <= byte <= 90 or 97 <= byte <= 122


@njit(cache=True, nogil=True, inline="always")
def is_hex(byte: int) -> bool:
    """Whether a byte is a hexadecimal digit."""
    return 48 <= byte <= 57 or 65 <= byte <= 70 or 97 <= byte <= 102


@njit(cache=True, nogil=True, inline="always")
def decode(data: np.ndarray, place: int, end: int) -> tuple[int, int]:
    """The code point at `place` and how many bytes it takes."""
    byte = int(data[place])
    if byte < 0x80:
        return byte, 1
    if byte < 0xE0 and place + 1 < end:
        return (byte & 0x1F) << 6 | (data[place + 1] & 0x3F), 2
    if byte < 0xF0 and place + 2 < end:
        return (byte & 0xF) << 12 | (data[place + 1] & 0x3F) << 6 | (data[place + 2] & 0x3F), 3
    if place + 3 < end:
        middle = (data[place + 1] & 0x3F) << 12 | (data[place + 2] & 0x3F) << 6
        return (byte & 7) << 18 | middle | (data[place + 3] & 0x3F), 4
    return byte, 1


@njit(cache=True, nogil=True)
def grown(rows: np.ndarray) -> np.ndarray:
    """The rows in an array of twice the length."""
    larger = np.empty((2 * rows.shape[0], rows.shape[1]), dtype=np.int64)
    for row in range(rows.shape[0]):
        for column in range(rows.shape[1]):
            larger[row, column] = rows[row, column]
    return larger


@njit(cache=True, nogil=True)
def step_left(data: np.ndarray, place: int, start: int, chars: int) -> int:
    """The place `chars` code points to the left, at most the start."""
    while place > start and chars > 0:
        place -= 1
        chars -= (data[place] & 0xC0) != 0x80
    return place


@njit(cache=True, nogil=True)
def step_right(data: np.ndarray, place: int, end: int, chars: int) -> int:
    """The place `chars` code points to the right, at most the end."""
    while place < end and (chars > 0 or (data[place] & 0xC0) == 0x80):
        chars -= (data[place] & 0xC0) != 0x80
        place += 1
    return place


@njit(cache=True, nogil=True)
def to_space(data: np.ndarray, place: int, edge: int, step: int) -> int:
    """The next space from `place` towards the document's `edge`, so that no word is cut in two.

    After 64 bytes without one, as in scripts that have none, the edge of a character.
    """
    stop = max(edge, place - 64) if step < 0 else min(edge, place + 64)
    while place != stop and data[place - (step < 0)] > 32:
        place += step
    while place != edge and (data[place] & 0xC0) == 0x80:
        place += step
    return place


@njit(cache=True, nogil=True)
def chars_between(data: np.ndarray, start: int, end: int) -> int:
    """How many code points begin between two places."""
    chars = 0
    for place in range(start, end):
        chars += (data[place] & 0xC0) != 0x80
    return chars

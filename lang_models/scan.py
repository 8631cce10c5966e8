"""The one walk over the bytes of a batch: words, their hashes, and where the lines begin.

Kernels only: arrays in, arrays filled. `tokens.tokenise` prepares the room and names the parts.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from lang_models.fold import DENSE, ELLIPSIS, JOINER, LETTER, MARK, SOLO, WORD, Tables

#: Odd multipliers with well-spread bits: the golden ratio's, and two of splitmix64's
#: (Steele, Lea, Flood 2014, doi:10.1145/2714064.2660195).
MULTIPLY = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
SEED = np.uint64(0x243F6A8885A308D3)  # the first digits of pi: any number but 0 would do

#: Columns of `Room.signs`.
HASH_SIGNS, ELLIPSES, BRACES = 0, 1, 2
_LINE_FEED = ord("\n")
_FULL_STOP = ord(".")
_DOTS = 3  # of them make an ellipsis
_NONE = np.int64(0)


class Room(NamedTuple):
    """Room for what the walk finds; more than is needed, the caller cuts it."""

    start: np.ndarray  # int64[documents + 1]: index of the first word
    hash: np.ndarray  # uint64[words]
    chars: np.ndarray  # int32[words]: code points, joiners left out
    kind: np.ndarray  # uint8[words]: LETTER, SOLO, DENSE
    line_start: np.ndarray  # int64[documents + 1]: index of the first line
    line_byte: np.ndarray  # int64[lines + 1]: where the line begins in the buffer
    line_word: np.ndarray  # int64[lines + 1]: index of the first word
    signs: np.ndarray  # int64[documents, 3]


@njit(cache=True, nogil=True)
def mix(value: np.uint64) -> np.uint64:
    """Spreads every bit of a hash over all 64."""
    value = (value ^ (value >> np.uint64(30))) * _MIX_1
    value = (value ^ (value >> np.uint64(27))) * _MIX_2
    return value ^ (value >> np.uint64(31))


@njit(cache=True, nogil=True)
def code_point(data: np.ndarray, at: np.int64) -> tuple[np.int64, np.int64]:
    """The code point that begins at a byte of valid UTF-8, and the byte where the next begins."""
    first = np.int64(data[at])
    if first < 0x80:  # noqa: PLR2004  # the bounds of UTF-8, RFC 3629
        return first, at + 1
    second = np.int64(data[at + 1]) & 0x3F
    if first < 0xE0:  # noqa: PLR2004
        return (first & 0x1F) << 6 | second, at + 2
    third = np.int64(data[at + 2]) & 0x3F
    if first < 0xF0:  # noqa: PLR2004
        return (first & 0x0F) << 12 | second << 6 | third, at + 3
    fourth = np.int64(data[at + 3]) & 0x3F
    return (first & 0x07) << 18 | second << 12 | third << 6 | fourth, at + 4


@njit(cache=True, nogil=True)
def _add(hashed: np.uint64, point: np.int64, tables: Tables) -> np.uint64:
    folded = tables.fold[point]
    if folded >= 0:
        return (hashed ^ np.uint64(folded)) * MULTIPLY
    place = -folded
    for step in range(1, tables.expansion[place] + 1):
        hashed = (hashed ^ np.uint64(tables.expansion[place + step])) * MULTIPLY
    return hashed


@njit(cache=True, nogil=True)
def _ascii_run(
    data: np.ndarray, at: np.int64, end: np.int64, tables: Tables, hashed: np.uint64
) -> tuple[np.int64, np.uint64, np.int64]:
    """Takes in ASCII letters and digits as long as they follow: the quick way for most text."""
    seen = _NONE
    while at < end and data[at] < 0x80 and tables.kind[data[at]] & WORD:  # noqa: PLR2004  # ASCII
        hashed = (hashed ^ np.uint64(tables.fold[data[at]])) * MULTIPLY
        seen |= tables.kind[data[at]]
        at += 1
    return at, hashed, seen


@njit(cache=True, nogil=True)
def _close(room: Room, word: int, hashed: np.uint64, chars: np.int64, kind: np.int64) -> int:
    room.hash[word] = mix(hashed)
    room.chars[word] = chars
    room.kind[word] = kind & (LETTER | SOLO | DENSE)
    return word + 1


@njit(cache=True, nogil=True)
def _open_line(room: Room, line: int, byte: np.int64, word: int) -> int:
    room.line_byte[line] = byte
    room.line_word[line] = word
    return line + 1


@njit(cache=True, nogil=True)
def _is_third_dot(data: np.ndarray, begin: np.int64, at: np.int64) -> bool:
    """Does the full stop that ends at `at` make an ellipsis of the two before it?"""
    if at - begin < _DOTS or data[at - 2] != _FULL_STOP or data[at - 3] != _FULL_STOP:
        return False
    return bool(at - begin == _DOTS or data[at - 4] != _FULL_STOP)


@njit(cache=True, nogil=True)
def _note_sign(signs: np.ndarray, point: np.int64, found: np.int64, is_third_dot: bool) -> None:
    if point in (0x23, 0xFF03):  # number sign, and its full-width form
        signs[HASH_SIGNS] += 1
    elif point in (0x7B, 0x7D):  # curly brackets
        signs[BRACES] += 1
    elif found & ELLIPSIS or is_third_dot:
        signs[ELLIPSES] += 1


@njit(cache=True, nogil=True)
def walk(data: np.ndarray, offsets: np.ndarray, tables: Tables, room: Room) -> tuple[int, int]:
    """Walks over all documents, `data[offsets[i]:offsets[i + 1]]` each.

    Returns:
        How many words and how many lines it found. A document of no bytes has one line.
    """
    word, line = 0, 0
    for document in range(len(offsets) - 1):
        at, end = offsets[document], offsets[document + 1]
        room.start[document], room.line_start[document] = word, line
        line = _open_line(room, line, at, word)
        hashed, chars, kind = SEED, _NONE, _NONE
        while at < end:
            point, at = code_point(data, at)
            found = np.int64(tables.kind[point])
            if found & JOINER:
                continue
            if chars and (not found & WORD or found & SOLO or (kind & SOLO and not found & MARK)):
                word = _close(room, word, hashed, chars, kind)
                hashed, chars, kind = SEED, _NONE, _NONE
            if found & WORD:
                hashed, chars, kind = _add(hashed, point, tables), chars + 1, kind | found
                if not kind & SOLO:
                    before = at
                    at, hashed, seen = _ascii_run(data, at, end, tables, hashed)
                    chars, kind = chars + at - before, kind | seen
            elif point == _LINE_FEED:
                line = _open_line(room, line, at, word)
            elif point > 0x20:  # noqa: PLR2004  # beyond the space: rare
                dots = point == _FULL_STOP and _is_third_dot(data, offsets[document], at)
                _note_sign(room.signs[document], point, found, dots)
        if chars:
            word = _close(room, word, hashed, chars, kind)
    room.start[-1], room.line_start[-1] = word, line
    _open_line(room, line, offsets[-1], word)
    return word, line

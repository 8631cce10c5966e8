"""The step that tells whether a cue word stands before short digits or an at sign.

"Plate KBX 123A" and "born 12 March 1980" hold too few digits to be looked at for their
own sake. So the words before every run of digits are hashed backwards, byte by byte, and
looked up among the cue words; what they announce is for the recognisers to find.
"""

from collections.abc import Iterable

import numpy as np
from numba import njit

from governance.pii.prefilter.utf8 import is_word

_SLOTS, _TAIL_SLOTS = 1 << 15, 1 << 16
_MOST_SIGNS, _MOST_WORDS, _MOST_WORD_BYTES, _MOST_CUE_BYTES = 6, 3, 36, 72
_TAIL_BYTES, _FEWEST_CUE_BYTES = 3, 2


@njit(cache=True, nogil=True, inline="always")
def _folded(byte: int) -> int:
    """A byte in small letters; 32 for every sign of ASCII."""
    if 65 <= byte <= 90:
        return byte | 32
    return byte if is_word(byte) else 32


@njit(cache=True, nogil=True)
def _walk(data: np.ndarray, start: int, place: int, words: np.ndarray) -> bool:
    """Whether a cue word ends at `place`."""
    code, last = 0, 0
    stop = max(start, place - _MOST_CUE_BYTES)
    while place > stop:
        byte = _folded(data[place - 1])
        place -= 1
        if byte == 32 and last == 32:
            continue
        code, last = (code * 257 + byte) & 0x7FFFFFFF, byte
        if byte >= 128:
            is_edge = byte >= 0xC0
        else:
            is_edge = place == start or not 97 <= _folded(data[place - 1]) <= 122
        if is_edge and words[_slot(words, code)] == code:
            return True
    return False


@njit(cache=True, nogil=True, inline="always")
def _slot(words: np.ndarray, code: int) -> int:
    """Where a hash is kept, or would be."""
    slot = code & (_SLOTS - 1)
    while words[slot] not in (0, code):
        slot = (slot + 1) & (_SLOTS - 1)
    return slot


@njit(cache=True, nogil=True)
def _tail(first: int, second: int, third: int) -> int:
    return (first * 961 + second * 31 + third) & (_TAIL_SLOTS - 1)


@njit(cache=True, nogil=True, inline="always")
def _may_end_cue(data: np.ndarray, start: int, place: int, tails: np.ndarray) -> bool:
    """Whether the last three bytes are those of a cue word, or the last two a whole one."""
    two, three = _folded(data[place - 2]), _folded(data[place - 1])
    one = _folded(data[place - 3]) if place - start >= _TAIL_BYTES else 32
    if tails[_tail(one, two, three)]:
        return True
    return (one == 32 or one >= 128) and tails[_tail(32, two, three)]


@njit(cache=True, nogil=True)
def is_cued(data: np.ndarray, start: int, place: int, words: np.ndarray, tails: np.ndarray) -> bool:
    """Whether a cue word ends at `place`, or up to two words before it."""
    for _ in range(_MOST_WORDS):
        stop = max(start, place - _MOST_SIGNS)
        while place > stop and not is_word(data[place - 1]):
            place -= 1
        is_wide_colon = place - start >= 3 and data[place - 1] == 0x9A and data[place - 2] == 0xBC
        if is_wide_colon and data[place - 3] == 0xEF:
            place -= 3
        if place - start < _FEWEST_CUE_BYTES:
            return False
        if _may_end_cue(data, start, place, tails) and _walk(data, start, place, words):
            return True
        stop = max(start, place - _MOST_WORD_BYTES)
        while place > stop and is_word(data[place - 1]):
            if place - start > 2 and data[place - 1] == 0x9A and data[place - 2] == 0xBC:
                break  # the full-width colon after a label
            place -= 1
        if place == stop:
            return False
    return False


def tables(cues: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
    """The hashes of cue words of two bytes and more, and of their last three bytes.

    Before a word of two bytes counts a space. Each word counts as given, capitalised and in
    capitals, since bytes of other scripts are not put into small letters.
    """
    words = np.zeros(_SLOTS, dtype=np.int64)
    tails = np.zeros(_TAIL_SLOTS, dtype=np.bool_)
    for cue in cues:
        for form in (cue, cue.capitalize(), cue.title(), cue.upper()):
            folded = [int(_folded(byte)) for byte in form.encode()]
            code = 0
            for byte in reversed(folded):
                code = (code * 257 + byte) & 0x7FFFFFFF
            words[_slot(words, code)] = code
            tails[_tail(*[32, *folded][-_TAIL_BYTES:])] = True
    return words, tails

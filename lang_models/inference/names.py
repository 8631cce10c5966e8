"""The names that a model knows, words and labels, in a table by their hash.

Source: `Dictionary::find` and `Dictionary::getLine` of fastText 0.9.2.
"""

import numpy as np
from numba import njit, types

from lang_models.inference.model import VOCABULARY, Vocabulary, frozen
from lang_models.inference.words import (
    END,
    HASH_START,
    OFFSETS,
    SPANS,
    TEXT,
    Spans,
    add_byte,
    same,
)

#: What stands for a word that the model does not know, and for a label: fastText leaves labels
#: out of a line, and whatever looks like one.
UNKNOWN, LABEL = -1, -2
_PREFIX = np.frombuffer(b"__label__", np.uint8)
#: The table is at most half full, so that the next name of a chain is near.
_ROOM = 2


@njit(types.void(TEXT, OFFSETS, types.uint32[::1], types.int32[::1]), cache=True, nogil=True)
def _fill(letters: np.ndarray, start: np.ndarray, hashes: np.ndarray, table: np.ndarray) -> None:
    mask = len(table) - 1
    for name in range(len(hashes)):
        hashed = HASH_START
        for at in range(start[name], start[name + 1]):
            hashed = add_byte(hashed, letters[at])
        hashes[name] = hashed
        place = np.int64(hashed) & mask
        while table[place] != UNKNOWN:
            place = (place + 1) & mask
        table[place] = name


def vocabulary(names: list[bytes], words: int) -> Vocabulary:
    """The table of some names.

    Args:
        names: words first, then labels; each is numbered by its place.
        words: how many of them are words.
    """
    letters = np.frombuffer(b"".join(names) or b"\0", np.uint8)
    start = np.zeros(len(names) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, names), np.int64, len(names)), out=start[1:])
    hashes = np.empty(len(names), np.uint32)
    table = np.full(1 << (_ROOM * len(names)).bit_length(), UNKNOWN, np.int32)
    _fill(letters, start, hashes, table)
    return Vocabulary(words, frozen(letters), frozen(start), frozen(hashes), frozen(table))


@njit(types.int32[::1](VOCABULARY, TEXT, SPANS), cache=True, nogil=True)
def number(known: Vocabulary, text: np.ndarray, words: Spans) -> np.ndarray:
    """int32: the number of each word among the names; `UNKNOWN`, or `LABEL`.

    Args:
        known: the model's names.
        text: the text that the words stand in.
        words: distinct words of that text, after the end of a line.
    """
    letters, starts, hashes, table = known.letters, known.start, known.hash, known.table
    mask = len(table) - 1
    numbers = np.empty(len(words.start), np.int32)
    for word in range(len(numbers)):
        inside = text if word else END
        begin, size, hashed = words.start[word], words.length[word], words.hash[word]
        place = np.int64(hashed) & mask
        name = np.int64(table[place])
        while name >= 0 and not (
            hashes[name] == hashed
            and starts[name + 1] - starts[name] == size
            and same(letters, starts[name], inside, begin, size)
        ):
            place = (place + 1) & mask
            name = np.int64(table[place])
        if name < 0 and size >= len(_PREFIX) and same(inside, begin, _PREFIX, 0, len(_PREFIX)):
            name = np.int64(LABEL)
        numbers[word] = name if name < known.words else LABEL
    return numbers

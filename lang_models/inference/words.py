"""Words as fastText sees them: where they begin and end, and how it hashes them.

Each word of a batch of lines is listed once, for words come again and again.

Source: `Dictionary::hash`, `readWord` and `getLine` of fastText 0.9.2.
"""

from typing import NamedTuple

import numpy as np
from numba import njit, types

from lang_models.inference.model import reading

#: FNV-1a, 32 bits (Fowler, Noll, Vo): where it begins and what it multiplies by.
HASH_START = np.uint32(2166136261)
_FNV_PRIME = np.uint32(16777619)
#: fastText's word for the end of a line.
END = np.frombuffer(b"</s>", np.uint8)
#: What parts words: blank, tab, line feed, vertical tab, form feed, carriage return, null.
_PARTS_WORDS = np.zeros(256, np.bool_)
_PARTS_WORDS[[0, 9, 10, 11, 12, 13, 32]] = True
_LINE_FEED = ord("\n")
_UPPER_BITS = np.uint32(15)


class Spans(NamedTuple):
    """Stretches of a text; the first is the end of a line, which stands in no text."""

    start: np.ndarray  # int64
    length: np.ndarray  # int64: bytes
    hash: np.ndarray  # uint32


class Words(NamedTuple):
    """The words of some lines."""

    line: np.ndarray  # int64[lines + 1]: the first place of each line in `word`
    word: np.ndarray  # int32, a place: which of the distinct words; each line ends in word 0
    distinct: Spans


TEXT, OFFSETS = reading(types.uint8), reading(types.int64)
SPANS = types.NamedTuple((types.int64[::1], types.int64[::1], types.uint32[::1]), Spans)


@njit(types.uint32(types.uint32, types.uint8), cache=True, nogil=True)
def add_byte(hashed: np.uint32, byte: np.uint8) -> np.uint32:
    """The hash of a text and one byte more; fastText takes bytes from 128 on as negative.

    >>> hashed = HASH_START
    >>> for byte in "né".encode():
    ...     hashed = np.uint32(add_byte(hashed, np.uint8(byte)))
    >>> int(hashed)
    166497165
    """
    return np.uint32(np.uint32(hashed ^ np.uint32(np.int8(byte))) * _FNV_PRIME)


@njit(types.boolean(TEXT, types.int64, TEXT, types.int64, types.int64), cache=True, nogil=True)
def same(left: np.ndarray, i: int, right: np.ndarray, j: int, length: int) -> bool:
    """Whether so many bytes are the same in both texts."""
    step = 0
    while step < length and left[i + step] == right[j + step]:
        step += 1
    return bool(step == length)


@njit(types.int64(TEXT, OFFSETS, types.int64[::1], SPANS), cache=True, nogil=True)
def _cut(text: np.ndarray, offsets: np.ndarray, line: np.ndarray, found: Spans) -> int:
    # Finds all words of all lines, each line's end among them, and returns how many.
    starts, lengths, hashes = found
    count = 0
    for number in range(len(offsets) - 1):
        at, end = offsets[number], offsets[number + 1]
        line[number] = count
        is_open = True
        while is_open:
            while at < end and _PARTS_WORDS[text[at]] and text[at] != _LINE_FEED:
                at += 1
            begin, hashed = at, HASH_START
            while at < end and not _PARTS_WORDS[text[at]]:
                hashed = add_byte(hashed, text[at])
                at += 1
            size = at - begin
            is_open = size > 0 and not (size == len(END) and same(text, begin, END, 0, size))
            starts[count], hashes[count] = begin, hashed
            lengths[count] = size if is_open else 0
            count += 1
    line[len(offsets) - 1] = count
    return count


@njit(types.int64(TEXT, SPANS, types.int32[::1], types.int32[::1], SPANS), cache=True, nogil=True)
def _list(
    text: np.ndarray, found: Spans, table: np.ndarray, words: np.ndarray, distinct: Spans
) -> int:
    # Numbers each word by the first that is the same, and returns how many distinct ones.
    starts, lengths, hashes = distinct
    mask, count = len(table) - 1, 1
    for place in range(len(words)):
        begin, size, hashed = found.start[place], found.length[place], found.hash[place]
        slot = np.int64(hashed ^ (hashed >> _UPPER_BITS)) & mask
        word = np.int64(table[slot]) if size else 0
        while word and not (
            hashes[word] == hashed
            and lengths[word] == size
            and same(text, starts[word], text, begin, size)
        ):
            slot = (slot + 1) & mask
            word = np.int64(table[slot])
        if size and not word:
            word = count
            table[slot] = word
            starts[word], lengths[word], hashes[word] = begin, size, hashed
            count += 1
        words[place] = word
    return count


def words_of(text: np.ndarray, offsets: np.ndarray) -> Words:
    r"""The words of lines.

    Args:
        text: uint8, UTF-8.
        offsets: int64[lines + 1], where each line begins and the last one ends. A line also
            ends before its first \n or `</s>`, as for fastText.

    >>> words = words_of(np.frombuffer(b"leo na leojana", np.uint8), np.array([0, 10, 14]))
    >>> words.line.tolist(), words.word.tolist(), words.distinct.length.tolist()
    ([0, 4, 6], [1, 2, 1, 0, 3, 0], [4, 3, 2, 4])
    """
    lines = len(offsets) - 1
    most = int(offsets[-1] - offsets[0]) // 2 + 2 * lines + 1  # a byte between two words
    line, kinds = np.empty(lines + 1, np.int64), (np.int64, np.int64, np.uint32)
    found = Spans(*(np.empty(most, kind) for kind in kinds))
    count = _cut(text, offsets, line, found)
    words, distinct = np.empty(count, np.int32), Spans(*(np.empty(count + 1, it) for it in kinds))
    distinct.start[0], distinct.length[0], distinct.hash[0] = 0, len(END), _end_hash()
    size = _list(text, found, np.zeros(1 << (count + 1).bit_length(), np.int32), words, distinct)
    return Words(line, words, Spans(*(values[:size] for values in distinct)))


def _end_hash() -> np.uint32:
    hashed = HASH_START
    for byte in END:
        hashed = np.uint32(add_byte(hashed, byte))
    return hashed

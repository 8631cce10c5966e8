"""Which rows of the model stand for a word: its own, and those of its runs of characters.

Source: `Dictionary::addSubwords`, `computeSubwords`, `addWordNgrams` and `pushHash` of
fastText 0.9.2; Bojanowski et al. 2017, arXiv:1607.04606.
"""

from typing import NamedTuple

import numpy as np
from numba import njit, types

from lang_models.inference.arithmetic import ones
from lang_models.inference.model import NGRAMS, Ngrams, reading
from lang_models.inference.names import LABEL
from lang_models.inference.words import HASH_START, SPANS, TEXT, Spans, Words, add_byte

_OPEN, _CLOSE = np.uint8(ord("<")), np.uint8(ord(">"))
_RUN_FACTOR = np.uint64(116049371)


class Lists(NamedTuple):
    """For each of several things a list of rows; thing `i` owns `start[i]` to `start[i + 1]`."""

    start: np.ndarray  # int64[things + 1]
    row: np.ndarray  # int32


_I64, _U64 = types.int64, types.uint64
_KEPT, _FIRST, _ROWS = reading(_U64), reading(_I64), types.int32[::1]
_LISTS = types.NamedTuple((_I64[::1], _ROWS), Lists)


@njit(_I64(_KEPT, _FIRST, _I64, _I64), cache=True, nogil=True)
def _row(kept: np.ndarray, first: np.ndarray, bucket: np.int64, words: int) -> np.int64:
    # The row of a bucket; -1 if it was pruned.
    if not len(kept):
        return words + bucket
    bits, bit = kept[bucket >> 6], np.uint64(1) << np.uint64(bucket & 63)
    row = first[bucket >> 6] + ones(bits & (bit - np.uint64(1)))
    return row if bits & bit else np.int64(-1)


@njit(
    _I64(TEXT, _I64, types.UniTuple(_I64, 4), _KEPT, _FIRST, _ROWS, _I64),
    cache=True,
    nogil=True,
    error_model="numpy",
)
def _add_runs(
    piece: np.ndarray,
    size: int,
    numbers: tuple[int, int, int, int],
    kept: np.ndarray,
    first: np.ndarray,
    rows: np.ndarray,
    count: int,
) -> int:
    # Writes the rows of all runs of characters of a word in brackets; returns where they end.
    shortest, longest, buckets, words = numbers
    for begin in range(size):
        if piece[begin] & 0xC0 == 0x80:  # noqa: PLR2004  # continuation bytes
            continue
        at, hashed = begin, HASH_START
        for chars in range(1, longest + 1):
            if at >= size:
                break
            hashed = add_byte(hashed, piece[at])
            at += 1
            while at < size and piece[at] & 0xC0 == 0x80:  # noqa: PLR2004
                hashed = add_byte(hashed, piece[at])
                at += 1
            is_bracket = chars == 1 and (begin == 0 or at == size)
            if chars >= shortest and not is_bracket:
                bucket = np.int64(hashed % np.uint32(buckets))
                rows[count] = _row(kept, first, bucket, words)
                count += rows[count] >= 0
    return count


@njit(types.void(TEXT, SPANS, reading(types.int32), NGRAMS, _LISTS), cache=True, nogil=True)
def _fill(text: np.ndarray, words: Spans, known: np.ndarray, ngrams: Ngrams, lists: Lists) -> None:
    starts, lengths = words.start, words.length
    start, rows, kept, first = lists.start, lists.row, ngrams.kept, ngrams.first
    numbers = (ngrams.shortest, ngrams.longest, ngrams.buckets, ngrams.row)
    piece = np.empty(lengths.max() + 2, np.uint8)
    count = 0
    for word in range(len(known)):
        start[word] = count
        if known[word] == LABEL:
            continue
        rows[count] = known[word]
        count += known[word] >= 0
        size = lengths[word]
        piece[0], piece[size + 1] = _OPEN, _CLOSE
        for step in range(size):
            piece[step + 1] = text[starts[word] + step]
        if word > 0:  # the end of a line has no runs
            count = _add_runs(piece, size + 2, numbers, kept, first, rows, count)
    start[len(known)] = count


def of_words(text: np.ndarray, words: Spans, known: np.ndarray, ngrams: Ngrams) -> Lists:
    """The rows of each word: its own first, then its runs from left to right.

    Args:
        text: that the words stand in.
        words: distinct words, after the end of a line.
        known: their numbers among the model's names.
        ngrams: of the model.
    """
    most = words.length + 2
    lengths = max(ngrams.longest - max(ngrams.shortest, 1) + 1, 0)
    room = int((most * np.minimum(most, lengths)).sum()) + len(most) + 1
    lists = Lists(np.empty(len(most) + 1, np.int64), np.empty(room, np.int32))
    _fill(text, words, known, ngrams, lists)
    return lists


@njit(types.void(_I64[::1], _U64[::1], NGRAMS, _LISTS), cache=True, nogil=True, error_model="numpy")
def _fill_lines(line: np.ndarray, hashes: np.ndarray, ngrams: Ngrams, lists: Lists) -> None:
    start, rows, kept, first = lists.start, lists.row, ngrams.kept, ngrams.first
    buckets = np.uint64(ngrams.buckets)
    count = 0
    for number in range(len(line) - 1):
        start[number] = count
        for begin in range(line[number], line[number + 1]):
            hashed = hashes[begin]
            for place in range(begin + 1, min(begin + ngrams.words, line[number + 1])):
                hashed = hashed * _RUN_FACTOR + hashes[place]
                rows[count] = _row(kept, first, np.int64(hashed % buckets), ngrams.row)
                count += rows[count] >= 0
    start[len(line) - 1] = count


def of_lines(words: Words, known: np.ndarray, ngrams: Ngrams) -> Lists:
    """The rows of the runs of words of each line; labels are no words.

    Args:
        words: of the lines.
        known: the numbers of the distinct words among the model's names.
        ngrams: of the model.
    """
    is_word = known[words.word] != LABEL
    before = np.r_[0, np.cumsum(is_word)]
    hashes = words.distinct.hash[words.word[is_word]].view(np.int32).astype(np.int64)
    room = len(hashes) * max(ngrams.words - 1, 0) + 1
    lists = Lists(np.empty(len(words.line), np.int64), np.empty(room, np.int32))
    _fill_lines(before[words.line], hashes.view(np.uint64), ngrams, lists)
    return lists

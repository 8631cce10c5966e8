"""How much of a document says again what it has said, in n-grams of words.

Kernels over word hashes. Each document gets a small open-addressing table in scratch memory that
all documents share; nothing is sorted and no text is touched.

Source: Rae et al. 2021, arXiv:2112.11446, appendix A1.1. Where the paper leaves it open:

- A *copy* is an n-gram that began earlier in the same document. The first one is no copy, so
  a document that repeats nothing has a share of 0.
- The share of duplicate n-grams is that of the word characters under at least one copy; a
  character under several copies counts once.
- The top n-gram is the one that begins at the most places, at least two; of several, the
  longest in characters, then the earliest. All its places count, the first too, and again
  each character once. No n-gram twice: 0.
- Characters are code points of words. Blanks and punctuation count in neither part.
- In scripts written without spaces a word of the paper is a run of characters: `DENSE_PACE` or
  `SOLO_PACE` of them.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from lang_models.scan import MULTIPLY

#: The paper's n: the most frequent of 2 to 4 words, all duplicates of 5 to 10 words.
_FIRST, _FIRST_COPIES, _LAST = 2, 5, 10
#: Characters that make a word: of Han, Kana and Yi; of the other scripts without spaces. The
#: Universal Declaration has 1,400 words in English and 1.5 times as many characters in Chinese,
#: 1.8 in Yi, 2.3 in Japanese; 3.0 to 3.7 in Burmese, Shan and Mon, 3.4 in Javanese, 3.5 in
#: Dzongkha, 3.6 in Khmer, 3.7 in Tibetan, 4.1 in Thai, 4.3 in Lao (measured 2026-11-23).
DENSE_PACE, SOLO_PACE = 2, 4
EMPTY = -1


class Scratch(NamedTuple):
    """Memory for one document at a time, as large as the largest needs it.

    An n-gram is known by a number, given in the order of first appearance. Only places whose
    (n-1)-grams both occur twice can begin an n-gram that does; the others leave the list.
    """

    slot_key: np.ndarray  # uint64[slots], a power of two: open addressing, linear probing
    slot_number: np.ndarray  # int32[slots]: -1 where empty
    place: np.ndarray  # int32[words]: where the n-grams begin that may occur twice, ascending
    number: np.ndarray  # int32[words + 1]: of the n-gram that begins at a word, -1 for none
    times: np.ndarray  # int32[2, words]: places by number, for n even and odd
    first: np.ndarray  # int32[words]: the first place of each number
    total: np.ndarray  # int64[words + 1]: characters before each word


def scratch(words: int) -> Scratch:
    """Scratch memory for documents of up to so many words (about 60 bytes a word)."""
    slots = 16
    while slots < 2 * words:
        slots *= 2
    return Scratch(
        np.empty(slots, np.uint64),
        np.empty(slots, np.int32),
        np.empty(words, np.int32),
        np.empty(words + 1, np.int32),
        np.empty((2, words), np.int32),
        np.empty(words, np.int32),
        np.empty(words + 1, np.int64),
    )


@njit(cache=True, nogil=True)
def clear(slot_number: np.ndarray, entries: int) -> int:
    """Empties twice as many slots as there are entries; returns how far to shift a hash."""
    slots, shift = 16, 60
    while slots < 2 * entries:
        slots, shift = slots * 2, shift - 1
    slot_number[:slots] = EMPTY
    return shift


@njit(cache=True, nogil=True)
def find(slot_key: np.ndarray, slot_number: np.ndarray, shift: int, key: np.uint64) -> np.int64:
    """The slot of a key, or the empty one where it belongs."""
    mask = (1 << (64 - shift)) - 1
    slot = np.int64((key * MULTIPLY) >> np.uint64(shift))
    while slot_number[slot] != EMPTY and slot_key[slot] != key:
        slot = (slot + 1) & mask
    return slot


@njit(cache=True, nogil=True)
def _number(work: Scratch, shift: int, key: np.uint64, at: int, size: int, numbers: int) -> int:
    """Notes the n-gram at a word; returns how many different ones are known now."""
    slot = find(work.slot_key, work.slot_number, shift, key)
    number = work.slot_number[slot]
    if number == EMPTY:
        number = numbers
        work.slot_key[slot], work.slot_number[slot] = key, number
        work.times[size & 1, number], work.first[number] = 0, at
        numbers += 1
    work.times[size & 1, number] += 1
    work.number[at] = number
    return numbers


@njit(cache=True, nogil=True)
def _words(work: Scratch, word_hash: np.ndarray, word_chars: np.ndarray) -> None:
    """Level one: every word of the document gets its number."""
    words, numbers = len(word_hash), 0
    shift = clear(work.slot_number, words)
    work.total[0], work.number[words] = 0, EMPTY
    for at in range(words):
        work.total[at + 1] = work.total[at] + word_chars[at]
        work.place[at] = at
        numbers = _number(work, shift, word_hash[at], at, 1, numbers)


@njit(cache=True, nogil=True)
def _ngrams(work: Scratch, places: int, size: int) -> tuple[int, int, int]:
    """One level up: numbers of n-grams from those of the two (n-1)-grams in them.

    Returns:
        Places left, different n-grams at them, and the characters under copies.
    """
    shift = clear(work.slot_number, places)
    shorter = work.times[1 - (size & 1)]
    left, numbers, chars, until = 0, 0, 0, 0
    for step in range(places):
        at = work.place[step]
        head, tail = work.number[at], work.number[at + 1]
        if tail == EMPTY or shorter[head] < 2 or shorter[tail] < 2:  # noqa: PLR2004  # twice
            work.number[at] = EMPTY
            continue
        key = np.uint64(head) << np.uint64(32) | np.uint64(tail)
        known = numbers
        numbers = _number(work, shift, key, at, size, numbers)
        if numbers == known:
            chars += work.total[at + size] - work.total[max(at, until)]
            until = at + size
        work.place[left] = at
        left += 1
    return left, numbers, chars


@njit(cache=True, nogil=True)
def _top_chars(work: Scratch, places: int, numbers: int, size: int) -> int:
    """Characters under the n-gram that begins at the most places."""
    best, best_count, best_chars = -1, 1, 0
    for number in range(numbers):
        count, at = work.times[size & 1, number], work.first[number]
        chars = work.total[at + size] - work.total[at]
        if count > best_count or (best >= 0 and count == best_count and chars > best_chars):
            best, best_count, best_chars = number, count, chars
    chars, until = 0, 0
    for step in range(places):
        at = work.place[step]
        if work.number[at] == best:
            chars += work.total[at + size] - work.total[max(at, until)]
            until = at + size
    return chars


@njit(cache=True, nogil=True)
def ngram_chars(
    doc_start: np.ndarray,
    word_hash: np.ndarray,
    word_chars: np.ndarray,
    pace: np.ndarray,
    work: Scratch,
) -> np.ndarray:
    """Characters in words, under the top 2- to 4-gram, and under copied 5- to 10-grams.

    Args:
        doc_start: as in `Tokens`.
        word_hash: as in `Tokens`.
        word_chars: as in `Tokens`.
        pace: int64[documents], how many of our words count as one of the paper's.
        work: scratch memory for the longest document.

    Returns:
        int64[documents, 10], at n - 1 the characters of n. A document without words: all 0.
    """
    out = np.zeros((len(doc_start) - 1, _LAST), np.int64)
    for document in range(len(doc_start) - 1):
        begin, end = doc_start[document], doc_start[document + 1]
        _words(work, word_hash[begin:end], word_chars[begin:end])
        out[document, 0] = work.total[end - begin]
        places, size = end - begin, 2
        while places and size <= _LAST * pace[document]:
            places, numbers, chars = _ngrams(work, places, size)
            n = size // pace[document]
            if size % pace[document] == 0 and n >= _FIRST:
                if n < _FIRST_COPIES:
                    chars = _top_chars(work, places, numbers, size)
                out[document, n - 1] = chars
            size += 1
    return out

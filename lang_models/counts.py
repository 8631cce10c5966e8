"""Sums over the words and lines of each document. Kernels only."""

import numpy as np
from numba import njit

from lang_models.fold import DENSE, LETTER, SOLO
from lang_models.lines import BULLET_LINE, ELLIPSIS_LINE, SENTENCE_LINE, SHORT_LINE

#: Columns of `count_words`: words with a letter; words of spaced scripts, and their characters;
#: words that are one character of an unspaced script, and those of them of a dense one.
LETTERED, SPACED, SPACED_CHARS, SOLOS, DENSE_SOLOS = 0, 1, 2, 3, 4
#: Columns of `count_lines`: lines that are not blank, and those of each kind.
LINES, BULLETS, SENTENCES, TRAILING, SHORT = 0, 1, 2, 3, 4
#: Slots of a table of stop words: a power of two, and four times the most that there may be.
STOP_SLOTS = 256


@njit(cache=True, nogil=True)
def count_words(doc_start: np.ndarray, word_chars: np.ndarray, word_kind: np.ndarray) -> np.ndarray:
    """The columns above for each document, int64[documents, 5]."""
    out = np.zeros((len(doc_start) - 1, 5), np.int64)
    for document in range(len(doc_start) - 1):
        lettered, spaced, chars, dense = 0, 0, 0, 0
        for word in range(doc_start[document], doc_start[document + 1]):
            is_spaced = word_kind[word] & SOLO == 0
            lettered += word_kind[word] & LETTER != 0
            spaced += is_spaced
            chars += word_chars[word] * is_spaced
            dense += word_kind[word] & (SOLO | DENSE) == SOLO | DENSE
        out[document, LETTERED] = lettered
        out[document, SPACED] = spaced
        out[document, SPACED_CHARS] = chars
        out[document, SOLOS] = doc_start[document + 1] - doc_start[document] - spaced
        out[document, DENSE_SOLOS] = dense
    return out


@njit(cache=True, nogil=True)
def count_lines(
    line_start: np.ndarray, line_chars: np.ndarray, line_kind: np.ndarray
) -> np.ndarray:
    """The columns above for each document, int64[documents, 5]."""
    out = np.zeros((len(line_start) - 1, 5), np.int64)
    for document in range(len(line_start) - 1):
        for line in range(line_start[document], line_start[document + 1]):
            kind = line_kind[line]
            out[document, LINES] += line_chars[line] > 0
            out[document, BULLETS] += kind & BULLET_LINE != 0
            out[document, SENTENCES] += kind & SENTENCE_LINE != 0
            out[document, TRAILING] += kind & ELLIPSIS_LINE != 0
            out[document, SHORT] += kind & SHORT_LINE != 0
    return out


@njit(cache=True, nogil=True)
def count_stop_words(
    doc_start: np.ndarray, word_hash: np.ndarray, table: np.ndarray, hashes: np.ndarray
) -> np.ndarray:
    """How many different stop words each document has, int64[documents].

    Args:
        doc_start: as in `Tokens`.
        word_hash: as in `Tokens`.
        table: int64[documents], a row of `hashes`.
        hashes: uint64[tables, STOP_SLOTS], open addressing by the low bits, 0 where empty.
    """
    out = np.zeros(len(doc_start) - 1, np.int64)
    seen = np.full(STOP_SLOTS, -1, np.int64)
    for document in range(len(doc_start) - 1):
        slots = hashes[table[document]]
        for word in range(doc_start[document], doc_start[document + 1]):
            slot = np.int64(word_hash[word] & np.uint64(STOP_SLOTS - 1))
            while slots[slot] != 0 and slots[slot] != word_hash[word]:
                slot = (slot + 1) & (STOP_SLOTS - 1)
            if slots[slot] != 0 and seen[slot] != document:
                seen[slot] = document
                out[document] += 1
    return out

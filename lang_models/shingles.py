"""Runs of consecutive words as numbers of 32 bits: what near-duplicates have in common."""

import numpy as np
from numba import njit

from lang_models.scan import MULTIPLY, mix


@njit(cache=True, nogil=True)
def shingle(
    doc_start: np.ndarray, word_hash: np.ndarray, starts: np.ndarray, words: int, out: np.ndarray
) -> None:
    """Fills `out` with the hash of every run of so many words; `starts` says where whose begin.

    The hash rolls: a polynomial in the word hashes, to which each word is added on the right
    and from which it is taken on the left (Karp, Rabin 1987, doi:10.1147/rd.312.0249).
    """
    leaving = np.uint64(1)
    for _ in range(words):
        leaving *= MULTIPLY
    for document in range(len(starts) - 1):
        begin, end = doc_start[document], doc_start[document + 1]
        place, hashed = starts[document], np.uint64(0)
        for at in range(begin, end):
            hashed = hashed * MULTIPLY + word_hash[at]
            if at - begin >= words:
                hashed -= word_hash[at - words] * leaving
            if at - begin >= words - 1:
                out[place] = mix(hashed) >> np.uint64(32)
                place += 1

"""The loops over words behind `passages`: arrays in, arrays filled."""

import numpy as np
from numba import njit, types

from lang_models.scan import MULTIPLY, SEED, mix

_U64, _I64, _U8 = types.uint64, types.int64, types.uint8
_READ_I64 = types.Array(_I64, 1, "C", readonly=True)
_READ_U64 = types.Array(_U64, 1, "C", readonly=True)
_READ_BOOL = types.Array(types.boolean, 1, "C", readonly=True)
_READ_U8 = types.Array(_U8, 1, "C", readonly=True)
_WORD_BITS = np.uint64(6)


@njit(
    _I64(_READ_I64, _READ_U64, _READ_U8, _READ_U8, _READ_BOOL, _I64, _U64[::1], _I64[::1]),
    cache=True,
    nogil=True,
)
def roll(  # noqa: PLR0913, PLR0917  # what is read, what is asked, what is written
    doc_start: np.ndarray,
    word_hash: np.ndarray,
    word_kind: np.ndarray,
    weight: np.ndarray,
    only: np.ndarray,
    least: int,
    out: np.ndarray,
    starts: np.ndarray,
) -> int:
    """Fills `out` with the hash of the shortest run of words from each word that weighs `least`.

    Documents that are not in `only` are passed over.
    The hash rolls as that of shingles does (Karp, Rabin 1987, doi:10.1147/rd.312.0249). A run
    never ends before the one that began a word earlier, so both ends only move on.
    """
    powers = np.ones(least + 2, np.uint64)  # nothing weighs less than 1
    for i in range(1, least + 2):
        powers[i] = powers[i - 1] * MULTIPLY
    place = 0
    for document in range(doc_start.size - 1):
        end, after = doc_start[document + 1], doc_start[document]
        if not only[document]:
            end = after
        hashed, weighs = np.uint64(0), 0
        for first in range(doc_start[document], end):
            while weighs < least and after < end:
                hashed = hashed * MULTIPLY + word_hash[after]
                weighs += weight[word_kind[after]]
                after += 1
            if weighs < least:
                break
            out[place] = mix(hashed ^ SEED)
            place += 1
            hashed -= word_hash[first] * powers[after - first - 1]
            weighs -= weight[word_kind[first]]
        starts[document + 1] = place
    return place


@njit(
    types.void(_READ_I64, _READ_U64, _READ_U8, _READ_U8, _U64[::1], _I64[::1]),
    cache=True,
    nogil=True,
)
def whole(
    doc_start: np.ndarray,
    word_hash: np.ndarray,
    word_kind: np.ndarray,
    weight: np.ndarray,
    out: np.ndarray,
    weights: np.ndarray,
) -> None:
    """Fills `out` with the hash of all words of each document, `weights` with their weight."""
    for document in range(doc_start.size - 1):
        hashed, weighs = np.uint64(0), 0
        for at in range(doc_start[document], doc_start[document + 1]):
            hashed = hashed * MULTIPLY + word_hash[at]
            weighs += weight[word_kind[at]]
        out[document], weights[document] = mix(hashed ^ SEED), weighs


@njit(
    types.void(_READ_U64, _READ_I64, _READ_U64, _READ_U64, _I64[::1], _I64[::1]),
    cache=True,
    nogil=True,
)
def probe(
    hashes: np.ndarray,
    starts: np.ndarray,
    known: np.ndarray,
    table: np.ndarray,
    matches: np.ndarray,
    first: np.ndarray,
) -> None:
    """Counts in `matches` the hashes of each document that are known; `first` says which.

    `table` has a bit for the leading bits of every known hash, so that nearly all others are told
    apart by one look, and only the rest are searched for.
    """
    shift = np.uint64(64)
    size = table.size * 64
    while size > 1:
        shift -= np.uint64(1)
        size //= 2
    for document in range(starts.size - 1):
        for at in range(starts[document], starts[document + 1]):
            place = hashes[at] >> shift
            if not (table[place >> _WORD_BITS] >> (place & np.uint64(63))) & np.uint64(1):
                continue
            found = np.searchsorted(known, hashes[at])
            if found < known.size and known[found] == hashes[at]:
                if matches[document] == 0:
                    first[document] = found
                matches[document] += 1

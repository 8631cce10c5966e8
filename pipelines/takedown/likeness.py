"""How alike documents are to some wanted ones: exact, in one pass over their shingles.

Instead of signatures that find most pairs, every document is held against an inverted list of
the wanted shingles, so that nothing is missed.
"""

from typing import NamedTuple

import numpy as np
from numba import njit, types

_BITS = 20
_MIX = 0x9E3779B97F4A7C15


class Wanted(NamedTuple):
    """The documents looked for, as an inverted list.

    Args:
        marks: uint8, 2^20: whether a wanted shingle falls on a place.
        keys: uint64, the distinct wanted shingles, ascending.
        starts: int64, where the documents of each key begin.
        holders: int64, the wanted documents that have the key.
        sizes: int64, distinct shingles of each wanted document.
    """

    marks: np.ndarray
    keys: np.ndarray
    starts: np.ndarray
    holders: np.ndarray
    sizes: np.ndarray


class Likeness(NamedTuple):
    """What was found, an entry for each document.

    Args:
        similarity: Jaccard similarity to the most similar wanted document, 0 for none.
        nearest: which it is; -1 for none.
        held: greatest share of a wanted document's shingles that stand in this one.
        holding: which it is; -1 for none.
        within: greatest share of this document's shingles that stand in a wanted one.
    """

    similarity: np.ndarray
    nearest: np.ndarray
    held: np.ndarray
    holding: np.ndarray
    within: np.ndarray


def wanted(shingles: np.ndarray, starts: np.ndarray) -> Wanted:
    """The inverted list of some documents.

    Args:
        shingles: of all of them; of each distinct.
        starts: int64, one more than there are documents.

    >>> wanted(np.array([7, 9, 7], np.uint64), np.array([0, 2, 3])).holders.tolist()
    [0, 1, 0]
    """
    values = shingles.astype(np.uint64)
    sizes = np.diff(starts).astype(np.int64)
    owners = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
    order = np.lexsort((owners, values))
    keys, firsts = np.unique(values[order], return_index=True)
    marks = np.zeros(1 << _BITS, np.uint8)
    marks[((keys * np.uint64(_MIX)) >> np.uint64(64 - _BITS)).astype(np.int64)] = 1
    ends = np.append(firsts, len(values)).astype(np.int64)
    return Wanted(marks, keys, ends, owners[order], sizes)


def likeness(shingles: np.ndarray, starts: np.ndarray, to: Wanted) -> Likeness:
    """How alike each document is to the wanted ones.

    Args:
        shingles: uint32 or uint64, of all documents; of each distinct.
        starts: int64, one more than there are documents.
        to: what is looked for, of the same kind of shingles.

    >>> to = wanted(np.array([7, 9], np.uint64), np.array([0, 2]))
    >>> found = likeness(np.array([7, 8, 9], np.uint64), np.array([0, 3, 3]), to)
    >>> found.similarity.round(2).tolist(), found.held.tolist()
    ([0.67, 0.0], [1.0, 0.0])
    """
    documents = len(starts) - 1
    found = Likeness(
        np.zeros(documents), np.full(documents, -1), np.zeros(documents),
        np.full(documents, -1), np.zeros(documents),
    )  # fmt: skip
    if documents and len(to.keys):
        values = np.ascontiguousarray(shingles, np.uint64)
        _measure(values, np.ascontiguousarray(starts, np.int64), to, found)
    return found


_U64, _I64, _F64 = types.uint64, types.int64, types.float64
_WANTED = types.NamedTuple((types.uint8[::1], _U64[::1], _I64[::1], _I64[::1], _I64[::1]), Wanted)
_LIKENESS = types.NamedTuple((_F64[::1], _I64[::1], _F64[::1], _I64[::1], _F64[::1]), Likeness)


@njit(types.void(_U64[::1], _I64[::1], _WANTED, _LIKENESS), cache=True, nogil=True)
def _measure(values: np.ndarray, starts: np.ndarray, to: Wanted, found: Likeness) -> None:
    counts = np.zeros(to.sizes.size, np.int64)
    touched = np.zeros(to.sizes.size, np.int64)
    for document in range(starts.size - 1):
        size = starts[document + 1] - starts[document]
        seen = 0
        for at in range(starts[document], starts[document + 1]):
            value = values[at]
            if to.marks[np.int64((value * np.uint64(_MIX)) >> np.uint64(64 - _BITS))] == 0:
                continue
            key = np.searchsorted(to.keys, value)
            if key >= to.keys.size or to.keys[key] != value:
                continue
            for place in range(to.starts[key], to.starts[key + 1]):
                holder = to.holders[place]
                if counts[holder] == 0:
                    touched[seen] = holder
                    seen += 1
                counts[holder] += 1
        for index in range(seen):
            holder = touched[index]
            common = counts[holder]
            counts[holder] = 0
            similarity = common / (size + to.sizes[holder] - common)
            held = common / to.sizes[holder]
            if similarity > found.similarity[document]:
                found.similarity[document], found.nearest[document] = similarity, holder
            if held > found.held[document]:
                found.held[document], found.holding[document] = held, holder
            found.within[document] = max(found.within[document], common / size)

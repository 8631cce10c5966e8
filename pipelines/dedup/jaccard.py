"""The exact comparison of documents, and the loop that finds whom each one follows.

Similarity is the Jaccard index of two sets of distinct shingle hashes: what both
have, over what either has. Texts with one SHA-256 have similarity 1, also when
they are too short for a shingle. Documents at one address may be held against a
threshold of their own; the signatures do not sort them out before.
"""

from math import comb
from typing import NamedTuple

import numpy as np
from numba import njit, types

from pipelines.dedup.signature import PERMUTATIONS

OVERLOOKED_SHARE = 1e-4


class Documents(NamedTuple):
    """Documents to compare, as arrays.

    Args:
        signatures: uint32, documents x 128.
        digests: uint64, documents x 4.
        shingles: uint32, distinct and ascending within each document.
        starts: int64, one more than there are documents.
        places: int64, where each stands among all members.
        addresses: uint64, documents x 2; zeros where none is known.
    """

    signatures: np.ndarray
    digests: np.ndarray
    shingles: np.ndarray
    starts: np.ndarray
    places: np.ndarray
    addresses: np.ndarray


class Task(NamedTuple):
    """What is asked of some documents.

    Args:
        groups: int64, the group of each; a group's documents follow one another.
        held: bool, an earlier release holds it, so it is never removed.
        threshold: similarity from which a document is removed.
        matches: how many numbers of two signatures must agree at least.
        same_address: similarity from which a document is removed for one at its address; more
            than 1 compares no addresses.
    """

    groups: np.ndarray
    held: np.ndarray
    threshold: float
    matches: int
    same_address: float


def fewest_matches(threshold: float) -> int:
    """Equal numbers that two signatures need to be worth an exact comparison.

    Of the pairs exactly at the threshold at most one in ten thousand agrees in
    fewer. For 0.75 the bound lies 4 standard deviations (0.038 each) below.

    Source: the number of equal places of two MinHash signatures is binomial,
    Broder 1997; the tail is summed exactly.

    >>> fewest_matches(0.75), fewest_matches(1.0)
    (77, 128)
    """
    tail = 0.0
    for matches in range(PERMUTATIONS + 1):
        ways = comb(PERMUTATIONS, matches)
        tail += ways * threshold**matches * (1 - threshold) ** (PERMUTATIONS - matches)
        if tail > OVERLOOKED_SHARE:
            return matches
    return PERMUTATIONS


_U32, _U64, _I64 = types.uint32, types.uint64, types.int64
_DOCUMENTS = types.NamedTuple(
    (_U32[:, ::1], _U64[:, ::1], _U32[::1], _I64[::1], _I64[::1], _U64[:, ::1]), Documents
)
_TASK = types.NamedTuple((_I64[::1], types.boolean[::1], types.float64, _I64, types.float64), Task)


@njit(types.float64(_DOCUMENTS, _I64, _DOCUMENTS, _I64), cache=True, nogil=True)
def jaccard(left: Documents, i: int, right: Documents, j: int) -> float:
    """The similarity of document i on the left and document j on the right; 0 if both are empty."""
    a, a_end = left.starts[i], left.starts[i + 1]
    b, b_end = right.starts[j], right.starts[j + 1]
    total = a_end - a + b_end - b
    common = 0
    while a < a_end and b < b_end:
        x, y = left.shingles[a], right.shingles[b]
        common += x == y
        a += x <= y
        b += y <= x
    return common / (total - common) if total else 0.0


@njit(types.boolean(_DOCUMENTS, _I64, _DOCUMENTS, _I64), cache=True, nogil=True)
def _same_text(left: Documents, i: int, right: Documents, j: int) -> bool:
    a, b = left.digests[i], right.digests[j]
    return a[0] == b[0] and a[1] == b[1] and a[2] == b[2] and a[3] == b[3]


@njit(types.boolean(_DOCUMENTS, _I64, _DOCUMENTS, _I64), cache=True, nogil=True)
def _same_address(left: Documents, i: int, right: Documents, j: int) -> bool:
    a, b = left.addresses[i], right.addresses[j]
    return (a[0] != 0 or a[1] != 0) and a[0] == b[0] and a[1] == b[1]


@njit(types.boolean(_DOCUMENTS, _I64, _DOCUMENTS, _I64, _I64), cache=True, nogil=True)
def _is_hopeful(left: Documents, i: int, right: Documents, j: int, matches: int) -> bool:
    a, b = left.signatures[i], right.signatures[j]
    equal = 0
    for k in range(PERMUTATIONS):
        equal += a[k] == b[k]
    return equal >= matches


@njit(
    types.Tuple((_I64, types.float64))(_DOCUMENTS, _I64, _DOCUMENTS, _I64, _TASK),
    cache=True,
    nogil=True,
)
def _nearest_at_address(
    block: Documents, i: int, leaders: Documents, count: int, task: Task
) -> tuple[int, float]:
    best, similarity = -1, 0.0
    for j in range(count):
        if _same_address(block, i, leaders, j):
            found = jaccard(block, i, leaders, j)
            if found >= task.same_address and (best < 0 or found > similarity):
                best, similarity = j, found
    return best, similarity


@njit(
    types.Tuple((_I64, types.float64))(_DOCUMENTS, _I64, _DOCUMENTS, _I64, _TASK),
    cache=True,
    nogil=True,
)
def _nearest(
    block: Documents, i: int, leaders: Documents, count: int, task: Task
) -> tuple[int, float]:
    # The leader to follow and the similarity to it; -1 when there is none.
    for j in range(count):
        if _same_text(block, i, leaders, j):
            return j, 1.0
    size = block.starts[i + 1] - block.starts[i]
    best, similarity = -1, 0.0
    for j in range(count):
        other = leaders.starts[j + 1] - leaders.starts[j]
        if size == 0 or other == 0:
            continue
        # Two sets cannot be more alike than the smaller is large.
        bound = min(size, other) / max(size, other)
        if bound < task.threshold or bound <= similarity:
            continue
        if _is_hopeful(block, i, leaders, j, task.matches):
            found = jaccard(block, i, leaders, j)
            if found >= task.threshold and found > similarity:
                best, similarity = j, found
    if best < 0 and task.same_address <= 1.0:
        return _nearest_at_address(block, i, leaders, count, task)
    return best, similarity


@njit(types.void(_DOCUMENTS, _I64, _DOCUMENTS, _I64), cache=True, nogil=True)
def _admit(block: Documents, i: int, leaders: Documents, count: int) -> None:
    first, last = block.starts[i], block.starts[i + 1]
    start = leaders.starts[count]
    leaders.signatures[count] = block.signatures[i]
    leaders.digests[count] = block.digests[i]
    leaders.shingles[start : start + last - first] = block.shingles[first:last]
    leaders.starts[count + 1] = start + last - first
    leaders.places[count] = block.places[i]
    leaders.addresses[count] = block.addresses[i]


@njit(
    types.void(_DOCUMENTS, _TASK, _DOCUMENTS, _I64[::1], _I64[::1], types.float64[::1]),
    cache=True,
    nogil=True,
)
def follow(  # what is read, what is kept between calls, what is written
    block: Documents,
    task: Task,
    leaders: Documents,
    state: np.ndarray,
    leader: np.ndarray,
    similarity: np.ndarray,
) -> None:
    """Finds for each document of a block the leader that it follows, or makes it a leader.

    Args:
        block: documents, each group best first.
        task: what is asked.
        leaders: room for the leaders so far and for all of the block.
        state: how many leaders there are, and of which group; changed.
        leader: gets the place of the leader of each document, its own if it is one.
        similarity: gets the similarity to the leader, 1 if it is one.
    """
    for i in range(block.places.size):
        if task.groups[i] != state[1]:
            state[0], state[1] = 0, task.groups[i]
        best = -1
        if not task.held[i]:
            best, similarity[i] = _nearest(block, i, leaders, state[0], task)
        if best >= 0:
            leader[i] = leaders.places[best]
        else:
            _admit(block, i, leaders, state[0])
            state[0] += 1
            leader[i], similarity[i] = block.places[i], 1.0

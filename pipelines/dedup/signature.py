"""MinHash signatures of a whole batch at once.

A signature is 128 numbers; the share of places where two signatures agree
estimates how many shingles two documents share.

The numbers are those of `datasketch.MinHash(num_perm=128, seed=1)` of
datasketch 2 (its scheme "affine32"), fed with our 32-bit shingle hashes, so an
index that somebody built with datasketch 2 finds our documents. Signatures of
datasketch 1 (its scheme "legacy") are other numbers and cannot be compared.

Source: Broder 1997, "On the resemblance and containment of documents";
arithmetic after datasketch 2.0.0, `minhash.py` (2026-11); finaliser of MurmurHash3.
"""

import numpy as np
from numba import njit, types

PERMUTATIONS = 128
SEED = 1
EMPTY = np.uint32(0xFFFFFFFF)

# Read-only types also take arrays that lie in a memory-mapped file.
READ_U32 = types.Array(types.uint32, 1, "C", readonly=True)
READ_I64 = types.Array(types.int64, 1, "C", readonly=True)
WRITE_U32_2D = types.Array(types.uint32, 2, "C")


def permutations() -> tuple[np.ndarray, np.ndarray]:
    """The factors and the summands of the 128 permutations of datasketch.

    They are drawn here as datasketch draws them, and a test compares the two:
    importing datasketch itself would load SciPy into every worker.

    Returns:
        Two uint32 arrays of 128; the factors are odd.

    >>> factors, _ = permutations()
    >>> int(factors.min() & 1), len(factors)
    (1, 128)
    """
    # NumPy promises never to change the stream of RandomState.
    draw = np.random.RandomState(SEED)
    factors = draw.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32)
    summands = draw.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)
    return factors * np.uint32(2) + np.uint32(1), summands


def minhash(hashes: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """The signature of each document.

    Args:
        hashes: uint32, the shingle hashes of all documents, one after another;
            the same hash twice in a document changes nothing.
        starts: int64, one more than there are documents; document i owns
            hashes[starts[i]:starts[i + 1]].

    Returns:
        uint32, documents x 128. A document without a shingle has a row of
        4294967295, as an empty MinHash of datasketch; it must not be compared.

    >>> minhash(np.array([7, 9], np.uint32), np.array([0, 2, 2])).shape
    (2, 128)
    """
    signatures = np.full((len(starts) - 1, PERMUTATIONS), EMPTY, np.uint32)
    factors, summands = permutations()
    _lower(
        np.ascontiguousarray(hashes), np.ascontiguousarray(starts), factors, summands, signatures
    )
    return signatures


@njit(types.uint32(types.uint32), cache=True, nogil=True, inline="always")
def _finalise(value: np.uint32) -> np.uint32:
    # Every step is cut back to 32 bits: numba widens uint32 * uint32 to 64.
    value = np.uint32(value ^ (value >> np.uint32(16)))
    value = np.uint32(value * np.uint32(0x85EBCA6B))
    value = np.uint32(value ^ (value >> np.uint32(13)))
    value = np.uint32(value * np.uint32(0xC2B2AE35))
    return np.uint32(value ^ (value >> np.uint32(16)))


@njit(
    types.void(READ_U32, READ_I64, READ_U32, READ_U32, WRITE_U32_2D),
    cache=True,
    nogil=True,
)
def _lower(
    hashes: np.ndarray,
    starts: np.ndarray,
    factors: np.ndarray,
    summands: np.ndarray,
    signatures: np.ndarray,
) -> None:
    # Four shingles in one pass over the permutations: the inner loop becomes
    # vector instructions and reads the signature a quarter as often.
    for document in range(starts.size - 1):
        lowest = signatures[document]
        at, end = starts[document], starts[document + 1]
        while at + 4 <= end:
            h0, h1 = _finalise(hashes[at]), _finalise(hashes[at + 1])
            h2, h3 = _finalise(hashes[at + 2]), _finalise(hashes[at + 3])
            for k in range(PERMUTATIONS):
                f, s = factors[k], summands[k]
                left = min(np.uint32(f * h0 + s), np.uint32(f * h1 + s))
                right = min(np.uint32(f * h2 + s), np.uint32(f * h3 + s))
                lowest[k] = min(lowest[k], left, right)
            at += 4
        for rest in range(at, end):
            h0 = _finalise(hashes[rest])
            for k in range(PERMUTATIONS):
                lowest[k] = min(lowest[k], np.uint32(factors[k] * h0 + summands[k]))

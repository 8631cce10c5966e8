"""Signatures are those of datasketch, bit for bit."""

import numpy as np
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pipelines.dedup.signature import EMPTY, minhash, permutations
from tests.near_duplicates import Document, arrays

HASHES = st.lists(st.integers(0, 2**32 - 1), max_size=40)


def theirs(hashes: list[int]) -> np.ndarray:
    sketch = MinHash(num_perm=128, seed=1, hashfunc=lambda value: value)
    sketch.update_batch(hashes)
    return sketch.hashvalues


def test_the_permutations_are_those_that_datasketch_draws():
    factors, summands = MinHash(num_perm=128, seed=1).permutations
    ours = permutations()
    assert np.array_equal(ours[0], factors)
    assert np.array_equal(ours[1], summands)


@settings(deadline=None)
@given(st.lists(HASHES, max_size=6))
def test_signatures_equal_those_of_datasketch(batch):
    ours = minhash(*arrays([Document(tuple(hashes)) for hashes in batch]))
    assert ours.dtype == np.uint32
    assert ours.shape == (len(batch), 128)
    for row, hashes in zip(ours, batch, strict=True):
        assert np.array_equal(row, theirs(hashes))


@settings(deadline=None)
@given(hnp.arrays(np.uint32, st.integers(200, 700)))
def test_long_documents_equal_datasketch_too(hashes):
    starts = np.array([0, len(hashes)])
    assert np.array_equal(minhash(hashes, starts)[0], theirs(hashes.tolist()))


@settings(deadline=None)
@given(HASHES)
def test_order_and_repetition_of_shingles_change_nothing(hashes):
    once = minhash(*arrays([Document(tuple(hashes))]))
    again = minhash(*arrays([Document(tuple(reversed(hashes + hashes)))]))
    assert np.array_equal(once, again)


def test_a_document_without_shingles_looks_like_an_empty_sketch():
    assert (minhash(np.empty(0, np.uint32), np.array([0, 0])) == EMPTY).all()


def test_arrays_that_may_not_be_written_are_read():
    hashes, starts = arrays([Document((1, 2, 3))])
    hashes.flags.writeable = starts.flags.writeable = False
    assert minhash(hashes, starts).shape == (1, 128)

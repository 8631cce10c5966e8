"""The exact comparison, and the bound of the one that goes before it."""

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.distinct import distinct
from pipelines.dedup.jaccard import OVERLOOKED_SHARE, Documents, fewest_matches, jaccard
from tests.near_duplicates import Document, arrays

BATCH = st.lists(st.lists(st.integers(0, 12), max_size=12), min_size=1, max_size=4)


def documents(batch):
    values, starts = distinct(*arrays([Document(tuple(one)) for one in batch]))
    empty = np.empty((len(batch), 128), np.uint32), np.empty((len(batch), 4), np.uint64)
    addresses = np.zeros((len(batch), 2), np.uint64)
    return Documents(*empty, values, starts, np.arange(len(batch)), addresses)


@settings(deadline=None)
@given(BATCH)
def test_similarity_is_what_both_have_over_what_either_has(batch):
    made = documents(batch)
    for i, left in enumerate(map(set, batch)):
        for j, right in enumerate(map(set, batch)):
            both = left | right
            expected = len(left & right) / len(both) if both else 0.0
            assert jaccard(made, i, made, j) == expected


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.75, 0.8, 0.95, 0.99])
def test_fewer_than_one_pair_in_ten_thousand_at_the_threshold_is_overlooked(threshold):
    def agreeing_in_fewer_than(matches):
        ways = range(matches)
        return sum(comb(128, n) * threshold**n * (1 - threshold) ** (128 - n) for n in ways)

    matches = fewest_matches(threshold)
    assert agreeing_in_fewer_than(matches) <= OVERLOOKED_SHARE
    assert agreeing_in_fewer_than(matches + 1) > OVERLOOKED_SHARE

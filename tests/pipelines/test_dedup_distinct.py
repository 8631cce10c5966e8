"""Shingles are stored as sets: ascending, each once, whatever their number and order."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.distinct import distinct
from tests.near_duplicates import Document, arrays

FEW_VALUES = st.lists(st.integers(0, 12), max_size=12)
ALL_VALUES = st.lists(st.integers(0, 2**32 - 1), max_size=80)
BATCH = st.lists(FEW_VALUES | ALL_VALUES, max_size=5)


def lists(batch):
    values, starts = distinct(*arrays([Document(tuple(one)) for one in batch]))
    assert starts[-1] == len(values)
    return [values[starts[i] : starts[i + 1]].tolist() for i in range(len(batch))]


@settings(deadline=None)
@given(BATCH)
def test_each_document_has_its_shingles_once_and_ascending(batch):
    assert lists(batch) == [sorted(set(one)) for one in batch]


@settings(deadline=None)
@given(BATCH)
def test_doing_it_again_changes_nothing(batch):
    once = lists(batch)
    assert lists(once) == once


def test_a_long_document_is_sorted_by_all_four_bytes_of_its_hashes():
    drawn = np.random.default_rng(1).integers(0, 2**32, 100_000, dtype=np.uint32)
    values, starts = distinct(np.concatenate([drawn, drawn[::-1]]), np.array([0, 200_000]))
    assert np.array_equal(values, np.unique(drawn))
    assert starts.tolist() == [0, len(values)]


def test_no_documents_are_no_shingles():
    values, starts = distinct(np.empty(0, np.uint32), np.zeros(1, np.int64))
    assert (len(values), starts.tolist()) == (0, [0])

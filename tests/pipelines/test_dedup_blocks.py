"""Documents meet in blocks, and what meets is joined without waste."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.bands import Banding
from pipelines.dedup.blocks import ROW_BITS, blocks, pairs
from pipelines.dedup.components import components, condense
from pipelines.dedup.index import part
from pipelines.dedup.rank import held
from pipelines.dedup.signature import minhash
from tests.near_duplicates import Document, arrays, table

CUT = Banding(21, 6)
DOCUMENTS = st.lists(
    st.builds(
        Document,
        st.lists(st.integers(0, 20), max_size=6).map(tuple),
        st.sampled_from(["a", "b"]),
    ),
    max_size=12,
)


def met(tables, partitions=64):
    """Groups of those that met, as sets of file and row."""
    partition_to_blocks = {}
    for number, one in tables.items():
        for partition, block in blocks(number, one, CUT, partitions):
            partition_to_blocks.setdefault(partition, []).append(block)
    groups = components([condense(pairs(found) for found in partition_to_blocks.values())])
    members = [tuple(one) for one in groups.members.tolist()]
    return [set(members[a:b]) for a, b in zip(groups.starts, groups.starts[1:], strict=False)]


def meet_by_hand(documents, i, j):
    if documents[i].sha256 == documents[j].sha256:
        return True
    if not documents[i].shingles or not documents[j].shingles:
        return False
    left, right = minhash(*arrays([documents[i], documents[j]]))[:, :126].reshape(2, 21, 6)
    return bool((left == right).all(axis=1).any())


def as_held(one):
    ranks = held(one["rank"].to_numpy())
    return one.set_column(2, one.schema.field("rank"), [ranks])


@settings(deadline=None)
@given(DOCUMENTS, st.sampled_from([1, 7, 64, 65_536]))
def test_two_documents_meet_when_a_band_or_the_whole_text_is_the_same(documents, partitions):
    together = met({5: table(documents)}, partitions)
    for i in range(len(documents)):
        for j in range(i):
            if meet_by_hand(documents, i, j):
                assert any({(5, i), (5, j)} <= group for group in together)
    for group in together:
        for _, row in group:
            assert any(meet_by_hand(documents, row, other) for _, other in group if other != row)


@settings(deadline=None)
@given(DOCUMENTS, st.permutations(range(3)))
def test_the_order_of_the_blocks_changes_nothing(documents, order):
    made = table(documents)
    every = [[block for _, block in blocks(number, made, CUT, 1)] for number in range(3)]
    straight = pairs(block for found in every for block in found)
    assert np.array_equal(straight, pairs(block for at in order for block in every[at]))


def test_a_million_entries_of_one_text_would_still_be_one_pair_a_document():
    same = [Document((1, 2, 3))] * 5_000
    found = pairs(block for _, block in blocks(1, table(same), CUT, 1))
    assert len(found) == 4_999
    assert set(found["row_a"].tolist()) == {0}


def test_what_only_earlier_releases_share_is_not_looked_at():
    documents = [Document((1, 2, 3)), Document((1, 2, 3))]
    old, new = as_held(table(documents)), table(documents[:1])
    assert met({1: old}) == []
    assert met({1: old, 2: new}) == [{(1, 0), (1, 1), (2, 0)}]


def test_documents_without_shingles_meet_only_with_the_same_text():
    documents = [Document((), "ja"), Document((), "nein"), Document((), "ja")]
    assert met({1: table(documents)}) == [{(1, 0), (1, 2)}]


def test_a_block_weighs_eight_bytes_a_band_and_sixteen_at_its_head():
    (only,) = blocks(2**64 - 1, table([Document((1, 2))]), CUT, 1)
    assert only[0] == 0
    assert len(only[1]) == 16 + 8 * 22
    assert np.frombuffer(only[1], "<u8")[:2].tolist() == [2**64 - 1, 0]


def test_an_empty_table_has_no_blocks_and_no_blocks_make_no_pairs():
    assert blocks(1, table([]), CUT) == []
    assert len(pairs([])) == 0
    assert part([(table([]), np.empty(0, np.uint32))]).num_rows == 0


@pytest.mark.parametrize("partitions", [0, 65_537])
def test_a_number_of_partitions_outside_its_range_is_refused(partitions):
    with pytest.raises(ValueError, match="partitions"):
        blocks(1, table([]), CUT, partitions)


def test_a_row_that_does_not_fit_its_bits_is_refused():
    made = table([Document((1,))])
    large = made.set_column(0, made.schema.field("row"), [np.array([1 << ROW_BITS], np.uint32)])
    with pytest.raises(ValueError, match="rows"):
        blocks(1, large, CUT)

"""Documents meet in blocks, and what meets is joined without waste."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.dedup.bands import Banding
from pipelines.dedup.blocks import HASH_BITS, ROW_BITS, Entries, block, count_entries, read_part
from pipelines.dedup.components import components, condense
from pipelines.dedup.index import part
from pipelines.dedup.local import pairs_of
from pipelines.dedup.pairs import LEAST_ENTRIES, pairs, parts
from pipelines.dedup.rank import held
from pipelines.dedup.signature import minhash
from tests.near_duplicates import Document, arrays, table

CUT = Banding(21, 6)
WHOLE = range(1 << HASH_BITS)
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
    groups = components([condense(pairs_of(tables.items(), CUT, partitions))])
    members = [tuple(one) for one in groups.members.tolist()]
    return [set(members[a:b]) for a, b in zip(groups.starts, groups.starts[1:], strict=False)]


def reader(data):
    return lambda first, length: data[first : first + length]


def entries_of(file, made):
    """All entries of one table, as one part."""
    return read_part(file, reader(block(made, CUT)), WHOLE)


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
@given(DOCUMENTS, st.sampled_from([1, 7, 64]))
@example([Document((1, 2)), Document((1, 2, 3), "b"), Document((1, 2), "b")], 65_536)
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
def test_the_order_of_the_files_changes_nothing(documents, order):
    every = [entries_of(number, table(documents)) for number in range(3)]
    assert np.array_equal(pairs(every), pairs(every[at] for at in order))


@settings(deadline=None)
@given(DOCUMENTS, st.integers(1, 300))
def test_the_parts_of_a_block_are_together_the_block(documents, number):
    data = block(table(documents), CUT)
    whole = read_part(1, reader(data), WHOLE).values
    assert len(whole) == count_entries(reader(data))
    read = [read_part(1, reader(data), one) for one in parts(len(whole), number, 1)]
    assert np.array_equal(np.concatenate([one.values for one in read]), whole)
    for one, entries in zip(parts(len(whole), number, 1), read, strict=True):
        assert all(value >> ROW_BITS in one for value in entries.values.tolist())


def test_a_part_of_a_block_is_read_without_the_rest():
    many = [Document((number, number + 1)) for number in range(3_000)]
    data = block(table(many), CUT)
    taken = []

    def read(first, length):
        taken.append(length)
        return data[first : first + length]

    found = read_part(1, read, parts(1, 64, 1)[7])
    assert len(found.values) > 500
    assert sum(taken) < len(data) / 64 * 1.3


def test_parts_are_as_many_as_memory_asks_for():
    assert [len(parts(entries, 64, 1e6)) for entries in (0, 64_000_000, 64_000_001)] == [64, 64, 65]
    assert len(parts(10 * LEAST_ENTRIES, 1, 1)) == 10
    assert [one.start for one in parts(9, 3, 9)[1:]] == [one.stop for one in parts(9, 3, 9)[:-1]]


def test_a_million_entries_of_one_text_would_still_be_one_pair_a_document():
    same = [Document((1, 2, 3))] * 5_000
    found = pairs([entries_of(1, table(same))])
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


def test_a_document_weighs_eight_bytes_a_band_and_the_table_little():
    many = [Document((number, number + 1)) for number in range(1_000)]
    entries = 8 * 22 * len(many)
    assert entries < len(block(table(many), CUT)) < entries * (1 + 1 / 30)


def test_a_block_says_how_many_entries_it_has_and_whether_a_release_holds_them():
    made = table([Document((1, 2))])
    for one, is_held in ((made, False), (as_held(made), True)):
        read = entries_of(2**64 - 1, one)
        assert (read.file, read.is_held, len(read.values)) == (2**64 - 1, is_held, 22)


def test_an_empty_table_has_an_empty_block_and_no_blocks_make_no_pairs():
    assert entries_of(1, table([])).values.size == 0
    assert len(pairs([])) == 0
    assert len(pairs([Entries(1, False, np.empty(0, np.uint64))])) == 0
    assert part([(table([]), np.empty(0, np.uint32))]).num_rows == 0


@pytest.mark.parametrize("partitions", [0, 65_537])
def test_a_number_of_partitions_outside_its_range_is_refused(partitions):
    with pytest.raises(ValueError, match="partitions"):
        parts(1, partitions, 1)


def test_a_row_that_does_not_fit_its_bits_is_refused():
    made = table([Document((1,))])
    large = made.set_column(0, made.schema.field("row"), [np.array([1 << ROW_BITS], np.uint32)])
    with pytest.raises(ValueError, match="rows"):
        block(large, CUT)


def test_as_many_rows_fit_as_a_batch_may_have():
    from pipelines.steps.read import MAX_RECORDS

    assert MAX_RECORDS <= 1 << ROW_BITS

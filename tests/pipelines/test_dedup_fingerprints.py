"""Fingerprints are written and read as they were made."""

from io import BytesIO

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup import fingerprints
from pipelines.dedup.fingerprints import SCHEMA, Fingerprints, build, concatenate, file_id
from pipelines.dedup.signature import minhash
from tests.near_duplicates import Document, arrays, table

DOCUMENTS = st.lists(
    st.lists(st.integers(0, 2**32 - 1), max_size=12).map(lambda hashes: Document(tuple(hashes))),
    max_size=8,
)


def written(made: pa.Table) -> bytes:
    file = BytesIO()
    fingerprints.write(made, file)
    return file.getvalue()


def batch(documents, rows, live):
    return pl.DataFrame(
        {
            "row": pl.Series(rows, dtype=pl.UInt32),
            "live": pl.Series(live, dtype=pl.Boolean),
            "doc_id": [f"{number:032x}" for number in range(len(documents))],
            "rank": pl.Series(range(len(documents)), dtype=pl.UInt64),
            "text_sha256": [one.sha256 for one in documents],
        }
    )


@settings(deadline=None)
@given(DOCUMENTS)
def test_a_file_gives_back_what_was_written_mapped_or_as_bytes(tmp_path_factory, documents):
    made = table(documents)
    path = tmp_path_factory.getbasetemp() / "some.prints"
    path.write_bytes(written(made))
    assert made.schema == SCHEMA
    assert fingerprints.read(str(path)).equals(made)
    assert fingerprints.read(written(made)).equals(made)


@settings(deadline=None)
@given(DOCUMENTS)
def test_the_same_fingerprints_are_the_same_bytes(documents):
    assert written(table(documents)) == written(table(documents))


@settings(deadline=None)
@given(DOCUMENTS, st.data())
def test_rows_are_taken_in_the_order_asked_for(documents, data):
    rows = data.draw(
        st.lists(st.integers(0, len(documents) - 1), max_size=9) if documents else st.just([])
    )
    prints = Fingerprints.of(table(documents))
    taken = prints.take(np.array(rows, np.uint32))
    assert taken.doc_ids.to_pylist() == [f"{row:032x}" for row in rows]
    assert [bytes(one) for one in taken.digests] == [documents[row].sha256 for row in rows]
    for number, row in enumerate(rows):
        shingles = taken.shingles[taken.starts[number] : taken.starts[number + 1]]
        assert shingles.tolist() == sorted(set(documents[row].shingles))


def test_signatures_stand_where_there_are_shingles_and_nowhere_else():
    documents = [Document((1, 2)), Document(()), Document((3,))]
    made = table(documents)
    assert made["signature"].is_valid().to_pylist() == [True, False, True]
    expected = minhash(*arrays(documents))
    assert np.frombuffer(made["signature"][2].as_py(), "<u4").tolist() == expected[2].tolist()


def test_decided_documents_are_left_out_and_rows_are_those_of_the_staged_file():
    documents = [Document((1, 2)), Document((3,)), Document((4, 5, 6))]
    made = build(batch(documents, [9, 4, 2], [True, False, True]), *arrays(documents))
    assert made["row"].to_pylist() == [2, 9]
    assert made["doc_id"].to_pylist() == [f"{2:032x}", f"{0:032x}"]
    assert made["shingles"].to_pylist() == [[4, 5, 6], [1, 2]]


def test_a_batch_in_which_all_is_decided_gives_an_empty_table():
    documents = [Document((1, 2))]
    made = build(batch(documents, [0], [False]), *arrays(documents))
    assert made.num_rows == 0
    assert fingerprints.read(written(made)).equals(made)


def test_a_row_that_is_not_there_is_refused():
    prints = Fingerprints.of(table([Document((1,)), Document((2,))]))
    with pytest.raises(ValueError, match="no fingerprint"):
        prints.take(np.array([2], np.uint32))


def test_parts_of_a_larger_table_are_read_where_they_begin():
    documents = [Document((1, 2)), Document((3,)), Document((4, 5, 6))]
    prints = Fingerprints.of(table(documents).slice(1))
    both = concatenate([prints.pick(np.array([1])), prints.pick(np.array([0]))])
    assert both.rows.tolist() == [2, 1]
    assert both.shingles.tolist() == [4, 5, 6, 3]
    assert [bytes(one) for one in both.digests] == [documents[2].sha256, documents[1].sha256]


@pytest.mark.parametrize("name", ["ff", "g" * 16, "0" * 17])
def test_a_staged_file_is_named_by_sixteen_hexadecimal_characters(name):
    with pytest.raises(ValueError, match=r"hexadecimal|invalid literal"):
        file_id(name)

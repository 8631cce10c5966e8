"""The index of a release: the same bytes from whatever files, and read as already kept."""

from io import BytesIO

import numpy as np
import pyarrow.parquet as pq
import pytest
from datasketch import MinHash, MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup import index
from pipelines.dedup.fingerprints import SCHEMA
from pipelines.dedup.local import find_duplicates_locally
from pipelines.dedup.rank import held, is_held
from schemas.errors import InputError
from tests.near_duplicates import Document, table

DOCUMENTS = st.lists(
    st.builds(Document, st.lists(st.integers(0, 99), max_size=12).map(tuple)), max_size=8
)


def everything(made):
    return made, np.arange(made.num_rows, dtype=np.uint32)


def written(part) -> BytesIO:
    file = BytesIO()
    index.write(part, file)
    return file


@settings(deadline=None)
@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_the_bytes_do_not_depend_on_how_documents_were_staged(documents, random):
    names = [f"{number:032x}" for number in range(len(documents))]
    mixed = list(zip(documents, names, strict=True))
    random.shuffle(mixed)
    files = [mixed[:3], mixed[3:]]
    shuffled = [table([one for one, _ in file], [name for _, name in file]) for file in files]
    whole = written(index.part([everything(table(documents, names))]))
    assert written(index.part(map(everything, shuffled))).getvalue() == whole.getvalue()


@settings(deadline=None)
@given(DOCUMENTS)
def test_it_reads_back_what_is_kept_ranked_before_all_that_is_new(documents):
    made = table(documents)
    file = written(index.part([everything(made)]))
    for group, _ in enumerate(index.file_ids(file, "it")):
        read = index.read(file, "it", group)
        assert read.schema == SCHEMA
        assert is_held(read["rank"].to_numpy()).all()
        assert read["rank"].to_pylist() == held(made["rank"].to_numpy()).tolist()
        assert read["doc_id"].equals(made["doc_id"])
        assert read["signature"].equals(made["signature"])
        assert read["text_sha256"].equals(made["text_sha256"])
        expected = [sorted(set(one)) for one in made["shingles"].to_pylist()]
        assert read["shingles"].to_pylist() == expected


def test_only_released_rows_are_in_it():
    made = table([Document((1,)), Document((2,)), Document((3,))])
    part = index.part([(made, np.array([0, 2], np.uint32))])
    assert part["doc_id"].to_pylist() == [f"{0:032x}", f"{2:032x}"]


def test_a_new_document_like_one_of_an_earlier_release_is_removed_for_it():
    shingles = tuple(range(60))
    file = written(index.part([everything(table([Document(shingles)], ["old"]))]))
    (number,) = index.file_ids(file, "it")
    new = table([Document(shingles[2:], trust=5), Document((7, 8, 9))])
    told = find_duplicates_locally({1: new, number: index.read(file, "it", 0)}, 0.75)
    assert told.select("file", "row", "kept_doc_id", "is_representative").rows() == [
        (1, 0, "old", False)
    ]


def test_datasketch_finds_in_it_what_we_find():
    shingles = tuple(range(60))
    part = index.part([everything(table([Document(shingles), Document((7, 8, 9))], ["a", "b"]))])
    lsh = MinHashLSH(threshold=0.75, num_perm=128)
    for row in part.select(["doc_id", "signature"]).to_pylist():
        numbers = np.frombuffer(row["signature"], "<u4")
        lsh.insert(row["doc_id"], MinHash(hashvalues=numbers, seed=1, scheme="affine32"))
    theirs = MinHash(num_perm=128, seed=1, hashfunc=lambda value: value)
    theirs.update_batch(shingles[1:])
    assert lsh.query(theirs) == ["a"]


def test_row_groups_are_called_by_what_they_hold(monkeypatch):
    monkeypatch.setattr(index, "GROUP_DOCUMENTS", 2)
    documents = [Document((number,)) for number in range(5)]
    file = written(index.part([everything(table(documents))]))
    other = written(index.part([everything(table(documents[1:]))]))
    assert len(set(index.file_ids(file, "it") + index.file_ids(other, "it"))) == 5
    assert [index.read(file, "it", group).num_rows for group in range(3)] == [2, 2, 1]


def test_no_value_stands_readable_in_the_footer():
    file = written(index.part([everything(table([Document((1, 2, 3))]))]))
    footer = pq.ParquetFile(file).metadata
    columns = [footer.row_group(0).column(number) for number in range(footer.num_columns)]
    assert not any(column.is_stats_set for column in columns)


@pytest.mark.parametrize("content", [b"", b"not Parquet at all"])
def test_a_file_that_is_no_parquet_is_explained(content):
    with pytest.raises(InputError, match="old/part: this is no readable index"):
        index.file_ids(BytesIO(content), "old/part")


def test_parquet_of_something_else_is_explained():
    file = BytesIO()
    pq.write_table(table([Document((1,))]), file)
    with pytest.raises(InputError, match="version 1"):
        index.read(file, "old/part", 0)


def test_a_damaged_part_is_explained():
    content = bytearray(written(index.part([everything(table([Document((1, 2, 3))]))])).getvalue())
    content[4:400] = b"\xff" * 396
    with pytest.raises(InputError, match="no readable index"):
        index.read(BytesIO(bytes(content)), "old/part", 0)


def test_a_release_without_an_index_is_explained():
    with pytest.raises(InputError, match="there is no duplicates/index/ in it"):
        index.paths(lambda _folder, _suffix: [], "out/demo")

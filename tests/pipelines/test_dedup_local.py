"""The whole search: against brute force on real texts, and the same however it is split."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.local import find_duplicates_locally
from tests.near_duplicates import Document, quality, shingled, similarities, table, texts_of

CASES = Path(__file__).parents[1] / "cases" / "neardup"
ABOUT_THE_DOCUMENT = ["doc_id", "kept_doc_id", "similarity", "cluster_id", "cluster_size"]


@pytest.fixture(scope="module")
def manuals():
    return shingled(texts_of(CASES / "docs.jsonl.gz"))


@pytest.mark.parametrize("threshold", [0.6, 0.75, 0.9])
def test_removals_are_true_and_recall_is_high_on_real_manuals(manuals, threshold):
    found = quality(manuals, find_duplicates_locally({1: table(manuals)}, threshold), threshold)
    assert found.removed > 50
    assert found.wrong == 0
    assert found.swallowed == 0
    assert found.recall_share("0.80") >= 0.98
    assert found.recall_share("threshold") >= 0.95


def test_in_every_script_a_cut_text_is_found_and_other_languages_are_left_alone():
    whole = texts_of(CASES / "scripts.jsonl")
    cut = [text[: len(text) * 19 // 20] for text in whole]
    documents = shingled(whole + cut)
    told = find_duplicates_locally({1: table(documents)}, 0.75)
    removed = told.filter(~pl.col("is_representative")).select("row", "kept_row").rows()
    assert sorted(removed) == [(len(whole) + number, number) for number in range(len(whole))]


SETS = st.integers(0, 4).flatmap(
    lambda base: st.sets(st.integers(base * 50, base * 50 + 25), max_size=25)
)
DOCUMENTS = st.lists(
    st.builds(
        Document,
        SETS.map(lambda shingles: tuple(sorted(shingles))),
        st.sampled_from(["", "x"]),
        st.integers(0, 1),
        st.integers(1, 5),
    ),
    max_size=25,
)


def told_by_id(files, partitions=64):
    """Verdicts without file and row; the ids of `files` are those of their documents."""
    tables = {
        number: table([one for one, _ in file], [name for _, name in file])
        for number, file in files.items()
    }
    told = find_duplicates_locally(tables, 0.75, partitions)
    ids = [
        pl.DataFrame(made.select(["row", "doc_id"])).with_columns(file=pl.lit(number, pl.UInt64))
        for number, made in tables.items()
    ]
    if not ids:
        return []
    return sorted(
        told.join(pl.concat(ids), on=["file", "row"]).select(ABOUT_THE_DOCUMENT).rows(), key=str
    )


@settings(max_examples=50, deadline=None)
@given(DOCUMENTS, st.randoms(use_true_random=False), st.integers(1, 4), st.sampled_from([1, 8]))
def test_files_order_and_partitions_change_no_verdict(documents, random, files, partitions):
    named = [(one, f"{number:032x}") for number, one in enumerate(documents)]
    whole = told_by_id({1: named})
    random.shuffle(named)
    split = {random.getrandbits(64): named[number::files] for number in range(files)}
    assert told_by_id(split, partitions) == whole


@settings(max_examples=50, deadline=None)
@given(DOCUMENTS)
def test_every_removal_is_true_and_what_is_removed_has_someone_kept(documents):
    found = quality(documents, find_duplicates_locally({1: table(documents)}, 0.75), 0.75)
    assert found.wrong == 0
    assert found.swallowed == 0


@settings(max_examples=50, deadline=None)
@given(DOCUMENTS)
def test_of_equal_texts_one_is_kept(documents):
    told = find_duplicates_locally({1: table(documents)}, 0.75)
    gone = set(told.filter(~pl.col("is_representative"))["row"])
    kept = [one.sha256 for row, one in enumerate(documents) if row not in gone]
    assert len(set(kept)) == len(kept)
    assert set(kept) <= {one.sha256 for one in documents}


def test_nothing_in_gives_nothing_out():
    assert find_duplicates_locally({}, 0.75).height == 0
    assert find_duplicates_locally({1: table([])}, 0.75).height == 0


def test_brute_force_itself_is_right_about_a_pair():
    documents = [Document((1, 2, 3)), Document((2, 3, 4)), Document((), "a"), Document((), "b")]
    assert similarities(documents, 0.1) == {(0, 1): 0.5}

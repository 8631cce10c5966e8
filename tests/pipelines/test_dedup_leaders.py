"""Who is kept and who is removed, against a plain rendering of the rule."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup import leaders
from pipelines.dedup.components import components, edges_of
from pipelines.dedup.jaccard import fewest_matches
from pipelines.dedup.leaders import VERDICTS, verdicts
from pipelines.dedup.rank import held
from pipelines.dedup.signature import minhash
from tests.near_duplicates import Document, arrays, similarity, table

FILE = 7


@st.composite
def families(draw):
    """Documents of which many are alike: subsets of a few sets, in several lengths and ranks."""
    documents = []
    for base in range(draw(st.integers(1, 3))):
        whole = range(base * 100, base * 100 + draw(st.integers(0, 30)))
        for _ in range(draw(st.integers(1, 6))):
            missing = draw(
                st.sets(st.sampled_from(list(whole)), max_size=6) if whole else st.just(set())
            )
            documents.append(
                Document(
                    tuple(shingle for shingle in whole if shingle not in missing),
                    draw(st.sampled_from(["", "x"])),
                    draw(st.integers(0, 2)),
                    draw(st.integers(1, 5)),
                )
            )
    return draw(st.permutations(documents))


def one_group(count):
    others = list(range(1, count))
    return components(
        [edges_of([FILE] * len(others), [0] * len(others), [FILE] * len(others), others)]
    )


def by_hand(documents, ranks, threshold):
    """The rule, said plainly; gives the leader and the similarity of each row."""
    signatures = minhash(*arrays(documents))
    found, chosen = [], {}
    for row in sorted(range(len(documents)), key=lambda row: (ranks[row], row)):
        near = []
        for place, other in enumerate(found):
            same = documents[row].sha256 == documents[other].sha256
            measured = similarity(documents[row], documents[other])
            agreeing = int((signatures[row] == signatures[other]).sum())
            if same or (measured >= threshold and agreeing >= fewest_matches(threshold)):
                near.append((not same, -measured, place, other))
        if near:
            chosen[row] = (min(near)[3], -min(near)[1])
        else:
            found.append(row)
    return chosen


def decide(documents, threshold=0.75, made=None):
    made = made or table(documents)
    return verdicts(one_group(len(documents)), {FILE: made}.__getitem__, threshold)


@settings(deadline=None)
@given(families(), st.sampled_from([0.5, 0.75, 0.9, 1.0]))
def test_each_document_follows_the_most_similar_of_those_kept_before_it(documents, threshold):
    made = table(documents)
    told = decide(documents, threshold, made) if len(documents) > 1 else VERDICTS.to_frame()
    removed = told.filter(~pl.col("is_representative"))
    expected = by_hand(documents, made["rank"].to_pylist(), threshold)
    if len(documents) < 2:
        expected = {}
    rows = removed.select("row", "kept_row", "similarity").iter_rows()
    assert {row: (kept, measured) for row, kept, measured in rows} == expected


@settings(deadline=None)
@given(families())
def test_clusters_are_a_kept_document_with_those_removed_for_it(documents):
    if len(documents) < 2:
        return
    told = decide(documents)
    assert told.schema == VERDICTS
    for (cluster,), rows in told.partition_by("cluster_id", as_dict=True).items():
        kept = rows.filter("is_representative")
        assert kept.height == 1
        assert set(rows["cluster_size"]) == {rows.height}
        assert rows.height > 1
        assert kept["kept_doc_id"].to_list() == kept["similarity"].to_list() == [None]
        followers = rows.filter(~pl.col("is_representative"))
        assert set(followers["kept_doc_id"]) == {cluster} == {f"{kept['row'][0]:032x}"}


@settings(deadline=None)
@given(families(), st.integers(1, 3), st.integers(1, 40))
def test_the_size_of_the_blocks_in_memory_changes_nothing(documents, block, shingles):
    if len(documents) < 2:
        return
    whole = decide(documents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leaders, "BLOCK_DOCUMENTS", block)
        patch.setattr(leaders, "BLOCK_SHINGLES", shingles)
        assert decide(documents).equals(whole)


def test_the_better_rank_is_kept_whatever_its_row():
    shingles = tuple(range(40))
    short, long = Document(shingles[1:], text_chars=90), Document(shingles, text_chars=100)
    told = decide([short, long])
    assert told.filter("is_representative")["row"].to_list() == [1]
    told = decide([Document(shingles[1:], trust=5, text_chars=90), long])
    assert told.filter("is_representative")["row"].to_list() == [0]


def test_a_chain_is_not_collapsed_onto_one_end():
    # Each is at 0.8 with the next; the ends are below the threshold.
    chain = [Document(tuple(range(at * 5, at * 5 + 45)), text_chars=100 - at) for at in range(5)]
    told = decide(chain)
    removed = told.filter(~pl.col("is_representative"))
    assert 0 < removed.height < 4
    for row, kept in removed.select("row", "kept_row").iter_rows():
        assert similarity(chain[row], chain[kept]) >= 0.75


def test_short_documents_are_removed_only_for_the_same_text():
    told = decide(
        [Document((), "ja"), Document((), "nein"), Document((), "ja"), Document((1,), "a")]
    )
    removed = told.filter(~pl.col("is_representative"))
    assert removed.select("row", "kept_row", "similarity").rows() == [(2, 0, 1.0)]


def test_what_an_earlier_release_holds_is_never_removed_and_has_no_verdict():
    shingles = tuple(range(40))
    old = table([Document(shingles, standing=100), Document(shingles)], ["old-a", "old-b"])
    old = old.set_column(2, old.schema.field("rank"), [held(old["rank"].to_numpy())])
    new = table([Document(shingles[1:], text_chars=1000)], ["new"])
    groups = components([edges_of([1, 1], [0, 0], [1, 2], [1, 0])])
    told = verdicts(groups, {1: old, 2: new}.__getitem__, 0.75)
    (verdict,) = told.iter_rows(named=True)
    assert (verdict["file"], verdict["row"], verdict["is_representative"]) == (2, 0, False)
    assert (verdict["kept_doc_id"], verdict["kept_file"], verdict["similarity"]) == (
        "old-b",
        1,
        0.975,
    )
    assert (verdict["cluster_id"], verdict["cluster_size"]) == ("old-b", 2)


def test_no_groups_have_no_verdicts():
    assert verdicts(components([]), {}.__getitem__, 0.75).equals(VERDICTS.to_frame())

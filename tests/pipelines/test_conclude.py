"""Every open document ends: released, or removed as the copy of a kept one."""

import polars as pl

from pipelines.steps.conclude import VERDICTS, conclude
from tests.frames import frame


def _told(*rows):
    return pl.DataFrame(list(rows), schema=VERDICTS)


def _verdict(doc_id, *, kept=None, similarity=None, exact=None):
    return {
        "doc_id": doc_id, "kept_doc_id": kept, "similarity": similarity, "threshold": 0.75,
        "exact": exact, "cluster_id": kept or doc_id, "cluster_size": 2,
        "is_representative": kept is None, "source_id": "radio", "kept_source_id": "radio",
    }  # fmt: skip


def test_a_document_without_a_copy_is_released_as_a_cluster_of_its_own():
    (row,) = conclude(frame({"doc_id": "a"}), None).to_dicts()
    assert row["decision"]["outcome"] == "released"
    assert row["duplicates"] == {"cluster_id": "a", "cluster_size": 1, "is_representative": True}


def test_a_copy_is_removed_and_names_the_kept_one_with_their_similarity():
    told = _told(_verdict("a"), _verdict("b", kept="a", similarity=0.8, exact=False))
    kept, copy = conclude(frame({"doc_id": "a"}, {"doc_id": "b"}), told).to_dicts()
    assert kept["decision"]["outcome"] == "released"
    assert kept["duplicates"] == {"cluster_id": "a", "cluster_size": 2, "is_representative": True}
    assert copy["decision"] == {
        "outcome": "removed", "stage": "duplicates", "rule": "near-duplicate", "measure": 0.8,
        "limit": 0.75, "kept_doc_id": "a", "similarity": 0.8,
    }  # fmt: skip
    assert copy["duplicates"] == {"cluster_id": "a", "cluster_size": 2, "is_representative": False}


def test_an_equal_text_is_called_an_exact_duplicate():
    told = _told(_verdict("b", kept="a", similarity=1.0, exact=True))
    (copy,) = conclude(frame({"doc_id": "b"}), told).to_dicts()
    assert copy["decision"]["rule"] == "exact-duplicate"


def test_what_an_earlier_step_decided_stays_and_belongs_to_no_cluster():
    removed = {"outcome": "removed", "stage": "screen", "rule": "too-few-words"}
    decision = {**dict.fromkeys(("measure", "limit", "kept_doc_id", "similarity")), **removed}
    (row,) = conclude(frame({"doc_id": "a", "decision": decision}), None).to_dicts()
    assert row["decision"]["rule"] == "too-few-words"
    assert row["duplicates"] is None


def test_rows_keep_their_order_and_their_number():
    rows = frame(*({"doc_id": name} for name in "cab"))
    assert conclude(rows, None)["doc_id"].to_list() == list("cab")
    assert conclude(rows.clear(), None).height == 0

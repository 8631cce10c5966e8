"""P6: rule, measured value and limit; for a duplicate the kept document and the similarity."""

import json

import polars as pl
import pytest

from tests import runs

pytestmark = pytest.mark.xdist_group("small-run")


def _decisions(release):
    return runs.documents(release).select("doc_id", pl.col("decision").struct.unnest())


def test_every_decision_names_its_stage_and_rule(small_release):
    decisions = _decisions(small_release)
    assert decisions["stage"].null_count() == decisions["rule"].null_count() == 0


def test_every_document_screened_out_has_its_measure_and_limit(small_release):
    screened = _decisions(small_release).filter(pl.col("stage") == "screen")
    assert screened.height > 0
    assert screened["measure"].null_count() == screened["limit"].null_count() == 0


def test_every_duplicate_names_a_released_document_that_is_as_alike_as_the_threshold(
    small_release,
):
    copies = _decisions(small_release).filter(pl.col("stage") == "duplicates")
    kept = set(runs.documents(small_release, "documents")["doc_id"])
    assert copies.height > 0
    assert copies["similarity"].min() >= 0.75
    assert set(copies["kept_doc_id"]) <= kept


def test_explain_answers_for_one_document_of_every_outcome(small_release):
    first = _decisions(small_release).group_by("outcome", maintain_order=True).first()
    for row in first.iter_rows(named=True):
        done = runs.endonym("explain", small_release, "--doc-id", row["doc_id"], "--json")
        assert done.returncode == 0, done.stderr
        (answer,) = json.loads(done.stdout)
        assert answer["outcome"] == row["outcome"]
        assert answer["rule"] == row["rule"]

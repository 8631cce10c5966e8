"""A copy takes the place of what goes only where policy and ground allow it."""

import json
from datetime import date

import polars as pl
import pytest
import yaml
from pydantic import ValidationError

from governance.books import reconcile
from governance.integrity import merkle
from governance.manifest import verify
from governance.release_folder import CLUSTERS, open_release
from governance.takedown import suppression
from pipelines.load import load_corpus
from pipelines.takedown.fingerprinted import fingerprinted
from pipelines.takedown.promote import promotion
from schemas.takedown import TakedownRules
from tests import runs, takedowns
from tests.takedowns import DAY, failed, locate_case, takedown

pytestmark = pytest.mark.xdist_group("takedown")


@pytest.fixture(scope="module")
def promoted(corpus_run, tmp_path_factory):
    """A site withdraws; its policy lets copies of other sites take the place."""
    run = takedowns.copied(corpus_run, tmp_path_factory.mktemp("promoted") / "corpus")
    policy = yaml.safe_load((run.parent / "policy.yaml").read_text())
    policy["takedown"] = {"promote": ["opt-out"]}
    (run.parent / "policy.yaml").write_text(yaml.safe_dump(policy))
    case, found = locate_case(run, "--host", "example.org", ground="opt-out")
    applied = takedown("apply", run, case, *DAY)
    told = takedown("certify", run, case, *DAY)
    return {"run": run, "gone": {row["doc_id"] for row in found}, "applied": applied,
            "told": told, "before": corpus_run.parent / "out", "after": run.parent / "out"}  # fmt: skip


def _released(release):
    return runs.documents(release, "documents")


def _pairs(promoted):
    for old, new in promoted["applied"]["versions"].items():
        yield promoted["before"] / old, promoted["after"] / new


def test_the_best_copy_takes_the_place_and_the_others_stay_for_it(promoted):
    assert promoted["applied"]["reissue"]["promoted"] == 2
    for old, new in _pairs(promoted):
        before, after = (set(_released(one)["doc_id"]) for one in (old, new))
        (come,) = after - before
        assert before - after == promoted["gone"]
        held = _released(new).filter(pl.col("doc_id") == come)
        assert held["decision"].struct.field("rule").to_list() == ["kept"]
        listed = pl.read_parquet(new / CLUSTERS)
        assert come not in listed["doc_id"].to_list()
        assert not promoted["gone"] & set(listed["kept_doc_id"])
        stay = listed.filter(pl.col("kept_doc_id") == come)
        assert len(stay) == held["duplicates"].struct.field("cluster_size")[0] - 1 >= 1
        rows = runs.documents(new, "removed").filter(
            pl.col("doc_id").is_in(stay["doc_id"].implode())
        )
        assert set(rows["decision"].struct.field("kept_doc_id")) == {come}
        assert set(rows["duplicates"].struct.field("cluster_id")) == {come}


def test_books_manifest_gates_index_and_tree_know_of_it(promoted):
    for old, new in _pairs(promoted):
        assert reconcile(new).imbalances == ()
        assert verify(new, later=("tombstones",)) == []
        assert failed(new) <= failed(old)
        assert runs.record(new)["takedowns"][-1]["promoted"] == 1
        released = set(_released(new)["doc_id"])
        tree = {str(one) for one in merkle.released_ids(new).to_pylist()}
        parts = [one for one in fingerprinted(open_release(new)) if one.path.startswith("doc")]
        indexed = set(pl.concat([one.doc_ids for one in parts]))
        assert released == tree == indexed
        rows = _released(new)
        assert all(part["doc_id"].is_sorted() for part in _by_tag(rows))


def _by_tag(rows):
    return rows.with_columns(tag=pl.col("language").struct.field("tag")).partition_by("tag")


def test_the_certificate_still_proves_that_the_site_is_gone(promoted):
    told = promoted["told"]
    assert (told["level"], told["counts"]["hits"], told["counts"]["reconciled"]) == ("C", 0, True)
    assert told["counts"]["removed"] == 2


def test_nothing_is_promoted_that_is_listed_or_whose_source_is_over(corpus_run):
    corpus = load_corpus(corpus_run)
    release = open_release(corpus.releases / "1.0.0")
    gone = (
        runs.documents(release.folder)
        .filter(pl.col("source").struct.field("native_id") == "one")["doc_id"]
        .to_list()
    )
    empty = suppression.SuppressionList("x", suppression.SCHEMA.to_frame(), corpus.keyring)
    day = date(2026, 11, 25)
    found = promotion(release, gone, empty, corpus.policy, day)
    assert found is not None
    assert len(found) == 1
    places = suppression.keyed(corpus.keyring, "host", [b"mirror.example"])
    rows = pl.DataFrame({"kind": ["host"], "digest": places},
                        schema={"kind": pl.String, "digest": pl.Binary})  # fmt: skip
    whole = pl.concat([suppression.SCHEMA.to_frame(), rows], how="diagonal")
    listed = suppression.SuppressionList("x", whole, corpus.keyring)
    assert promotion(release, gone, listed, corpus.policy, day) is None
    release.run["sources"][0]["expires"] = "2026-11-24"
    assert promotion(release, gone, empty, corpus.policy, day) is None
    assert promotion(release, ["0" * 32], empty, corpus.policy, day) is None


@pytest.mark.parametrize("ground", ["illegal", "erasure", "objection", "court"])
def test_no_policy_promotes_for_persons_unlawful_content_or_orders(ground):
    with pytest.raises(ValidationError):
        TakedownRules.model_validate({"promote": [ground]})


def test_without_the_rule_nothing_takes_the_place(done):
    assert done["applied"]["reissue"]["promoted"] == 0
    for new in done["applied"]["versions"].values():
        record = json.loads((done["after"] / new / "run.json").read_text())
        assert record["takedowns"][-1]["promoted"] == 0

"""A later release against an earlier one: what is released already is not released again."""

import json

import polars as pl
import pytest

from governance.manifest import verify
from tests import runs

pytestmark = pytest.mark.xdist_group("small-run")

CARD = """
id: offer
title: Copies of released documents, and some that are new
paths: ["../text/offer/*.jsonl"]
fields: {text: text, id: id}
licence: {declared: CC0-1.0}
rights_basis: public-domain
custodian: {name: A test, contact: test@example.org}
jurisdiction: INT
collected: {from: 2026-01-01, to: 2026-01-01, how: made}
expires: null
trust: 5
"""
NEW = "udhr"
COPIES = 12


def _earlier(release):
    """Released documents without doubles of their own, one of each of some languages."""
    rows = runs.documents(release, "documents").filter(
        pl.col("duplicates").struct.field("cluster_size") == 1,
        pl.col("text").str.len_chars() > 1_500,
    )
    tag = pl.col("language").struct.field("tag").alias("tag")
    chosen = rows.select("doc_id", "text", tag).sort("tag", "doc_id").unique("tag", keep="first")
    return chosen.sort("tag").head(COPIES)


def _offer(folder, earlier):
    """A run over unchanged copies of released documents, and over changed ones."""
    run = runs.make_run(folder, (NEW,), version="2.0.0")
    (folder / "sources/offer.yaml").write_text(CARD)
    rows = [{"id": f"copy-{row['doc_id']}", "text": row["text"]} for row in earlier.to_dicts()]
    # Without its end it is another text, but still alike.
    for row in earlier.to_dicts():
        shorter = row["text"][: int(len(row["text"]) * 0.93)]
        rows.append({"id": f"part-{row['doc_id']}", "text": shorter})
    (folder / "text/offer").mkdir(parents=True)
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "text/offer/a.jsonl").write_text(lines, encoding="utf-8")
    return run


@pytest.fixture(scope="module")
def later(small_release, tmp_path_factory):
    """A release made against the small one, and the documents of that one which it was offered."""
    earlier = _earlier(small_release)
    run = _offer(tmp_path_factory.mktemp("later"), earlier)
    return runs.written(run, **{"dedup.against": [str(small_release)]}), earlier


def _offered(release, kind):
    rows = runs.documents(release).select(
        pl.col("source").struct.field("id").alias("source"),
        pl.col("source").struct.field("native_id").alias("native_id"),
        pl.col("decision").struct.unnest(),
    )
    return rows.filter(pl.col("source") == "offer", pl.col("native_id").str.starts_with(kind))


def test_a_copy_of_a_document_that_an_earlier_release_holds_is_removed_and_names_it(later):
    release, earlier = later
    copies = _offered(release, "copy-")
    assert len(copies) == len(earlier) >= COPIES // 2
    assert set(copies["outcome"]) == {"removed"}
    assert set(copies["rule"]) == {"exact-duplicate"}
    assert ("copy-" + copies["kept_doc_id"] == copies["native_id"]).all()
    assert set(copies["similarity"]) == {1.0}


def test_a_changed_copy_is_removed_with_its_similarity(later):
    release, earlier = later
    parts = _offered(release, "part-").filter(pl.col("stage") == "duplicates")
    assert len(parts) >= len(earlier) - 2
    assert set(parts["rule"]) == {"near-duplicate"}
    assert parts["similarity"].is_between(0.75, 0.9999).all()
    assert ("part-" + parts["kept_doc_id"] == parts["native_id"]).all()


def test_the_later_release_says_what_it_was_held_against_and_leaves_it_as_it_was(
    later, small_release
):
    release, _ = later
    said = runs.record(release)["dedup"]["against"]
    assert said == ["/".join(small_release.parts[-2:])]
    assert verify(small_release) == []


def test_what_is_new_is_released_and_nothing_of_the_earlier_release_is(later, small_release):
    release, _ = later
    kept = runs.documents(release, "documents")
    assert set(kept["source"].struct.field("id")) == {NEW}
    held = set(runs.documents(small_release, "documents")["provenance"].struct.field("text_sha256"))
    assert not held & set(kept["provenance"].struct.field("text_sha256"))


def test_explain_names_the_document_that_stands_for_a_copy(later):
    release, earlier = later
    native_id = f"copy-{earlier['doc_id'][0]}"
    done = runs.endonym("explain", release, "--native-id", native_id, "--json")
    assert done.returncode == 0, done.stderr
    (answer,) = json.loads(done.stdout)
    assert answer["kept_doc_id"] == earlier["doc_id"][0]

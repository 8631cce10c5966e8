"""A whole run that compares with an evaluation set, and pages by their address."""

import hashlib
import json
import shutil

import polars as pl
import pytest
import yaml

from governance.explain import explain
from pipelines.takedown.reissue import reissue
from tests import runs
from tests.articles import HINTS, articles
from tests.exams import asked, items, make, write_jsonl

PAGE = "https://www.example.org/laws/"


def _again(hint):
    """A page fetched three times: long, then with half of it new, then about something else."""
    lines = articles()[hint]
    first, second, third = "\n".join(lines[1:4]), "\n".join(lines[1:3]), lines[4]
    place = f"{PAGE}{hint}"
    return [
        {"id": f"{hint}-1", "text": first, "url": place},
        {"id": f"{hint}-2", "text": f"{second} {_NEW}", "url": f"{place}/?utm_source=x#top"},
        {"id": f"{hint}-3", "text": third, "url": place.replace("https://www.", "http://")},
    ]


_NEW = "Soma zaidi kuhusu habari hii katika ukurasa wetu mpya wa leo na kesho"
_TONGUES = ("sw", "mk", "ta", "lo", "chr")


@pytest.fixture(scope="session")
def repeated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("repeated")
    dedup = {"threshold": 0.9, "url_threshold": 0.2}
    run = make(folder, [asked()], dedup=dedup)
    rows = [{"id": hint, "text": articles()[hint][0], "url": None} for hint in HINTS]
    rows += [row for hint in _TONGUES for row in _again(hint)]
    write_jsonl(folder / "text" / "articles" / "all.jsonl", rows)
    card = yaml.safe_load((folder / "sources" / "notes.yaml").read_text(encoding="utf-8"))
    card |= {"id": "articles", "paths": ["../text/articles/all.jsonl"], "format": "jsonl",
             "fields": {"text": "text", "id": "id", "url": "url"}, "reading": {}}  # fmt: skip
    (folder / "sources" / "articles.yaml").write_text(yaml.safe_dump(card), encoding="utf-8")
    return folder, runs.curate(run, "--no-report")


def rows_of(release):
    found = runs.documents(release).filter(pl.col("source").struct.field("id") == "articles")
    names = found["source"].struct.field("native_id")
    return dict(zip(names, found.to_dicts(), strict=True))


def test_a_run_records_what_it_looked_for_and_how_much_it_found(repeated):
    folder, release = repeated
    (row,) = runs.record(release)["evaluation_sets"]
    digest = hashlib.sha256((folder / "exam" / "one.jsonl").read_bytes()).hexdigest()
    assert row["files"] == [{"uri": "exam/one.jsonl", "sha256": digest}]
    assert row["items"] == 2 * len(items()) - 1  # the last answer is empty
    removed = runs.record(release)["counts"]["removed_by_rule"]
    assert row["documents"]["removed"] == removed["decontaminate/contaminated-exam"] > 15
    assert (release / row["passages_file"]).is_file()


def test_every_article_of_the_exam_is_gone_and_the_gate_has_looked_again(repeated):
    _, release = repeated
    released = runs.documents(release, "documents")
    assert not any(articles()[hint][0] in text for hint in HINTS for text in released["text"])
    results = json.loads((release / "validation" / "results.json").read_text(encoding="utf-8"))
    gates = {one["id"]: one for one in results["gates"]}
    found = gates["G-CON"]
    assert (found["judged"], found["passed"], found["figure"]) == (True, True, 0)
    assert f"Documents compared: {len(released)}" in found["note"]
    assert all(gates[name]["passed"] for name in ("G-REC", "G-WHY", "G-DUP", "G-SRC"))


def test_explain_answers_for_a_contaminated_document(repeated):
    _, release = repeated
    found = pl.read_parquet(release / "duplicates" / "overlaps.parquet")
    (told,) = explain(release, doc_id=found["doc_id"][0])
    text = told.as_text()
    assert "by the rule contaminated-exam" in text
    assert "passages of the evaluation set exam" in text
    assert "arXiv:2005.14165" in text
    assert told.as_dict()["evaluation_sets"][0]["matches"] == found["matches"][0]


@pytest.mark.parametrize("hint", _TONGUES)
def test_of_a_page_fetched_twice_the_longer_text_is_kept_and_another_text_too(repeated, hint):
    rows = rows_of(repeated[1])
    first, second, third = (rows[f"{hint}-{number}"] for number in (1, 2, 3))
    longer = max((first, second), key=lambda row: len(row["text"]))
    shorter = second if longer is first else first
    decision = shorter["decision"]
    assert (decision["stage"], decision["rule"]) == ("duplicates", "url-duplicate")
    assert decision["kept_doc_id"] == longer["doc_id"]
    assert decision["limit"] == 0.2 <= decision["measure"] == decision["similarity"] < 0.9
    assert third["decision"]["rule"] != "url-duplicate"


def test_documents_at_one_address_are_counted_and_listed(repeated):
    _, release = repeated
    counts = runs.record(release)["counts"]
    listed = pl.read_parquet(release / "duplicates" / "clusters.parquet")
    assert counts["url_duplicates"] == int(listed["same_address"].sum()) == len(_TONGUES)


def test_explain_says_why_a_page_gave_way_to_another(repeated):
    _, release = repeated
    listed = pl.read_parquet(release / "duplicates" / "clusters.parquet").filter("same_address")
    text = explain(release, doc_id=listed["doc_id"][0])[0].as_text()
    assert "by the rule url-duplicate" in text
    assert "the threshold 0.2" in text


def test_no_address_and_no_digest_of_one_is_released(repeated):
    _, release = repeated
    for path in (release / "duplicates").rglob("*.parquet"):
        assert "address" not in pl.read_parquet_schema(path)


def test_what_is_taken_down_leaves_the_list_of_overlaps_too(repeated, tmp_path):
    _, release = repeated
    listed = pl.read_parquet(release / "duplicates" / "overlaps.parquet")["doc_id"]
    told = {"version": "1.0.1", "case": "0" * 16, "day": "2026-11-25"}
    reissue(release, tmp_path / "new", {listed[0]}, told)
    left = pl.read_parquet(tmp_path / "new" / "duplicates" / "overlaps.parquet")["doc_id"]
    assert left.to_list() == listed[1:].to_list()
    assert (tmp_path / "new" / "duplicates" / "evaluation" / "exam.parquet").is_file()


@pytest.mark.slow
def test_another_size_of_batches_gives_the_same_decisions(repeated, tmp_path):
    folder, release = repeated
    copy = tmp_path / "again"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("out", ".endonym"))
    told = yaml.safe_load((copy / "run.yaml").read_text(encoding="utf-8"))
    told["sizes"] = {"batch_mb": 0.01, "split_mb": 0.02}
    (copy / "run.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    again = runs.curate(copy / "run.yaml", "--no-report")
    columns = ["doc_id", "text", "decision", "duplicates"]
    assert (
        runs.documents(again)
        .sort("doc_id")
        .select(columns)
        .equals(runs.documents(release).sort("doc_id").select(columns))
    )
    for name in ("overlaps", "clusters"):
        ours, theirs = (pl.read_parquet(one / f"duplicates/{name}.parquet").sort("doc_id")
                        for one in (again, release))  # fmt: skip
        assert ours.equals(theirs)

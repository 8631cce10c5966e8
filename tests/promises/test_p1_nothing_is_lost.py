"""P1: every record read ends exactly once as released, removed or quarantined."""

import bz2
import csv
import gzip
import io
import json

import polars as pl
import pytest
import zstandard

from tests import runs

pytestmark = pytest.mark.xdist_group("small-run")


def _lines(path):
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    elif path.suffix == ".bz2":
        data = bz2.decompress(data)
    elif path.suffix == ".zst":
        data = zstandard.ZstdDecompressor().decompressobj().decompress(data)
    return [line for line in data.split(b"\n") if line.strip()]


def _records(path):
    """Records of a sound file, counted without Endonym's readers."""
    name = path.name
    if ".jsonl" in name:
        return len(_lines(path))
    if name.endswith((".csv", ".tsv")):
        text = path.read_text(encoding="utf-8")
        delimiter = "\t" if name.endswith(".tsv") else ","
        return sum(1 for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row) - 1
    if name.endswith(".parquet"):
        return pl.read_parquet(path).height
    return 1  # text and HTML: a document a file


@pytest.mark.parametrize(
    "source",
    ["notes", "letters", "contributions", "legacy", "pages", "press", "loan", "manuals", "india",
     "east-africa", "installation-guide"],
)  # fmt: skip
def test_every_record_of_a_source_is_in_the_release_once(small_run, source):
    run, release = small_run
    files = [path for path in (run.parent / "text" / source).rglob("*") if path.is_file()]
    ended = runs.documents(release).filter(pl.col("source").struct.field("id") == source)
    assert ended.height == sum(map(_records, files))


def test_no_document_ends_twice(small_release):
    assert runs.documents(small_release)["doc_id"].is_duplicated().sum() == 0


def test_every_document_lies_where_its_outcome_says(small_release):
    for folder, outcome in (
        ("documents", "released"), ("removed", "removed"), ("quarantine", "quarantined"),
    ):  # fmt: skip
        ended = runs.documents(small_release, folder)["decision"].struct.field("outcome")
        assert set(ended) == {outcome}


def test_the_books_balance_per_source_and_per_stage(small_release):
    counts = runs.record(small_release)["counts"]
    for row in (counts, *counts["by_source"].values()):
        assert row["read"] == row["released"] + row["removed"] + row["quarantined"]
    for row in counts["by_stage"]:
        assert row["in"] == row["removed"] + row["quarantined"] + row["out"]
    assert counts["by_stage"][0]["in"] == counts["read"]
    assert counts["by_stage"][-1]["out"] == counts["released"]


def test_what_was_counted_when_read_is_what_was_counted_when_written(small_release):
    record = runs.record(small_release)
    written = {name: row["read"] for name, row in record["counts"]["by_source"].items()}
    assert record["read"] == written


def test_broken_files_end_in_quarantine_with_their_place_and_reason(small_run):
    run, release = small_run
    broken = runs.documents(release, "quarantine").filter(
        (pl.col("source").struct.field("id") == "broken")
        & (pl.col("decision").struct.field("stage") == "read")
    )
    touched = {uri.rsplit("/", 1)[-1] for uri in broken["source"].struct.field("uri")}
    assert broken["text"].null_count() == broken.height
    assert broken["source"].struct.field("offset").null_count() == 0
    assert touched == {path.name for path in (run.parent / "text/broken").iterdir()} & touched
    assert len(touched) >= 3


def test_a_release_whose_books_do_not_balance_does_not_pass(small_release, tmp_path):
    import shutil

    tampered = tmp_path / "release"
    shutil.copytree(small_release, tampered)
    record = json.loads((tampered / "run.json").read_text(encoding="utf-8"))
    record["counts"]["read"] += 1
    (tampered / "run.json").write_text(json.dumps(record), encoding="utf-8")
    done = runs.endonym("validate", tampered, "--json")
    assert done.returncode == 2, done.stderr
    assert json.loads(done.stdout)["passed"] is False

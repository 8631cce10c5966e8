import json
from itertools import pairwise

import pytest

from governance.books import reconcile
from schemas.decision import QUARANTINED, REMOVED
from tests.documents import decision, default_rows, row
from tests.releases import make_release


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("books") / "1.0")


def _change(release, tmp_path, change):
    import shutil

    copy = shutil.copytree(release, tmp_path / "copy")
    run = json.loads((copy / "run.json").read_text(encoding="utf-8"))
    change(run)
    (copy / "run.json").write_text(json.dumps(run), encoding="utf-8")
    return reconcile(copy)


def test_the_books_of_a_sound_release_balance(release):
    books = reconcile(release)
    assert books.imbalances == ()
    assert books.is_balanced
    assert books.counts["read"] == len(default_rows())


def test_each_source_and_each_stage_adds_up(release):
    counts = reconcile(release).counts
    for source in (counts, *counts["by_source"].values()):
        assert source["read"] == sum(
            source[name] for name in ("released", "removed", "quarantined")
        )
    stages = counts["by_stage"]
    for before, after in pairwise(stages):
        assert before["out"] == before["in"] - before["removed"] - before["quarantined"]
        assert after["in"] == before["out"]
    assert stages[-1]["out"] == counts["released"]


@pytest.mark.parametrize(
    ("place", "label"),
    [
        (("read",), "read: "),
        (("removed",), "removed: "),
        (("by_source", "udhr", "quarantined"), "by_source/udhr/quarantined"),
        (("removed_by_rule", "screen/short"), "removed_by_rule/screen/short"),
        (("quarantined_by_rule", "read/undecodable"), "quarantined_by_rule/read/undecodable"),
        (("languages", "tam_Taml"), "languages/tam_Taml"),
        (("privacy", "EMAIL_ADDRESS"), "privacy/EMAIL_ADDRESS"),
        (("exact_duplicates",), "exact_duplicates"),
        (("near_duplicates",), "near_duplicates"),
    ],
)
def test_every_number_that_is_off_by_one_is_named(release, tmp_path, place, label):
    def change(run):
        table = run["counts"]
        for key in place[:-1]:
            table = table[key]
        table[place[-1]] += 1

    imbalances = _change(release, tmp_path, change).imbalances
    assert len(imbalances) == 1
    assert imbalances[0].startswith(label)


def test_a_stage_that_is_off_is_named(release, tmp_path):
    books = _change(release, tmp_path, lambda run: run["counts"]["by_stage"][5].update(removed=1))
    assert books.imbalances == ("by_stage/screen/removed: run.json says 1, the files hold 42",)


def test_a_source_that_lost_a_record_between_reading_and_writing_is_named(release, tmp_path):
    books = _change(release, tmp_path, lambda run: run["read"].update(radio=999))
    assert books.imbalances == ("radio: 999 records were read, 118 ended",)


def test_a_run_that_does_not_say_what_was_read_does_not_balance(release, tmp_path):
    books = _change(release, tmp_path, lambda run: run.pop("read"))
    assert books.imbalances == ("run.json does not state how many records were read",)


def test_rows_of_a_file_that_differ_from_the_record_are_named(release, tmp_path):
    books = _change(release, tmp_path, lambda run: run["files"][0].update(rows=1000))
    assert len(books.imbalances) == 1
    assert "run.json says 1000 rows" in books.imbalances[0]


def test_a_shard_that_is_gone_and_one_that_is_unknown_are_told(release, tmp_path):
    def change(run):
        run["files"][0]["path"] = "documents/language_tag=swh_Latn/part-00009.parquet"

    imbalances = _change(release, tmp_path, change).imbalances
    assert imbalances == (
        "files with documents that run.json does not name: 1",
        "documents/language_tag=swh_Latn/part-00009.parquet: named by run.json, but not there",
    )


def test_a_damaged_shard_is_named_and_not_counted(release, tmp_path):
    import shutil

    copy = shutil.copytree(release, tmp_path / "copy")
    (copy / "quarantine/part-00000.parquet").write_bytes(b"PAR1 not really")
    imbalances = reconcile(copy).imbalances
    assert "quarantine/part-00000.parquet: cannot be read, so it is not counted" in imbalances


def test_a_document_in_the_wrong_folder_is_counted(tmp_path):
    short = decision(REMOVED, "screen", "short", measure=1.0, limit=2.0)
    release = make_release(tmp_path / "1.0", [row(1), row(2, decision=short)])
    (release / "removed/part-00000.parquet").rename(release / "quarantine.parquet")
    (release / "quarantine").mkdir()
    (release / "quarantine.parquet").rename(release / "quarantine/part-00000.parquet")
    misplaced = "documents in a folder that does not fit their outcome or stage: 1"
    assert misplaced in reconcile(release).imbalances


def test_a_stage_that_is_none_of_the_job_is_counted(tmp_path):
    odd = decision(QUARANTINED, "somewhere", "short")
    imbalances = reconcile(
        make_release(tmp_path / "1.0", [row(1), row(2, decision=odd)])
    ).imbalances
    assert any("does not fit their outcome or stage: 1" in sentence for sentence in imbalances)


def test_a_release_without_documents_does_not_balance(tmp_path):
    books = reconcile(make_release(tmp_path / "1.0", []))
    assert books.imbalances == ("the release holds no document at all",)


def test_a_name_that_is_no_name_is_not_repeated(tmp_path):
    odd = decision(QUARANTINED, "read", "wanjiru@example.org called")
    release = make_release(tmp_path / "1.0", [row(1), row(2, decision=odd)])
    run = json.loads((release / "run.json").read_text(encoding="utf-8"))
    run["counts"]["quarantined_by_rule"] = {}
    (release / "run.json").write_text(json.dumps(run), encoding="utf-8")
    books = reconcile(release)
    assert books.imbalances
    assert "wanjiru" not in " ".join(books.imbalances)

"""The new releases: only what held something is written again, and the books balance."""

import json
import subprocess

import pytest

from governance.books import reconcile
from governance.manifest import verify
from governance.takedown import tombstones
from tests import runs
from tests.takedowns import failed

pytestmark = pytest.mark.xdist_group("takedown")


def test_only_the_files_that_held_something_are_written_again(done):
    listed = {}
    for row in done["located"]:
        listed.setdefault(row["release"], set()).add(row["path"])
    for old, new in done["applied"]["versions"].items():
        before = {one["path"]: one["sha256"] for one in _manifest(done["before"] / old)["files"]}
        after = {one["path"]: one["sha256"] for one in _manifest(done["after"] / new)["files"]}
        changed = {path for path in before if after.get(path) != before[path]}
        shards = {path for path in changed if path.split("/")[0] != "duplicates"} - {"run.json"}
        assert shards == listed[old]
        indexes = {path for path in changed if path.startswith("duplicates/index")}
        assert len(indexes) == sum(path.startswith("documents/") for path in shards)
        assert len(set(before) - changed) > 3 * len(changed)


def _manifest(release):
    return json.loads((release / "manifest.json").read_text())


def test_the_books_of_the_new_release_balance_and_state_what_went(done):
    for old, new in done["applied"]["versions"].items():
        before, after = runs.record(done["before"] / old), runs.record(done["after"] / new)
        assert reconcile(done["after"] / new).is_balanced
        assert verify(done["after"] / new, later=("tombstones",)) == []
        (taken,) = after["takedowns"]
        gone = taken["released"] + taken["removed"] + taken["quarantined"]
        assert before["counts"]["read"] - gone == after["counts"]["read"]
        assert gone == sum(row["release"] == old for row in done["located"])
        assert after["supersedes"] == old


def test_books_that_hide_a_takedown_do_not_balance(done, tmp_path):
    new = done["after"] / done["applied"]["versions"]["1.1.0"]
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", new, copy], check=True)
    record = runs.record(copy)
    record["read_by_run"]["first"] += 1
    (copy / "run.json").write_text(json.dumps(record))
    assert any("takedowns" in one for one in reconcile(copy).imbalances)


def test_every_gate_passes_as_before(done):
    for old, new in done["applied"]["versions"].items():
        assert failed(done["after"] / new) <= failed(done["before"] / old)
        assert (done["after"] / new / "report/index.html").exists()


def test_the_old_releases_lose_their_content_and_keep_their_record(done):
    for old, new in done["applied"]["versions"].items():
        left = {path.name for path in (done["after"] / old).iterdir()}
        assert left == {"manifest.json", "run.json", "withdrawn.json"}
        told = json.loads((done["after"] / old / "withdrawn.json").read_text())
        assert told["superseded_by"] == new
    assert [path.name for path in done["corpus"].live()] == ["2.0.0", "3.0.0"]
    latest = json.loads((done["after"] / "tombstones/latest_usable.json").read_text())
    assert latest["latest_usable"] == "3.0.0"


def test_the_list_of_what_is_gone_is_chained(done):
    listed = tombstones.read(done["after"] / "tombstones")
    assert tombstones.broken_links(listed) == []
    assert set(listed["doc_id"]) == {row["doc_id"] for row in done["located"]}
    swapped = listed[[1, 0, *range(2, len(listed))]]
    assert tombstones.broken_links(swapped)

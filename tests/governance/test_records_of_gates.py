"""What gates need and no run can know is recorded, bound to the files, and judged."""

import json
import shutil
from datetime import date
from types import SimpleNamespace

import pytest
import yaml

from governance.integrity.paths import file_digest
from governance.manifest import write_manifest
from governance.release_folder import open_release
from governance.tally import tally
from governance.validate.gates import illegal, rebuilt
from governance.validate.rebuilt import compare_rebuilt
from governance.validate.screened import keep_checks
from schemas.errors import InputError, ValidationFailedError
from tests.documents import CARDS, row
from tests.issued import TEXTS
from tests.releases import make_release

DAY = date(2026, 11, 25)
CHECK = {
    "sources": ["*"], "kind": "hash-list", "name": "a list of hashes", "version": "2026-11-20",
    "version_day": "2026-11-20", "applied_on": "2026-11-21", "applied_by": "the library's court desk",
    "documents": 100, "found": 0, "removed": 0,
}  # fmt: skip


def _release(folder, journal):
    rows = [row(at, tag, text) for at, (tag, text) in enumerate(TEXTS.items())]
    made = make_release(folder, rows)
    (made / "journal.json").write_text(json.dumps({"began": journal}))
    return made


@pytest.fixture
def pair(tmp_path):
    return _release(tmp_path / "one" / "1.0", "at nine"), _release(
        tmp_path / "two" / "1.0", "at ten"
    )


def _evidence(release, as_of=DAY):
    opened = open_release(release)
    return SimpleNamespace(release=opened, tables=tally(opened), as_of=as_of)


def test_a_second_run_with_the_same_files_is_recorded_and_judged(pair):
    one, two = pair
    assert not rebuilt.find(_evidence(one)).judged
    record = compare_rebuilt(one, two, DAY)
    assert record["rebuilt_root"] == record["manifest_root"]
    assert record["rebuilt_journal_sha256"] == file_digest(two / "journal.json")
    found = rebuilt.find(_evidence(one))
    assert (found.figure, found.judged) == (0, True)


def test_files_that_came_out_otherwise_are_counted_and_named(pair):
    one, two = pair
    path = next((two / "documents").rglob("*.parquet"))
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(ValidationFailedError, match="not as its manifest says"):
        compare_rebuilt(one, two, DAY)
    path.unlink()
    write_manifest(two)
    compare_rebuilt(one, two, DAY)
    found = rebuilt.find(_evidence(one))
    assert found.figure == 1
    assert found.reasons == (f"{path.relative_to(two).as_posix()}: came out otherwise",)


def test_a_copy_is_no_second_run(pair, tmp_path):
    one, _ = pair
    shutil.copytree(one, tmp_path / "copy")
    with pytest.raises(InputError, match="is a copy"):
        compare_rebuilt(one, tmp_path / "copy", DAY)
    with pytest.raises(InputError, match="the release itself"):
        compare_rebuilt(one, one, DAY)
    (tmp_path / "copy" / "journal.json").unlink()
    with pytest.raises(InputError, match=r"no journal\.json"):
        compare_rebuilt(one, tmp_path / "copy", DAY)


def _screened(release, place, *checks):
    path = place / "checks.yaml"
    path.write_text(yaml.safe_dump({"checks": list(checks)}))
    keep_checks(release, path)
    return illegal.find(_evidence(release))


def test_a_current_list_over_every_source_passes(pair, tmp_path):
    assert not illegal.find(_evidence(pair[0])).judged
    found = _screened(pair[0], tmp_path, CHECK)
    assert (found.figure, found.judged, found.reasons) == (0, True, ())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"version_day": "2026-09-01"}, "more than 31 days old"),
        ({"applied_on": "2026-01-21", "version_day": "2026-01-20"}, "more than 183 days ago"),
        ({"found": 3, "removed": 1}, "not all that was met is removed"),
        ({"sources": ["radio"]}, "no list and no classifier"),
    ],
)
def test_a_list_that_is_old_or_leaves_something_does_not(pair, tmp_path, changes, told):
    found = _screened(pair[0], tmp_path, CHECK | changes)
    assert found.figure > 0
    assert any(told in reason for reason in found.reasons)


def test_records_of_other_files_do_not_count(pair, tmp_path):
    one, two = pair
    compare_rebuilt(one, two, DAY)
    _screened(one, tmp_path, CHECK)
    next((one / "documents").rglob("*.parquet")).unlink()
    write_manifest(one)
    assert not rebuilt.find(_evidence(one)).judged
    assert not illegal.find(_evidence(one)).judged


def test_all_mistakes_of_the_checks_are_told_at_once(pair, tmp_path):
    bad = CHECK | {"kind": "a feeling", "version_day": "soon"}
    with pytest.raises(InputError) as caught:
        _screened(pair[0], tmp_path, bad, CHECK | {"removed": 2})
    assert str(caught.value).count("checks.yaml:") == 3
    with pytest.raises(InputError, match="has no source nowhere"):
        _screened(pair[0], tmp_path, CHECK | {"sources": ["nowhere"]})
    assert "udhr" in {card["id"] for card in CARDS}

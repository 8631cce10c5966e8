import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.manifest import EXPORTED, NAME, root_of, verify, write_manifest
from schemas.errors import InputError
from tests.documents import row
from tests.releases import make_release


@pytest.fixture
def release(tmp_path):
    return make_release(tmp_path / "1.0", [row(1), row(2, "amh_Ethi", "ሰላም ለዓለም")])


def _manifest(release):
    return json.loads((release / NAME).read_text(encoding="utf-8"))


def _put(release, manifest):
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (release / NAME).write_text(text, encoding="utf-8")


def test_an_untouched_release_verifies(release):
    assert verify(release) == []


def test_every_covered_file_stands_in_it_with_digest_bytes_and_rows(release):
    files = {file["path"]: file for file in _manifest(release)["files"]}
    for path in release.rglob("*"):
        name = path.relative_to(release).as_posix()
        if path.is_file() and name not in {NAME, "journal.json"}:
            assert files[name]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
            assert files[name]["bytes"] == path.stat().st_size
    assert files["documents/language_tag=amh_Ethi/part-00000.parquet"]["rows"] == 1
    assert files["run.json"]["rows"] is None


def test_the_root_is_what_sha256sum_sort_and_sha256sum_give(release):
    lines = [f"{file['sha256']}  {file['path']}\n" for file in _manifest(release)["files"]]
    whole = "".join(sorted(lines)).encode()
    assert _manifest(release)["root"] == hashlib.sha256(whole).hexdigest()


def test_a_single_changed_byte_is_named(release):
    path = release / "documents/language_tag=amh_Ethi/part-00000.parquet"
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    assert verify(release) == ["documents/language_tag=amh_Ethi/part-00000.parquet: has changed"]


def test_a_missing_and_an_extra_file_are_named(release):
    (release / "duplicates/clusters.parquet").unlink()
    (release / "documents/extra.txt").write_text("x")
    (release / "note.txt").write_text("x")
    assert verify(release) == [
        "duplicates/clusters.parquet: is missing",
        "documents/extra.txt: is not in the manifest",
        "note.txt: is not in the manifest",
    ]


def test_what_is_made_from_the_release_later_changes_neither_manifest_nor_verdict(release):
    before = (release / NAME).read_bytes()
    (release / "journal.json").write_text("{}")
    for name in ("report/index.html", "validation/results.json", "lineage/run.ndjson"):
        (release / name).parent.mkdir(exist_ok=True)
        (release / name).write_text("x")
    assert verify(release) == []
    write_manifest(release)
    assert (release / NAME).read_bytes() == before


def test_a_manifest_whose_root_was_changed_does_not_verify(release):
    manifest = _manifest(release)
    manifest["root"] = "0" * 64
    _put(release, manifest)
    assert verify(release) == [
        "manifest.json: its root is not the digest of the files that it lists"
    ]


def _found(release):
    try:
        return verify(release)
    except InputError as error:
        return [str(error)]


def test_any_flipped_bit_of_the_manifest_itself_is_named(release):
    whole = (release / NAME).read_bytes()
    for place in range(0, len(whole), 5):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        (release / NAME).write_bytes(changed)
        assert _found(release), place


def test_what_a_release_is_handed_out_with_is_a_stranger_until_something_vouches_for_it(release):
    (release / "README.md").write_text("# demo")
    assert verify(release) == ["README.md: is not in the manifest"]
    assert verify(release, later=EXPORTED) == []


def test_a_file_replaced_by_a_link_does_not_verify(release, tmp_path):
    outside = tmp_path / "elsewhere"
    (release / "run.json").rename(outside)
    (release / "run.json").symlink_to(outside)
    assert verify(release) == ["run.json: is a link"]
    with pytest.raises(InputError, match="link"):
        write_manifest(release)


def test_a_manifest_that_points_outside_names_a_missing_file(release, tmp_path):
    (tmp_path / "outside").write_text("x")
    manifest = _manifest(release)
    manifest["files"].append({"path": "../outside", "sha256": "0" * 64, "bytes": 1, "rows": None})
    _put(release, manifest)
    assert "../outside: is missing" in verify(release)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": [1]}', '{"files": [{"path": 1}]}'])
def test_an_unreadable_manifest_is_an_input_error(release, text):
    (release / NAME).write_text(text)
    with pytest.raises(InputError, match=r"manifest\.json"):
        verify(release)


def test_a_missing_folder_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        write_manifest(tmp_path / "nowhere")


def test_progress_is_told_for_every_file(release):
    told = []
    verify(release, lambda done, total: told.append((done, total)))
    assert told == [(step, len(told)) for step in range(1, len(told) + 1)]


@given(st.permutations([{"path": f"p{number}", "sha256": f"{number:064x}"} for number in range(6)]))
def test_the_root_does_not_depend_on_the_order_of_the_files(files):
    assert root_of(files) == root_of(sorted(files, key=lambda file: file["path"]))

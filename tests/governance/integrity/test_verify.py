import json
import random
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from governance.integrity import envelope, merkle
from governance.integrity.signature import new_keys
from governance.integrity.statement import read_statement
from governance.integrity.sums import write_sums
from governance.integrity.verify import verify
from governance.manifest import root_of, write_manifest
from governance.release_folder import read_json
from tests.issued import issue, put

STATEMENT = "attestation/release.intoto.jsonl"


def _files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _problems(folder, issued):
    return verify(folder, issued.signer.public).problems


def test_an_issued_release_and_its_copy_verify_with_the_public_key_alone(whole):
    assert _problems(whole.release, whole) == ()
    verdict = verify(whole.copy, whole.signer.public)
    assert verdict.problems == ()
    assert any("were not handed out" in note for note in verdict.notes)
    assert not (whole.copy / "removed").exists()


def test_without_a_key_it_says_that_the_signature_was_not_checked(whole):
    verdict = verify(whole.copy)
    assert verdict.is_intact
    assert any("--public-key" in note for note in verdict.notes)


def test_the_list_is_what_sha256sum_reads(whole):
    import subprocess

    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "--quiet", "manifest-sha256.txt"],
        cwd=whole.copy, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")


def _flip(path, chance):
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def _swap_rows(path, chance):
    table = pq.read_table(path, partitioning=None)
    order = list(range(len(table)))
    one, other = chance.sample(order, 2)
    order[one], order[other] = order[other], order[one]
    pq.write_table(table.take(pa.array(order)), path)


def _change(folder, chance):
    """Changes one thing; the name of the file, and how to put it back."""
    kind = chance.choice(["flip", "flip", "flip", "delete", "add", "swap"])
    if kind == "add":
        home = chance.choice(sorted({(folder / name).parent for name in _files(folder)}))
        path = home / f"extra-{chance.randrange(10**6)}{chance.choice(['', '.parquet', '.json'])}"
        path.write_bytes(chance.randbytes(chance.randrange(40)))
        return path, None
    shards = [n for n in _files(folder) if n.startswith("documents") and kind == "swap"]
    path = folder / chance.choice(shards or _files(folder))
    before = path.read_bytes()
    if kind == "delete":
        path.unlink()
    else:
        (_swap_rows if kind == "swap" else _flip)(path, chance)
    return path, before


@pytest.mark.parametrize("where", ["release", "copy"])
def test_any_one_change_anywhere_is_named(issued, where):
    """500 tries: a flipped bit, a file taken away or added, two rows of a shard swapped."""
    folder, chance = getattr(issued, where), random.Random(20261125)
    for _ in range(250):
        path, before = _change(folder, chance)
        name = path.relative_to(folder).as_posix()
        found = _problems(folder, issued)
        assert any(problem.startswith(f"{name}: ") for problem in found), (name, found)
        path.unlink(missing_ok=True) if before is None else path.write_bytes(before)
    assert _problems(folder, issued) == ()


def test_who_takes_a_file_and_its_line_away_breaks_the_signature(issued):
    gone = next(name for name in _files(issued.copy) if name.startswith("documents"))
    (issued.copy / gone).unlink()
    write_sums(issued.copy)
    found = _problems(issued.copy, issued)
    assert "manifest-sha256.txt: is not the one that was signed" in found
    assert f"{gone}: is missing" in found


def test_a_file_that_is_a_link_is_named_and_not_followed(issued, tmp_path):
    outside = tmp_path / "outside"
    (issued.copy / "README.md").rename(outside)
    (issued.copy / "README.md").symlink_to(outside)
    (issued.copy / "more").symlink_to(tmp_path)
    found = _problems(issued.copy, issued)
    assert found == ("README.md: is a link", "more: is not in manifest-sha256.txt")


def test_the_list_as_a_link_is_named(issued, tmp_path):
    (issued.copy / "manifest-sha256.txt").rename(tmp_path / "list")
    (issued.copy / "manifest-sha256.txt").symlink_to(tmp_path / "list")
    assert "manifest-sha256.txt: is a link" in _problems(issued.copy, issued)


def test_the_wrong_key_is_named(issued, tmp_path):
    other = new_keys(tmp_path / "other.pem")
    (found,) = verify(issued.copy, other.public).problems
    assert found.startswith(f"{STATEMENT}: is not signed with the key {other.fingerprint}")
    assert issued.signer.fingerprint in found


def test_a_forged_signature_is_named(issued):
    path = issued.copy / STATEMENT
    record = json.loads(path.read_bytes())
    record["signatures"][0]["sig"] = "A" * 86 + "=="
    path.write_bytes(envelope.canonical(record) + b"\n")
    (found,) = _problems(issued.copy, issued)
    assert "it was forged or changed" in found


def test_a_statement_of_another_release_is_named(issued, whole, tmp_path):
    release = tmp_path / "other"
    shutil.copytree(whole.release, release)
    run = read_json(release / "run.json") | {"version": "2026.12.0"}
    put(release, "run.json", json.dumps(run))
    write_manifest(release)
    put(release, "release.json", json.dumps({"name": "demo", "version": "2026.12.0"}))
    write_sums(release)
    from governance.integrity.statement import write_statement

    write_statement(release, {"issued": "2026-12-01"}, whole.signer.private)
    shutil.copyfile(release / STATEMENT, issued.copy / STATEMENT)
    found = _problems(issued.copy, issued)
    assert f"{STATEMENT}: is of another release: demo 2026.12.0" in found
    assert "manifest-sha256.txt: is not the one that was signed" in found


def test_an_unsigned_copy_is_a_problem_only_where_a_signature_is_asked_for(issued):
    (issued.copy / STATEMENT).unlink()
    assert verify(issued.copy).is_intact
    assert _problems(issued.copy, issued) == (
        f"{STATEMENT}: is missing, so nothing here is signed",
    )


def test_a_merkle_root_that_is_not_of_the_documents_is_named(issued):
    record = read_json(issued.release / merkle.NAME) | {"root": "0" * 64}
    put(issued.release, merkle.NAME, json.dumps(record))
    write_sums(issued.release)
    assert f"{merkle.NAME}: is not the tree of the documents" in verify(issued.release).problems


def test_a_manifest_whose_root_was_changed_is_named_even_when_it_is_listed_anew(issued):
    record = read_json(issued.release / "manifest.json")
    assert record["root"] == root_of(record["files"])
    put(issued.release, "manifest.json", json.dumps(record | {"root": "0" * 64}))
    write_sums(issued.release)
    assert any("its root is not" in one for one in verify(issued.release).problems)


def test_a_list_with_odd_lines_is_named_by_its_lines(issued):
    path = issued.copy / "manifest-sha256.txt"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines, lines[0], "0" * 64 + " x", f"{'0' * 64}  ../out"]) + "\n")
    found = verify(issued.copy).problems
    for number in (len(lines) + 1, len(lines) + 2):
        assert f"manifest-sha256.txt: line {number} is not as it was written" in found
    assert "../out: is missing" in found


def test_names_of_strangers_cannot_command_a_terminal(issued):
    (issued.copy / "a\x1b[2Jb").write_text("x")
    found = _problems(issued.copy, issued)
    assert found == ("a\\x1b[2Jb: is not in manifest-sha256.txt",)


def test_the_statement_names_files_gates_report_policy_and_approvals_but_no_person(whole):
    predicate = read_statement(whole.copy).content["predicate"]
    assert [one["role"] for one in predicate["approvals"]] == ["privacy", "steward"]
    assert {one["key"] for one in predicate["approvals"]} == {
        pair.fingerprint for pair in whole.people.values()
    }
    assert all(predicate[name] for name in ("gates_sha256", "report_sha256", "manifest_root"))
    assert predicate["doc_ids"]["root"] == read_json(whole.copy / merkle.NAME)["root"]
    assert predicate["audit_head"]["seq"] == 1
    assert predicate["policy"]["name"] == "strict"
    assert b"Made-up Person" not in read_statement(whole.copy).payload


def test_the_same_release_is_issued_with_the_same_bytes(issued):
    before = {name: (issued.release / name).read_bytes() for name in _files(issued.release)}
    issue(issued.release, issued.signer, read_json(issued.release / "audit/head.json"))
    assert {name: (issued.release / name).read_bytes() for name in before} == before


def test_a_release_that_was_not_issued_is_held_against_its_manifest(issued, tmp_path):
    from tests.releases import make_release

    release = make_release(tmp_path / "run")
    verdict = verify(release)
    assert verdict.is_intact
    assert "was not issued" in verdict.notes[0]
    assert verify(release, issued.signer.public).problems == (
        f"{STATEMENT}: is missing, so nothing here is signed",
    )

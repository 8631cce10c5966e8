"""A release is made whole, from passed gates and sign-offs, or it is refused with the reason."""

import json
import shutil
from types import SimpleNamespace

import pytest

from governance.exports.making import Order, make_release
from governance.integrity.verify import verify
from governance.manifest import write_manifest
from governance.release_folder import open_release
from governance.validate.gates import meta
from governance.validate.standing import stand
from schemas.errors import InputError, ValidationFailedError
from tests import runs
from tests.governance.exports.conftest import DAY, POLICY, cards, documents, run_folder
from tests.reports import nothing

INSIDE = ("removed", "quarantine", "journal.json", "run.json", "validation", "duplicates",
          "signoff", "internal-sha256.txt")  # fmt: skip


def test_a_copy_holds_only_what_is_handed_out(issued):
    there = {path.relative_to(issued.copy).as_posix() for path in issued.copy.rglob("*")}
    assert there.isdisjoint(INSIDE)
    assert "report/index.html" not in there
    assert {"README.md", "manifest-sha256.txt", "doc_ids.merkle.json", "release.json",
            "attestation/release.intoto.jsonl", "tombstones/latest_usable.json"} <= there  # fmt: skip
    assert all((issued.here / name).exists() for name in ("removed", "run.json", "validation"))


def test_both_verify_with_the_public_key_alone(issued, keys):
    for place in (issued.here, issued.copy):
        assert verify(place, keys.public).problems == ()


def test_the_same_release_is_the_same_bytes(issued, ran, keys, tmp_path):
    shutil.copytree(ran, tmp_path / "again")
    for _ in range(2):
        make_release(Order(tmp_path / "again", DAY, keys.private))
    for path in issued.copy.rglob("*"):
        if path.is_file():
            assert (
                tmp_path / "again" / path.relative_to(issued.copy)
            ).read_bytes() == path.read_bytes()


def test_a_gate_that_blocks_blocks_whatever_the_validation_said(tmp_path, ran):
    policy = {**POLICY, "allowed_licences": ["CC0-1.0"]}
    made = run_folder(tmp_path / "r", like=ran, policy=policy)
    with pytest.raises(ValidationFailedError, match=r"does not pass G-LIC-1 \("):
        make_release(Order(made, DAY))
    assert not (made / "README.md").exists()


def test_a_validation_that_failed_is_not_passed_over(folder):
    path = folder / "validation/results.json"
    results = json.loads(path.read_text())
    results["gates"][0]["passed"] = False
    path.write_text(json.dumps(results))
    with pytest.raises(ValidationFailedError, match=results["gates"][0]["id"]):
        make_release(Order(folder, DAY))
    assert not (folder / "README.md").exists()


def test_the_card_and_the_list_of_gates_say_what_endonym_gates_says(issued):
    told = {gate["id"]: gate for gate in _read(issued.here, "quality/gates.json")["gates"]}
    found = stand(issued.here, as_of=DAY, find=nothing)
    rows = [line.split(" | ") for line in (issued.copy / "README.md").read_text().split("\n")]
    card = {row[0].removeprefix("| "): row[-1].removesuffix(" |") for row in rows if len(row) == 5}
    assert list(told) == [gate.id for gate in found.gates]
    for gate in found.gates:
        # The signature comes after these were written.
        said = "not judged" if gate.id == "G-INT-2" else found.state(gate)
        assert (told[gate.id]["state"], card[gate.id]) == (said, said)
    assert {"G-META", "G-K", "G-LIC-3"} <= {one for one in told if told[one]["state"] == "passed"}
    assert _read(issued.here, "report/review.public.json")["verdict"]["reasons"] == []


def _read(folder, name):
    return json.loads((folder / name).read_text())


def test_a_release_that_was_not_validated_is_refused(folder):
    (folder / "validation/results.json").unlink()
    with pytest.raises(ValidationFailedError, match="endonym validate"):
        make_release(Order(folder, DAY))


@pytest.mark.parametrize("is_signed_over", [True, False])
def test_files_that_changed_since_validation_are_told(folder, is_signed_over):
    shard = next((folder / "documents").rglob("*.parquet"))
    shard.unlink()
    if is_signed_over:
        write_manifest(folder)
    with pytest.raises(ValidationFailedError, match="changed since it was validated"):
        make_release(Order(folder, DAY))


def test_a_missing_sign_off_is_told(tmp_path, keys, ran):
    policy = {**POLICY, "signoff": {"roles": ["steward"], "keys": {}}}
    made = run_folder(tmp_path / "r", like=ran, policy=policy)
    with pytest.raises(ValidationFailedError, match="sign-off: .*steward"):
        make_release(Order(made, DAY, keys.private))


def test_a_folder_that_is_not_empty_is_refused_before_anything_is_done(folder, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    with pytest.raises(InputError, match="is not empty"):
        make_release(Order(folder, DAY, to=tmp_path / "full"))
    assert not (folder / "README.md").exists()


def test_without_any_day_it_is_refused(tmp_path, ran):
    made = run_folder(tmp_path / "r", like=ran, settings={"name": "demo", "version": "1.0.0"})
    with pytest.raises(InputError, match="--as-of"):
        make_release(Order(made))


def test_without_a_day_given_it_is_the_run_s(folder):
    make_release(Order(folder))
    assert json.loads((folder / "release.json").read_text())["published"] == "2026-11-20"


def test_the_changes_are_counted_by_source_language_and_reason(issued, tmp_path, keys, ran):
    rows = documents()
    gone, now_removed = rows[0], rows[1]
    kept = [one for one in rows if one is not gone]
    now_removed["decision"] = rows[-1]["decision"]
    made = run_folder(tmp_path / "2026.12.0", like=ran, rows=kept, version="2026.12.0")
    make_release(Order(made, DAY, keys.private, previous=issued.copy))
    page = (made / "CHANGELOG.md").read_text()
    assert "Since 2026.11.0: 37 documents stayed,\n0 entered, 2 left." in page
    tag = now_removed["language"]["tag"]
    assert f"| {now_removed['source']['id']} | {tag} | screen/short | 1 |" in page
    assert (
        f"| {gone['source']['id']} | {gone['language']['tag']} | not among the documents read | 1 |"
        in page
    )
    record = json.loads((made / "release.json").read_text())
    assert record["supersedes"] == "2026.11.0"
    assert "prov:wasRevisionOf" in json.loads((made / "croissant.json").read_text())


def test_an_earlier_release_of_another_corpus_is_refused(folder, issued):
    record = json.loads((issued.copy / "release.json").read_text())
    other = folder.parent / "other"
    other.mkdir()
    (other / "release.json").write_text(json.dumps({**record, "name": "another"}))
    with pytest.raises(InputError, match="another corpus"):
        make_release(Order(folder, DAY, previous=other))


def test_tombstones_are_handed_on_as_they_lie(folder, keys):
    pointer = {"latest_usable": "2026.12.0", "tombstones": 3, "versions": {}}
    (folder / "tombstones").mkdir()
    (folder / "tombstones/latest_usable.json").write_text(json.dumps(pointer))
    make_release(Order(folder, DAY, keys.private))
    assert json.loads((folder / "tombstones/latest_usable.json").read_text()) == pointer
    assert verify(folder, keys.public).problems == ()


def test_a_waiver_that_counts_lets_a_gate_pass_and_stands_on_the_card(unverified, tmp_path):
    with pytest.raises(ValidationFailedError, match="G-LIC-2"):
        make_release(Order(unverified, DAY))
    make_release(Order(unverified, DAY, waivers=_waive(tmp_path, "G-LIC-2")))
    card = (unverified / "README.md").read_text()
    assert "reason: the archive answers in spring" in card
    told = _read(unverified, "quality/gates.json")
    assert told["waivers"][0]["gate"] == "G-LIC-2"
    assert {gate["state"] for gate in told["gates"] if gate["id"] == "G-LIC-2"} == {"waived"}
    assert _read(unverified, "report/review.public.json")["verdict"]["reasons"] == []


@pytest.mark.parametrize(("gate", "expires"), [("G-LIC-2", "2026-11-24"), ("G-REC", "2027-01-01")])
def test_a_waiver_that_ended_or_of_a_gate_that_blocks_always_is_refused(
    unverified, tmp_path, gate, expires
):
    with pytest.raises(InputError, match=f"waivers.yaml: {gate}: "):
        make_release(Order(unverified, DAY, waivers=_waive(tmp_path, gate, expires)))
    assert not (unverified / "README.md").exists()


@pytest.fixture
def unverified(tmp_path, ran):
    """A release whose licences nobody has verified for the text."""
    licences = [{**card, "licence": {**card["licence"], "verified_by": None}} for card in cards()]
    return run_folder(tmp_path / "unverified", like=ran, sources=licences)


def _waive(place, gate, expires="2027-01-01"):
    path = place / "waivers.yaml"
    path.write_text(WAIVER.format(gate=gate, expires=expires))
    return path


WAIVER = """
waivers:
  - gate: {gate}
    reason: the archive answers in spring
    owner: head of the programme
    compensating_control: left out of the catalogue
    expires: {expires}
    approved_by: rights officer
"""


def test_the_command_refuses_in_one_sentence(folder, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    done = runs.endonym("release", folder, "--to", tmp_path / "full", "--as-of", "2026-11-25")
    assert done.returncode == 1
    assert "is not empty" in done.stderr
    assert "Traceback" not in done.stderr
    assert runs.endonym("release", folder, "--as-of", "25.11.").returncode == 1


def test_the_gate_says_when_nothing_is_rendered_yet_and_passes_what_was(folder, issued):
    for place, is_judged in ((folder, False), (issued.here, True)):
        finding = meta.find(SimpleNamespace(release=open_release(place)))
        assert (finding.figure, finding.judged) == (0, is_judged)

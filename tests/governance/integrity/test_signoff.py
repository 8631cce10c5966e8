import json
import shutil

import pytest

from governance.integrity.approvals import approvals
from governance.integrity.signature import new_keys
from governance.integrity.signers import with_fingerprints
from governance.integrity.signoff import sign_off
from governance.integrity.signoff_rules import Rules
from governance.release_folder import read_json
from governance.validate.evidence import Evidence
from governance.validate.gates import attestation, signoff
from schemas.errors import InputError, ValidationFailedError
from schemas.policy import Policy
from tests.issued import DAY, NAMES, make_finished, people_of, policy_for, put


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    return people_of(tmp_path_factory.mktemp("people"))


@pytest.fixture(scope="module")
def finished(tmp_path_factory, people):
    return make_finished(tmp_path_factory.mktemp("finished") / "1.0", policy_for(people))


@pytest.fixture
def release(finished, tmp_path):
    shutil.copytree(finished, tmp_path / "1.0")
    return tmp_path / "1.0"


@pytest.fixture
def signed(release, people):
    for role, pair in people.items():
        sign_off(release, role, NAMES[role], pair.private, day=DAY)
    return release


def _evidence(release, changed=()):
    from governance.release_folder import open_release

    values = dict.fromkeys(Evidence.__dataclass_fields__)
    return Evidence(**values | {"release": open_release(release), "changed": tuple(changed)})


def _record(release, **changes):
    path = release / "signoff" / "steward.json"
    path.write_text(json.dumps(read_json(path) | changes), encoding="utf-8")


def test_before_anybody_signs_every_role_is_open(release):
    assert approvals(release).problems == ("privacy has not signed", "steward has not signed")


def test_two_persons_with_their_own_keys_sign_a_release(signed, people):
    found = approvals(signed)
    assert found.problems == ()
    assert [one.role for one in found.approvals] == ["privacy", "steward"]
    assert {one.key for one in found.approvals} == {pair.fingerprint for pair in people.values()}
    assert signoff.find(_evidence(signed)).figure == 0


@pytest.mark.parametrize(
    "name", ["validation/results.json", "report/index.html", "report/review.json", "manifest.json"]
)
def test_any_byte_changed_afterwards_voids_every_approval(signed, name):
    path = signed / name
    data = bytearray(path.read_bytes())
    for place in range(0, len(data), max(1, len(data) // 40)):
        changed = bytearray(data)
        changed[place] ^= 1
        path.write_bytes(changed)
        found = approvals(signed)
        assert not found.approvals, place
        assert found.problems, place
    path.write_bytes(data)
    assert approvals(signed).problems == ()


def test_a_changed_document_voids_the_approvals_at_the_gate(signed):
    found = signoff.find(_evidence(signed, ["documents/x.parquet: has changed"]))
    assert "every approval is void" in found.reasons[-1]


def test_the_gate_names_who_has_not_signed(release, people):
    sign_off(release, "steward", NAMES["steward"], people["steward"].private, day=DAY)
    assert signoff.find(_evidence(release)).reasons == ("privacy has not signed",)


def test_a_policy_that_asks_nobody_passes_with_a_note(tmp_path):
    release = make_finished(tmp_path / "1.0", policy_for({}))
    found = signoff.find(_evidence(release))
    assert (found.figure, found.note != "") == (0, True)


def test_the_steward_cannot_sign_for_the_privacy_officer(release, people):
    with pytest.raises(InputError, match="not among those of privacy"):
        sign_off(release, "privacy", NAMES["steward"], people["steward"].private, day=DAY)


def test_the_same_key_cannot_sign_for_two_roles_even_where_the_policy_lists_it(release, people):
    key = people["steward"].fingerprint
    rules = Rules(("privacy", "steward"), {"privacy": [key], "steward": [key]})
    sign_off(release, "steward", NAMES["steward"], people["steward"].private, day=DAY, rules=rules)
    with pytest.raises(InputError, match="the same key signed as steward"):
        sign_off(release, "privacy", "Another", people["steward"].private, day=DAY, rules=rules)


@pytest.mark.parametrize(
    "name", ["Made-up Person One", " made-up  PERSON one", "Ｍade-up Person One"]
)
def test_the_same_person_cannot_sign_for_two_roles_with_two_keys(release, people, name):
    sign_off(release, "steward", NAMES["steward"], people["steward"].private, day=DAY)
    with pytest.raises(InputError, match="the same person signed as steward"):
        sign_off(release, "privacy", name, people["privacy"].private, day=DAY)


def test_records_of_one_person_for_two_roles_do_not_count(release, people, tmp_path):
    """Made where two policies were in force, and laid together by hand."""
    key = people["steward"]
    rules = Rules(
        ("privacy", "steward"), {"privacy": [key.fingerprint], "steward": [key.fingerprint]}
    )
    for role in rules.roles:
        sign_off(release, role, role, key.private, day=DAY, rules=rules)
        (release / "signoff" / f"{role}.json").rename(tmp_path / f"{role}.kept")
    for role in rules.roles:
        (tmp_path / f"{role}.kept").rename(release / "signoff" / f"{role}.json")
    found = approvals(release, rules)
    assert [one.role for one in found.approvals] == ["privacy"]
    assert "the same key signed as privacy" in found.problems[0]


def test_a_foreign_key_is_refused(release, tmp_path):
    with pytest.raises(InputError, match="not among those of steward"):
        sign_off(release, "steward", "A", new_keys(tmp_path / "own.pem").private, day=DAY)


def test_a_role_that_the_policy_does_not_know_is_refused(release, people):
    with pytest.raises(
        InputError, match=r"no sign-off by release; roles that sign: privacy, steward"
    ):
        sign_off(release, "release", "A", people["steward"].private, day=DAY)


def test_a_role_without_keys_says_what_to_add_to_the_policy(release, people):
    key = people["steward"]
    with pytest.raises(InputError, match=rf"add {key.fingerprint} to its signoff\.keys\.steward"):
        sign_off(release, "steward", "A", key.private, day=DAY, rules=Rules(("steward",)))


def test_key_files_of_a_policy_become_fingerprints(people):
    pair = people["steward"]
    keys = {"steward": [str(pair.public), f"{pair.public} until 2027-11-25", pair.fingerprint]}
    policy = Policy.model_validate({"signoff": {"roles": ["steward"], "keys": keys}})
    print_ = pair.fingerprint
    assert with_fingerprints(policy).signoff.keys == {
        "steward": [print_, f"{print_} until 2027-11-25", print_]
    }


def test_every_key_that_is_none_is_told_at_once():
    keys = {"steward": ["SHA256:abc"], "privacy": ["nowhere.pub"]}
    policy = Policy.model_validate({"signoff": {"keys": keys}})
    with pytest.raises(InputError) as error:
        with_fingerprints(policy)
    assert str(error.value).count("signoff.keys.") == 2


def test_a_key_that_ended_is_refused_and_does_not_count(release, people):
    pair = people["steward"]
    ended = Rules(("steward",), {"steward": [f"{pair.fingerprint} until 2026-11-24"]})
    with pytest.raises(InputError, match="ended on 2026-11-24"):
        sign_off(release, "steward", "A", pair.private, day=DAY, rules=ended)
    sign_off(release, "steward", "A", pair.private, day="2026-11-24", rules=ended)
    assert approvals(release, ended).problems == ()
    assert "ended on 2026-11-24" in _judged_later(release, people)


def _judged_later(release, people):
    pair = people["steward"]
    sign_off(release, "steward", "A", pair.private, day=DAY)
    ended = Rules(("steward",), {"steward": [f"{pair.fingerprint} until 2026-11-24"]})
    return approvals(release, ended).problems[0]


@pytest.mark.parametrize(
    "changes",
    [{"name": "Another"}, {"day": "2026-11-24"}, {"role": "steward "}, {"dissent": "no"},
     {"statement_sha256": "0" * 64}, {"signature": "AAAA"}, {"public_key": "AAAA"}, {"key": "x"},
     {"extra": 1}, {"name": None}],
)  # fmt: skip
def test_a_forged_record_does_not_count(signed, changes):
    _record(signed, **changes)
    found = approvals(signed)
    assert [one.role for one in found.approvals] == ["privacy"]
    assert len(found.problems) == 1
    assert found.problems[0].startswith("signoff/steward.json: ")


def test_a_record_signed_by_another_key_under_the_same_fingerprint_does_not_count(signed):
    other = read_json(signed / "signoff" / "privacy.json")
    _record(signed, public_key=other["public_key"], signature=other["signature"])
    assert "forged or changed" in approvals(signed).problems[0]


def test_a_record_laid_under_the_name_of_another_role_does_not_count(signed):
    (signed / "signoff" / "privacy.json").write_bytes(
        (signed / "signoff" / "steward.json").read_bytes()
    )
    found = approvals(signed)
    assert [one.role for one in found.approvals] == ["steward"]
    assert "another role" in found.problems[0]


def test_who_does_not_agree_holds_the_release_until_he_signs_anew(signed, people):
    pair = people["privacy"]
    sign_off(signed, "privacy", NAMES["privacy"], pair.private, day=DAY, dissent="too many names")
    assert "privacy does not agree" in approvals(signed).problems[0]
    assert "too many names" not in approvals(signed).problems[0]
    sign_off(signed, "privacy", NAMES["privacy"], pair.private, day=DAY)
    assert approvals(signed).problems == ()


def test_a_release_that_is_not_as_its_manifest_says_cannot_be_signed(release, people):
    put(release, "documents/more.txt", "x")
    with pytest.raises(ValidationFailedError, match=r"documents/more\.txt"):
        sign_off(release, "steward", "A", people["steward"].private, day=DAY)


def test_a_release_cannot_be_signed_before_gates_and_report(release, people):
    (release / "report/index.html").unlink()
    with pytest.raises(InputError, match="endonym report"):
        sign_off(release, "steward", "A", people["steward"].private, day=DAY)
    put(release, "validation/results.json", json.dumps({"manifest_root": "0" * 64}))
    put(release, "report/index.html", "")
    with pytest.raises(InputError, match="judged other files"):
        sign_off(release, "steward", "A", people["steward"].private, day=DAY)


@pytest.mark.parametrize(("name", "day"), [(" ", DAY), ("A", "yesterday")])
def test_a_signature_needs_a_name_and_a_day(release, people, name, day):
    with pytest.raises(InputError, match="--"):
        sign_off(release, "steward", name, people["steward"].private, day=day)


def test_the_same_signature_has_the_same_bytes(signed, people):
    before = (signed / "signoff" / "steward.json").read_bytes()
    sign_off(signed, "steward", NAMES["steward"], people["steward"].private, day=DAY)
    assert (signed / "signoff" / "steward.json").read_bytes() == before


def test_the_gate_of_an_issued_release_needs_what_was_signed(issued):
    assert attestation.find(_evidence(issued.release)).figure == 0
    put(issued.release, "README.md", "changed")
    assert "README.md: has changed" in attestation.find(_evidence(issued.release)).reasons
    (issued.release / "attestation/release.intoto.jsonl").unlink()
    reasons = attestation.find(_evidence(issued.release)).reasons
    assert any("is missing or was changed" in one for one in reasons)


def test_the_gate_refuses_a_signer_whom_the_policy_does_not_know(issued, whole):
    run = read_json(issued.release / "run.json")
    run["policy"] = policy_for(whole.people, release=[f"sha256:{'0' * 64}"])
    put(issued.release, "run.json", json.dumps(run))
    reasons = attestation.find(_evidence(issued.release)).reasons
    assert any("not among those of release" in one for one in reasons)
    run["policy"] = policy_for(whole.people, release=[whole.signer.fingerprint])
    put(issued.release, "run.json", json.dumps(run))
    reasons = attestation.find(_evidence(issued.release)).reasons
    assert not any("not among those" in one for one in reasons)


def test_a_release_that_was_not_issued_has_nothing_to_check(release):
    found = attestation.find(_evidence(release))
    assert (found.figure, "Not issued yet" in found.note) == (0, True)

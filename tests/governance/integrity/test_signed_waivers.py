"""Whoever signs a release off answers for its waivers too; no other counts afterwards."""

import shutil
from datetime import date

import pytest

from governance.exports.making import Order, make_release
from governance.integrity.approvals import approvals
from governance.integrity.signature import new_keys
from governance.integrity.signed_waivers import keep_waivers, kept_waivers, not_as_signed
from governance.integrity.signoff import sign_off
from governance.integrity.verify import verify
from governance.validate.standing import refusals, stand
from schemas.errors import ValidationFailedError
from schemas.waivers import Waiver
from tests.governance.exports.conftest import POLICY, cards, run_folder
from tests.issued import DAY, NAMES, people_of, policy_for
from tests.reports import nothing

PUBLISHED = date(2026, 11, 25)


def _waiver(**changes):
    values = {
        "gate": "G-LIC-2", "reason": "the archive answers in spring", "owner": "the programme",
        "compensating_control": "left out of the catalogue", "expires": "2027-01-01",
        "approved_by": "rights officer", **changes,
    }  # fmt: skip
    return Waiver.model_validate(values)


def _yaml(path, *waivers):
    import yaml

    told = [one.model_dump(mode="json") for one in waivers]
    path.write_text(yaml.safe_dump({"waivers": told}), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    return people_of(tmp_path_factory.mktemp("people"))


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory, people):
    """A validated release whose licences nobody has verified, and which two people must sign."""
    licences = [{**card, "licence": {**card["licence"], "verified_by": None}} for card in cards()]
    policy = POLICY | {"signoff": policy_for(people)["signoff"]}
    return run_folder(tmp_path_factory.mktemp("unsigned") / "r", sources=licences, policy=policy)


@pytest.fixture
def signed(unsigned, people, tmp_path):
    shutil.copytree(unsigned, tmp_path / "r")
    for at, (role, pair) in enumerate(people.items()):
        given = [_waiver()] if at == 0 else None
        sign_off(tmp_path / "r", role, NAMES[role], pair.private, day=DAY, waivers=given)
    return tmp_path / "r"


def test_approvers_answer_for_the_waivers_that_the_first_of_them_gave(signed):
    found = approvals(signed, as_of=PUBLISHED)
    assert found.problems == ()
    assert len({one.waivers_sha256 for one in found.approvals}) == 1
    assert [one.gate for one in kept_waivers(signed)] == ["G-LIC-2"]
    assert stand(signed, as_of=PUBLISHED, find=nothing).passed


@pytest.mark.parametrize(
    "others",
    [(), (_waiver(expires="2027-06-01"),), (_waiver(), _waiver(gate="G-DUP")),
     (_waiver(reason="another reason"),), (_waiver(), _waiver())],
)  # fmt: skip
def test_a_waiver_added_changed_or_taken_away_voids_every_approval(signed, tmp_path, others):
    assert not_as_signed(signed, list(others))
    with pytest.raises(ValidationFailedError, match="not those that were signed off"):
        make_release(Order(signed, PUBLISHED, waivers=_yaml(tmp_path / "waivers.yaml", *others)))
    keep_waivers(signed, others)
    found = approvals(signed)
    assert len(found.problems) == 2
    assert all("is void: " in one for one in found.problems)
    assert any("signoff/privacy.json: is void" in one for one in verify(signed).problems)


def test_a_waiver_that_ended_after_the_sign_off_voids_it(signed):
    late = date(2027, 1, 2)
    assert approvals(signed, as_of=date(2027, 1, 1)).problems == ()
    assert all("ended on 2027-01-01" in one for one in approvals(signed, as_of=late).problems)
    with pytest.raises(ValidationFailedError, match="waiver of G-LIC-2 ended on 2027-01-01"):
        make_release(Order(signed, late))
    assert any("ended on 2027-01-01" in one for one in verify(signed, as_of=late).problems)
    gates = {gate.id: gate for gate in stand(signed, as_of=late, find=nothing).gates}
    assert not gates["G-SIGN"].passed


def test_a_copy_shows_what_was_waived_and_for_how_long_it_holds(signed, tmp_path):
    key = new_keys(tmp_path / "release.pem")
    make_release(Order(signed, PUBLISHED, key.private, tmp_path / "copy"))
    for place in (signed, tmp_path / "copy"):
        assert verify(place, key.public, as_of=date(2027, 1, 1)).problems == ()
        late = verify(place, key.public, as_of=date(2027, 1, 2)).problems
        assert "quality/gates.json: the waiver of G-LIC-2 ended on 2027-01-01" in late[0]


def test_who_signs_alone_with_the_key_of_the_release_is_asked_for_no_waivers_of_others(unsigned):
    assert not_as_signed(unsigned, [_waiver()]) is None


def test_a_waiver_that_cannot_count_is_no_waiver_to_sign_over():
    given = [_waiver(gate="G-REC"), _waiver(gate="G-NO"), _waiver(expires="2026-11-24")]
    assert [one.split(":")[0] for one in refusals(given, PUBLISHED)] == ["G-REC", "G-NO", "G-LIC-2"]
    assert refusals([_waiver()], PUBLISHED) == ()

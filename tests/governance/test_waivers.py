"""A gate that failed may pass for a while, when two people answer for it; and no longer."""

from datetime import date

import pytest

from governance.validate.check import Gate
from governance.validate.gates import GATES
from governance.validate.standing import Standing, kind, weigh
from schemas.errors import InputError
from schemas.waivers import Waiver, WaiverFile
from schemas.yaml_files import read_record

TODAY = date(2026, 11, 23)
WAIVER = {
    "gate": "G-LIC-2", "reason": "The archive answers in spring.", "owner": "rights officer",
    "compensating_control": "Not shown in the catalogue.", "expires": "2026-12-31",
    "approved_by": "privacy officer",
}  # fmt: skip


def _gate(name="G-LIC-2", *, passed=False, severity="critical", waivable=True, judged=True):
    return Gate(name, "", passed, 1, 0, "", severity, (), "", judged, waivable)


def _waiver(**changes):
    return Waiver.model_validate(WAIVER | changes)


def _standing(gates, *waivers, as_of=TODAY):
    counting, refused = weigh(list(waivers), tuple(gates), as_of)
    return Standing("demo", "root", as_of, tuple(gates), counting, refused)


def test_a_failed_gate_blocks_until_two_people_waive_it():
    assert not _standing([_gate()]).passed
    waived = _standing([_gate()], _waiver())
    assert (waived.passed, waived.state(waived.gates[0])) == (True, "waived")


def test_a_waiver_counts_on_its_last_day_and_not_on_the_next():
    assert _standing([_gate()], _waiver(), as_of=date(2026, 12, 31)).passed
    late = _standing([_gate()], _waiver(), as_of=date(2027, 1, 1))
    assert not late.passed
    assert late.refused == ("G-LIC-2: the waiver ended on 2026-12-31; decide again",)


def test_nobody_waives_a_gate_that_blocks_always():
    found = _standing([_gate("G-REC", waivable=False)], _waiver(gate="G-REC"))
    assert not found.passed
    assert "blocks always" in found.refused[0]


def test_a_waiver_for_no_gate_is_told():
    assert _standing([_gate()], _waiver(gate="G-NO")).refused == ("G-NO: there is no such gate",)


def test_a_gate_that_cannot_be_judged_is_neither_passed_nor_failed():
    found = _standing([_gate(judged=False)])
    assert found.state(found.gates[0]) == "not judged"
    assert (found.gates[0].passed, found.passed) == (False, True)


def test_a_warning_is_told_and_does_not_block():
    found = _standing([_gate(severity="warning")])
    assert (found.state(found.gates[0]), found.passed) == ("failed", True)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"approved_by": "Rights  OFFICER"}, "the same person"),
        ({"reason": ""}, "waivers.0.reason"),
        ({"expires": "soon"}, "waivers.0.expires"),
        ({"until": "2026"}, "there is no such key"),
    ],
)
def test_an_incomplete_waiver_is_refused_with_its_line(tmp_path, changes, told):
    import yaml

    path = tmp_path / "waivers.yaml"
    path.write_text(yaml.safe_dump({"waivers": [WAIVER | changes]}), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_record(path, WaiverFile)
    assert told in str(caught.value)
    assert "waivers.yaml:" in str(caught.value)


def test_the_gates_that_may_be_waived_are_those_of_the_governance_notes():
    waivable = {check.id for check in GATES if check.waivable}
    assert waivable == {
        "G-LIC-2", "G-PII-2", "G-LID", "G-DUP", "G-CON", "G-DRIFT", "G-REPRO", "G-HUM",
    }  # fmt: skip
    wanted = {
        "G-SCH", "G-REC", "G-ID", "G-PROV", "G-LIC-1", "G-LIC-3", "G-OPT-1", "G-PII-1", "G-PII-3",
        "G-PII-4", "G-ILL", "G-QLT", "G-K", "G-RES", "G-INT", "G-DEC",
    }  # fmt: skip
    assert wanted <= {check.id for check in GATES}
    assert kind(_gate()) == "waivable"

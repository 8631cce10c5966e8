"""Files of decisions: what is wrong is told at once, with its place and what to write."""

import json

import pytest

from governance.decisions.files import conflicts, read_files, signed, signer_of
from governance.integrity.signature import fingerprint, new_keys
from schemas.errors import InputError
from schemas.in_force import Change, InForce
from tests.decided import decision


def _file(tmp_path, decisions, **more):
    content = {
        "schema": "endonym.decisions/1", "release": "demo", "version": "1.0.0",
        "report_digest": "ab" * 32, "made_by": {"name": "A. Steward", "role": "steward"},
        "at": "2026-11-25", "decisions": decisions, **more,
    }  # fmt: skip
    path = tmp_path / "decisions.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def _told(path):
    with pytest.raises(InputError) as caught:
        read_files([path])
    return str(caught.value)


def test_every_mistake_is_told_with_its_place_and_what_to_write_instead(tmp_path):
    told = _told(_file(tmp_path, [
        decision(1, "source", "Radio 1", "keep"),
        decision(2, "threshold", "swh_Latn:stop_words", "move", "two"),
        decision(3, "licence", "radio", "conclude"),
        decision(4, "sample", "abc", "wrong-language", "swahili"),
        decision(5, "opinion", "x", "y"),
        {**decision(6, "rule", "short", "flag"), "why": "x", "reason": "because"},
    ], made_by={"name": "x", "role": "The Steward"}, at="yesterday"))  # fmt: skip
    for expected in (
        "decisions[0] (d-00000001): the target of a source is the id of a source card; the",
        "the verdict on a source is one of approve, quarantine, drop",
        "decisions[1] (d-00000002): move needs a number as its value",
        "decisions[2] (d-00000003): conclude needs an SPDX licence expression, such as CC-BY-4.0",
        "decisions[3] (d-00000004): the target of a sample is a doc_id: 32 hexadecimal",
        "wrong-language needs a language tag such as swh_Latn",
        "decisions[4].kind (d-00000005): input should be 'source', 'licence'",
        "decisions[5] (d-00000006): the reason is one of checked",
        "made_by.name: string should have at least 2",
        "made_by.role",
        "at: ",
    ):
        assert expected in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "this is not JSON"),
        ("[]", "the file: input should be"),
        ('{"schema": 1, "schema": 2}', "a key stands in it twice"),
        ('{"schema": NaN}', "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
    ],
)
def test_what_is_no_such_file_is_refused_in_a_sentence(tmp_path, text, told):
    path = tmp_path / "decisions.json"
    path.write_text(text)
    assert told in _told(path)


def test_a_thing_or_an_id_that_stands_twice_is_refused(tmp_path):
    one = decision(1, "source", "radio", "drop")
    assert "the target source radio stands here twice" in _told(
        _file(tmp_path, [one, decision(2, "source", "radio", "approve")])
    )
    assert "the id d-00000001 stands here twice" in _told(
        _file(tmp_path, [one, decision(1, "source", "press", "drop")])
    )


def test_nothing_of_a_wrong_value_is_repeated_but_the_id(tmp_path):
    told = _told(_file(tmp_path, [decision(1, "source", "wanjiku@example.org", "drop")]))
    assert "example.org" not in told


def test_a_signature_is_of_one_file_and_one_key(tmp_path):
    keys = new_keys(tmp_path / "a.pem")
    data = _file(tmp_path, [decision(1, "source", "radio", "drop")]).read_bytes()
    record = signed(data, keys.private)
    assert signer_of(data, record) == fingerprint(keys.public)
    assert signer_of(data + b" ", record) is None
    assert signer_of(data, b"{}") is None
    assert signed(data, keys.private) == record


def test_the_same_verdict_of_two_people_is_no_conflict(tmp_path):
    first = read_files([_file(tmp_path, [decision(1, "source", "radio", "drop")])])
    second = read_files([_file(tmp_path, [decision(2, "source", "radio", "drop")],
                               made_by={"name": "B. Steward", "role": "rights"})])  # fmt: skip
    assert conflicts([*first, *second]) == []


def test_one_thing_has_one_decision_in_force():
    change = {"id": "d-00000001", "kind": "source", "target": "radio", "verdict": "drop",
              "role": "steward", "decided_on": "2026-11-25", "release": "demo-1.0.0",
              "report": "ab" * 32, "reason": "checked"}  # fmt: skip
    with pytest.raises(ValueError, match="source radio is decided twice"):
        InForce.model_validate({"changes": [change, {**change, "id": "d-00000002"}]})
    assert Change.model_validate(change).source == (
        "Decision d-00000001 of the steward on 2026-11-25, on the report abababababab of"
        " demo-1.0.0: checked"
    )

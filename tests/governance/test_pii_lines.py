"""`endonym pii find`: lines in, lines out."""

import json
from typing import Any

import pytest

from governance.pii import lines
from governance.pii.lines import find_lines
from schemas.errors import InputError


def ask(*records: Any) -> list[dict[str, Any]]:
    asked = iter([json.dumps(record).encode() + b"\n" for record in records])
    return [json.loads(line) for line in find_lines(asked)]


def test_each_line_gets_its_id_and_its_spans_in_order() -> None:
    assert ask(
        {"id": "x", "text": "Simu: 0712 345 678", "lang": "swh", "country": "KE"},
        {"id": 7, "text": "nothing"},
        {"id": None, "text": "漢字 a@example.org", "lang": None, "country": None},
    ) == [
        {"id": "x", "spans": [[6, 18, "PHONE_NUMBER"]]},
        {"id": 7, "spans": []},
        {"id": None, "spans": [[3, 16, "EMAIL_ADDRESS"]]},
    ]


def test_every_line_out_ends_with_a_line_break() -> None:
    assert all(line.endswith(b"\n") for line in find_lines(iter([b'{"text": "a"}'] * 3)))


def test_blank_lines_are_passed_over() -> None:
    assert len(list(find_lines(iter([b"\n", b'{"id": 1, "text": ""}\n', b"  \n"])))) == 1


def test_no_lines_give_no_lines() -> None:
    assert list(find_lines(iter([]))) == []


def test_more_lines_than_a_batch_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_BATCH_LINES", 3)
    answers = ask(*({"id": number, "text": f"{number}@example.org"} for number in range(10)))
    assert [answer["id"] for answer in answers] == list(range(10))
    assert all(answer["spans"][0][2] == "EMAIL_ADDRESS" for answer in answers)


@pytest.mark.parametrize("line", [b"secret", b"[]", b'{"id": 1}', b'{"text": 5}', b"\xff"])
def test_a_line_that_is_no_record_is_named_by_its_number_and_not_quoted(line: bytes) -> None:
    with pytest.raises(InputError, match="Line 2 ") as raised:
        list(find_lines(iter([b'{"text": "a"}', line])))
    assert "secret" not in str(raised.value)


def test_a_line_in_which_a_recogniser_fails_says_so() -> None:
    assert ask({"id": 1, "text": "+254712345678" * 40}) == [{"id": 1, "spans": [], "failed": True}]

import json
from queue import Queue

import pytest

from lang_models.identify import Identifier
from lang_models.stream import identify_stream

LINES = [
    b"Wanafunzi wa shule hii walikwenda kutembelea makumbusho ya taifa mjini Nairobi.",
    b"",
    "Все люди рождаются свободными и равными".encode(),
    b"12345",
]
TAGS = [b"swh_Latn\n", b"und_Zyyy\n", b"rus_Cyrl\n", b"und_Zyyy\n"]


@pytest.fixture(scope="module")
def identifier():
    return Identifier.load()


def run(pieces, identifier, *, as_json=False):
    answers = b"".join(identify_stream(pieces, identifier.identify, as_json=as_json))
    return answers.splitlines(keepends=True)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_tag_comes_out_for_each_line_in_the_same_order(identifier, end):
    assert run([line + end for line in LINES], identifier) == TAGS
    assert run([end.join(LINES)], identifier) == TAGS


@pytest.mark.parametrize("size", [1, 7, 64, 10**6])
def test_it_does_not_matter_where_the_input_is_cut(identifier, size):
    whole = b"\n".join(LINES) + b"\n"
    assert run([whole[at : at + size] for at in range(0, len(whole), size)], identifier) == TAGS


def test_no_line_no_tag_and_an_empty_line_one(identifier):
    assert run([], identifier) == []
    assert run([b"\n"], identifier) == [b"und_Zyyy\n"]
    assert run([b"\n\n", b"a"], identifier) == [b"und_Zyyy\n"] * 2 + run([b"a"], identifier)


def test_as_json_a_line_has_the_call_with_its_scores(identifier):
    first, second, *_ = (
        json.loads(line) for line in run([b"\n".join(LINES)], identifier, as_json=True)
    )
    assert list(first) == [
        "tag", "score", "second", "second_score", "script", "raw_score", "mixed", "undetermined"
    ]  # fmt: skip
    assert first["tag"] == "swh_Latn"
    assert 0 < first["score"] <= 1
    assert second == {
        "tag": "und_Zyyy",
        "score": 0.0,
        "second": None,
        "second_score": None,
        "script": "Zyyy",
        "raw_score": 0.0,
        "mixed": False,
        "undetermined": "no-letters",
    }


def test_bytes_that_are_no_utf_8_get_a_call_like_all_others(identifier):
    assert run([b"\xff\xfe\n", LINES[0] + b"\xff"], identifier) == [b"und_Zyyy\n", b"swh_Latn\n"]


def test_whoever_writes_a_line_and_waits_gets_its_answer(identifier):
    typed = Queue()
    answers = identify_stream(iter(typed.get, None), identifier.identify, as_json=False)
    for line, tag in zip(LINES, TAGS, strict=True):
        typed.put(line + b"\n")
        assert next(answers) == tag
    typed.put(None)
    assert list(answers) == []


def test_many_lines_lose_none(identifier):
    assert run([b"\n".join(LINES * 10_000)], identifier) == TAGS * 10_000


def test_an_error_of_the_input_comes_after_the_answers_before_it(identifier):
    def broken():
        yield LINES[0] + b"\n"
        raise OSError("the disk is gone")

    answers = identify_stream(broken(), identifier.identify, as_json=False)
    assert next(answers) == TAGS[0]
    with pytest.raises(OSError, match="the disk is gone"):
        next(answers)

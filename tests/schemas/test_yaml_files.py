"""Mistakes in settings files are told all at once, with file and line."""

import pytest

from schemas.errors import InputError
from schemas.settings import RunSettings
from schemas.source import SourceCard
from schemas.yaml_files import read_record

GOOD = "name: demo\nversion: 2026.11.0\nsources: [a.yaml]\noutput: out\n"


def _error(tmp_path, text, model=RunSettings, overrides=None):
    path = tmp_path / "run.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_record(path, model, overrides)
    return str(caught.value).replace(str(path), "run.yaml")


def test_a_good_file_is_read(tmp_path):
    path = tmp_path / "run.yaml"
    path.write_text(GOOD)
    assert read_record(path, RunSettings).dedup.threshold == 0.75


def test_overrides_replace_what_the_file_says(tmp_path):
    path = tmp_path / "run.yaml"
    path.write_text(GOOD)
    settings = read_record(path, RunSettings, {"dedup.threshold": 0.8, "version": "7"})
    assert (settings.dedup.threshold, settings.version) == (0.8, "7")


def test_all_mistakes_come_at_once_each_with_its_line(tmp_path):
    text = "name: Bad Name\nversion: 1.0.0\nsources: []\ndedup:\n  threshold: 3\noutput: out\n"
    message = _error(tmp_path, text)
    assert [line.split(": ")[0] for line in message.split("\n")] == [
        "run.yaml:1", "run.yaml:3", "run.yaml:5",
    ]  # fmt: skip


def test_an_unknown_key_is_refused_with_the_known_ones(tmp_path):
    message = _error(tmp_path, GOOD + "dedup: {treshold: 0.8}\n")
    assert "run.yaml:5: dedup.treshold: there is no such key" in message
    assert "threshold" in message.split("known keys here: ")[1]


def test_a_key_that_stands_twice_is_refused(tmp_path):
    assert "run.yaml:5: the key 'name' stands here a second time" in _error(
        tmp_path, GOOD + "name: other\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [("a: [1", "this is not YAML"), ("- 1\n", "expected `key: value`"), ("", "field required")],
)
def test_what_is_no_settings_file_is_told_in_one_sentence(tmp_path, text, said):
    assert said in _error(tmp_path, text)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_record(tmp_path / "nothing.yaml", RunSettings)


def test_a_card_without_licence_and_custodian_is_refused(tmp_path):
    message = _error(tmp_path, "id: radio\ntitle: Radio\npaths: [a.jsonl]\n", SourceCard)
    for key in ("licence", "custodian", "rights_basis", "jurisdiction", "collected", "expires"):
        assert f"{key}: field required" in message


def test_an_unknown_role_is_refused_with_the_roles(tmp_path):
    message = _error(tmp_path, "fields: {body: text}\n", SourceCard)
    assert "body is no role; roles are text, id, url, title, date, licence, country" in message

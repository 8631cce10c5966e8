"""`endonym calibrate` and `endonym profiles check`: profiles out of files, mistakes in a sentence."""

import json
import sys

import pytest
import typer
import yaml

from lang_models.profile import FOLDER, read
from pipelines import cli
from pipelines.cli import app
from tests.lang_models.calibrate.texts import in_pages, sentences
from tests.runs import ROOT

SWAHILI = ["watu", "wote", "wamezaliwa", "huru", "hadhi", "haki", "sawa", "pamoja", "jina", "nchi",
           "serikali", "maendeleo", *["na", "ya", "kwa", "wa", "ni", "katika"] * 3]  # fmt: skip
YORUBA = ["gbogbo", "ènìyàn", "òmìnira", "iyì", "ẹ̀tọ́", "kọ̀ọ̀kan", "orílẹ̀", "èdè", "ìjọba", "ọmọ",
          *["ní", "àti", "tí", "sí", "ó", "àwọn"] * 3]  # fmt: skip


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """Three sources: two in two languages, one in Swahili that says no language."""
    folder = tmp_path_factory.mktemp("texts")
    for seed, name in enumerate(("law", "tales")):
        rows = [
            {"text": "\n".join(page), "lang": lang}
            for lang, words in (("sw", SWAHILI), ("yo", YORUBA))
            for page in in_pages(sentences(words, 1800, seed=seed))
        ]
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "news.txt").write_text("\n".join(sentences(SWAHILI, 900, seed=9)), encoding="utf-8")
    (folder / "licences.yaml").write_text("law: CC0-1.0\ntales: CC-BY-4.0\n", encoding="utf-8")
    return folder


@pytest.fixture
def endonym(monkeypatch, capsys):
    """Runs the command in this process; status, output and what was said of mistakes."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["endonym", *map(str, arguments)])
        status = cli._status()
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def _calibrate(endonym, texts, *options, tag="swh_Latn"):
    return endonym("calibrate", tag, texts / "law.jsonl", texts / "tales.jsonl", "--language", "lang",
                   "--date", "2026-11-25", *options)  # fmt: skip


def test_a_profile_is_measured_linted_and_written(endonym, texts, tmp_path):
    licences = ("--licences", texts / "licences.yaml")
    status, said, _ = _calibrate(endonym, texts, "--out", tmp_path, *licences)
    assert status == 0, said
    assert f"swh_Latn: written to {tmp_path / 'swh_Latn.yaml'}" in said
    assert "mean_word" in said
    made = read(tmp_path / "swh_Latn.yaml")
    assert set(made.stop_words.words) >= {"na", "ya", "kwa", "wa", "ni", "katika"}
    assert [(one.name, one.licence) for one in made.reference.texts] == [
        ("law", "CC0-1.0"),
        ("tales", "CC-BY-4.0"),
    ]
    assert made.reference.measured == "2026-11-25"
    assert endonym("profiles", "check", tmp_path / "swh_Latn.yaml")[0] == 0


def test_without_a_folder_the_profile_is_printed(endonym, texts):
    status, said, _ = _calibrate(endonym, texts, tag="yor_Latn")
    assert status == 0
    assert yaml.safe_load(said[said.index("# Measured by") :])["endonym"] == "Èdè Yorùbá"
    assert "warning: impossible-reference: nothing is said about the licence of law, tales" in said


def test_several_languages_are_made_at_once_and_told_to_machines(endonym, texts, tmp_path):
    status, said, _ = _calibrate(
        endonym, texts, "--json", "--out", tmp_path, tag="swh_Latn,yor_Latn"
    )
    assert status == 0
    made = json.loads(said)
    assert [one["tag"] for one in made] == ["swh_Latn", "yor_Latn"]
    assert {path.name for path in tmp_path.iterdir()} == {"swh_Latn.yaml", "yor_Latn.yaml"}
    assert made[0]["written"] == str(tmp_path / "swh_Latn.yaml")
    proposed = {one["key"]: one for one in made[0]["proposals"]}
    assert proposed["mean_word_chars_max"]["verdict"] == "measured"
    assert made[0]["refused"] is None


def test_all_takes_every_language_that_is_enough_and_says_which_is_not(endonym, texts, tmp_path):
    (tmp_path / "few.jsonl").write_text('{"text": "Bawo ni o", "lang": "ibo"}\n', encoding="utf-8")
    status, said, wrong = _calibrate(
        endonym, texts, tmp_path / "few.jsonl", "--out", tmp_path, tag="all"
    )
    assert status == 0
    assert {path.name for path in tmp_path.glob("*.yaml")} == {"swh_Latn.yaml", "yor_Latn.yaml"}
    assert "ibo_Latn: too little text, 3 words" in wrong
    assert "written to" in said


def test_again_it_leaves_what_a_person_changed(endonym, texts, tmp_path):
    _calibrate(endonym, texts, "--out", tmp_path)
    path = tmp_path / "swh_Latn.yaml"
    changed = yaml.safe_load(path.read_text(encoding="utf-8"))
    changed["limits"]["length_words_min"] = {
        "min": 15,
        "source": "Steward's review, minutes of 2026-11-20",
    }
    changed["kept"] = [one for one in changed["kept"] if "length_words_min" not in one["limits"]]
    path.write_text(yaml.safe_dump(changed, allow_unicode=True), encoding="utf-8")
    status, _, wrong = _calibrate(endonym, texts, "--out", tmp_path)
    assert status == 0, wrong
    assert read(path).limits["length_words_min"].min == 15


def test_neighbours_alone_are_measured_again_for_another_model(endonym, texts, tmp_path):
    _calibrate(endonym, texts, "--out", tmp_path)
    path = tmp_path / "swh_Latn.yaml"
    before = read(path)
    status, said, _ = _calibrate(
        endonym, texts, "--neighbours-only", "--date", "2026-12-01", "--out", tmp_path
    )
    after = read(path)
    assert status == 0, said
    assert "2026-12-01" in after.neighbours.source
    assert after.model_copy(update={"neighbours": before.neighbours}) == before
    status, _, wrong = _calibrate(endonym, texts, "--neighbours-only", "--out", tmp_path / "none")
    assert status == 1
    assert "swh_Latn has no profile yet" in wrong


def test_plain_text_is_of_the_one_language_that_is_named(endonym, texts):
    status, said, wrong = endonym(
        "calibrate", "swh_Latn", texts / "news.txt", "--unit", "line", "--sources", "1", "--json"
    )
    assert status == 0, wrong
    assert json.loads(said)[0]["profile"]["reference"]["texts"][0]["rows"] > 800


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--date", "25.11.2026"), "--date 25.11.2026: write it as 2026-11-25"),
        (("--share", "0"), "share is 0; give a share above 0 and below 1"),
        (("--share", "1.5"), "share is 1.5"),
        (("--confidence", "1"), "confidence is 1; give a share"),
        (("--sources", "0"), "sources is 0; at least one has to agree"),
        (("--licences", "nowhere.yaml"), "nowhere.yaml: there is no such file"),
        (("--text", "body"), "nothing in it can be read as text"),
        (("--unit", "page"), "'page' is not one of"),
        (("--model", "nowhere.bin", "--sha256", "0" * 64), "nowhere.bin"),
        (("--least-words", "1000000"), "too little text, so not calibrated: swh_Latn"),
    ],
)
def test_a_mistake_is_one_clear_sentence_and_status_1(endonym, texts, options, said):
    status, _, wrong = _calibrate(endonym, texts, *options)
    assert status == 1
    assert said in wrong.replace("\n", " ")
    assert "Traceback" not in wrong


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("sw", "'sw' is no tag; write language and script as in swh_Latn"),
        ("swh_Latn,", "'' is no tag"),
        ("ibo_Latn", "too little text, so not calibrated: ibo_Latn"),
    ],
)
def test_a_language_that_is_none_or_has_no_text_is_told(endonym, texts, tag, said):
    status, _, wrong = _calibrate(endonym, texts, tag=tag)
    assert status == 1
    assert said in wrong


@pytest.mark.parametrize("tag", ["all", "swh_Latn,yor_Latn"])
def test_several_languages_need_text_that_says_which_it_is_in(endonym, texts, tag):
    status, _, wrong = endonym("calibrate", tag, texts / "news.txt")
    assert status == 1
    assert "no text says which language it is in" in wrong


def test_a_profile_with_errors_is_not_written(endonym, texts, tmp_path):
    _calibrate(endonym, texts, "--out", tmp_path)
    path = tmp_path / "swh_Latn.yaml"
    good = path.read_text(encoding="utf-8")
    broken = yaml.safe_load(good)
    broken["limits"]["mean_word_chars_max"] = {"max": 3141, "source": "FineWeb2 2025, for Xhosa"}
    path.write_text(yaml.safe_dump(broken, allow_unicode=True), encoding="utf-8")
    before = path.read_bytes()
    status, said, wrong = _calibrate(endonym, texts, "--out", tmp_path)
    assert status == 1
    assert "the lint found errors, so not written: swh_Latn" in wrong
    assert "error: absurd-limit: mean_word_chars_max 3141" in said
    assert path.read_bytes() == before


# profiles check


def test_the_packaged_profiles_are_sound(endonym):
    status, said, wrong = endonym("profiles", "check", "--json")
    assert status == 0, wrong
    assert all(one["level"] == "warning" for one in json.loads(said))


def test_check_tells_what_is_wrong_with_a_profile(endonym, tmp_path):
    broken = yaml.safe_load((FOLDER / "swh_Latn.yaml").read_text(encoding="utf-8"))
    broken["limits"]["mean_word_chars_max"] = {"max": 3141, "source": "FineWeb2 2025, for Xhosa"}
    path = tmp_path / "swh_Latn.yaml"
    path.write_text(yaml.safe_dump(broken, allow_unicode=True), encoding="utf-8")
    status, said, wrong = endonym("profiles", "check", path, "--json")
    assert status == 1
    assert "the lint found errors in swh_Latn" in wrong
    assert "absurd-limit" in {one["check"] for one in json.loads(said)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: [", "is not YAML"),
        ("name: Swahili\nbeauty: 3\n", "there is no such key"),
        (None, "there is no such file"),
    ],
)
def test_check_tells_what_is_no_profile(endonym, tmp_path, text, said):
    path = tmp_path / "swh_Latn.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    status, _, wrong = endonym("profiles", "check", path)
    assert status == 1
    assert said in wrong


def test_every_option_is_documented():
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = page[page.index("\n## calibrate\n") :]
    command = typer.main.get_command(app).commands["calibrate"]
    named = [max(one.opts, key=len) for one in command.params if one.opts[0].startswith("--")]
    assert len(named) >= 15
    assert [name for name in named if f"`{name}" not in section and name != "--json"] == []


def test_both_commands_are_among_the_others():
    names = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert "calibrate" in names
    assert "profiles" in {group.name for group in app.registered_groups}

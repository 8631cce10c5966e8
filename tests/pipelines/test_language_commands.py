"""`lid train`, `lid eval`, `lid overlap` and `lid identify`, as a user runs them."""

import json

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from schemas.errors import InputError
from tests import labelled_text, runs

TAGS = ("yor_Latn", "hau_Latn", "fra_Latn", "hin_Deva")


def told(done):
    """The one sentence that a command ended with."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    last = done.stderr.strip().rpartition("\n")[2]
    assert last.startswith("endonym: ")
    return last


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with text, a recipe, a trained model and an evaluation set of other lines."""
    place = tmp_path_factory.mktemp("commands")
    labelled_text.write(place, TAGS)
    labelled_text.write_recipe(place)
    rows = [{"text": " ".join(labelled_text.lines(tag)[at : at + 3]), "lang": tag}
            for tag in TAGS for at in range(0, 60, 3)]  # fmt: skip
    (place / "set.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = runs.endonym(
        "lid", "train", "text.tsv", "--recipe", "recipe.yaml", "--out", "own.ftz",
        "--date", "2026-11-25", cwd=place,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "own.card.json" in done.stdout
    return place


def test_a_trained_model_identifies_in_a_pipe(folder):
    text = "".join(f"{labelled_text.lines(tag)[4]}\n" for tag in TAGS)
    done = runs.endonym("lid", "identify", "--model", "own.ftz", input=text, cwd=folder)
    assert done.stdout.split() == list(TAGS)
    done = runs.endonym("lid", "identify", "--model", "own.ftz", "--json", input=text, cwd=folder)
    first = json.loads(done.stdout.split("\n")[0])
    assert (first["tag"], set(first) >= {"score", "second", "second_score"}) == ("yor_Latn", True)


def test_an_evaluation_is_a_table_json_and_a_page_with_the_same_numbers_and_no_text(folder):
    asked = ("lid", "eval", "own.ftz", "set.jsonl")
    found = json.loads(runs.endonym(*asked, "--json", "--page", "page.html", cwd=folder).stdout)
    assert found["overall"]["rows"] == 80
    assert found["overall"]["accuracy"]["value"] > 0.9
    page = (folder / "page.html").read_text(encoding="utf-8")
    table = runs.endonym(*asked, cwd=folder).stdout
    for shown in (page, table):
        assert found["model"]["sha256"] in shown
        assert f"{found['overall']['macro_f1']['value']:.3f}" in shown
        assert all(tag in shown for tag in TAGS)
        assert not any(labelled_text.lines(tag)[0] in shown for tag in TAGS)
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--model", "text.tsv"), "text.tsv: this file is no fastText model"),
        (("--model", "own.ftz", "--sha256", "0" * 64), "own.ftz: the language model has sha256"),
    ],
)
def test_identify_refuses_a_wrong_model_with_status_1(folder, arguments, said):
    done = runs.endonym("lid", "identify", *arguments, cwd=folder, input="Habari\n")
    assert said in told(done)


def test_a_packaged_model_is_evaluated_by_its_name(folder):
    found = json.loads(
        runs.endonym("lid", "eval", "lid.176.ftz", "set.jsonl", "--json", cwd=folder).stdout
    )
    assert found["model"]["name"] == "lid.176.ftz@8f3472cf"
    assert found["overall"]["languages_not_in_model"] == ["hau_Latn"]


def test_training_text_that_holds_evaluation_text_is_found(folder, tmp_path):
    clean = tmp_path / "clean.tsv"
    clean.write_text("swh_Latn\tWanafunzi walikwenda sokoni leo\n")
    assert (
        runs.endonym("lid", "overlap", clean, "--evaluation", folder / "set.jsonl").returncode == 0
    )
    dirty = tmp_path / "dirty.tsv"
    line = " ".join(labelled_text.lines("yor_Latn")[0:3]).upper()
    dirty.write_text(f"yor_Latn\t{line}!\nswh_Latn\tHabari\n", encoding="utf-8")
    done = runs.endonym("lid", "overlap", dirty, "--evaluation", folder / "set.jsonl")
    assert "1 lines of the training text share a passage" in told(done)


def test_a_language_is_added_on_the_command_line(folder):
    labelled_text.write(folder, ["swh_Latn"], "new.tsv")
    done = runs.endonym(
        "lid", "train", "new.tsv", "--base", "own.ftz", "--recipe", "recipe.yaml", "--out",
        "more.ftz", "--evaluation", "set.jsonl", cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "swh_Latn" in done.stderr
    card = json.loads((folder / "more.card.json").read_text(encoding="utf-8"))
    before, after = (it["set"]["accuracy"]["value"] for it in (card["base"]["sets"], card["sets"]))
    assert after > before - 0.05


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("lid", "train", "nowhere.tsv"), "nowhere.tsv: there is no such file or folder"),
        (("lid", "train", "empty.tsv"), "empty.tsv: there is no labelled text in it"),
        (("lid", "train", "few.tsv"), "som_Latn has only 5 usable lines, and a language needs"),
        (("lid", "train", "unknown.tsv"), "unknown.tsv:1: 'zzz_Latn' is no language"),
        (("lid", "train", "text.tsv", "--out", "model.txt"), "a model file ends in .ftz"),
        (("lid", "train", "text.tsv", "--recipe", "no.yaml"), "no.yaml: there is no such file"),
        (("lid", "train", "text.tsv", "--languages", "sin_Sinh"), "no line of the data has this tag"),
        (("lid", "train", "text.tsv", "--date", "today"), "write it as 2026-11-25"),
        (("lid", "train", "text.tsv", "--base", "text.tsv"), "is no fastText model"),
        (("lid", "eval", "text.tsv", "set.jsonl"), "text.tsv: this file is no fastText model"),
        (("lid", "eval", "cut.ftz", "set.jsonl"), "is cut off or damaged"),
        (("lid", "eval", "nowhere.ftz", "set.jsonl"), "give the path of a file, or default"),
        (("lid", "eval", "own.ftz", "set.jsonl", "--sha256", "0" * 64), "has sha256"),
        (("lid", "eval", "own.ftz", "set.jsonl", "--labels", "lid176"), "are not named as lid176 does"),
        (("lid", "eval", "own.ftz", "empty.tsv"), "there is no labelled text in it"),
        (("lid", "eval", "stale.ftz", "set.jsonl"), "is the card of"),
    ],
)  # fmt: skip
def test_bad_input_gets_one_clear_sentence(folder, arguments, said, monkeypatch):
    (folder / "empty.tsv").write_text("")
    few = "".join(f"som_Latn\t{line}\n" for line in labelled_text.lines("som_Latn")[:5])
    (folder / "few.tsv").write_text(few, encoding="utf-8")
    (folder / "unknown.tsv").write_text("zzz_Latn\tmoja mbili tatu\n")
    (folder / "cut.ftz").write_bytes((folder / "own.ftz").read_bytes()[:-100])
    (folder / "stale.ftz").write_bytes((folder / "own.ftz").read_bytes())
    card = json.loads((folder / "own.card.json").read_text(encoding="utf-8"))
    (folder / "stale.card.json").write_text(json.dumps(card | {"sha256": "0" * 64}))
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(app, arguments, input="Habari\n")
    assert isinstance(done.exception, InputError)
    assert said in str(done.exception)
    assert "\n" not in str(done.exception)

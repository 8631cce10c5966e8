"""The command: help is quick, mistakes are one sentence, exit statuses are what they mean."""

import json
import subprocess
import sys

import pytest

from tests import runs


def test_help_names_every_command():
    done = runs.endonym("--help")
    assert done.returncode == 0
    for name in ("curate", "validate", "report", "verify", "explain", "languages", "formats",
                 "recognisers", "runners", "doctor", "lid", "pii", "sources"):  # fmt: skip
        assert name in done.stdout


def test_help_imports_nothing_heavy():
    program = (
        "import sys, pipelines.cli; "
        "print([name for name in ('apache_beam', 'great_expectations', 'fasttext', 'numba', "
        "'polars', 'pyarrow', 'phonenumbers', 'scipy', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("curate", "nowhere.yaml"), "nowhere.yaml: there is no such file"),
        (("curate",), "Missing argument"),
        (("curate", "a.yaml", "--set", "threshold"), "write it as key=value"),
        (("curate", runs.SAMPLES / "run.yaml", "--runner", "magic"), "known runners: local"),
        (("validate", "nowhere"), "nowhere"),
        (("verify", "nowhere"), "nowhere"),
        (("explain", "nowhere", "--doc-id", "x"), "nowhere"),
        (("sources", "check", "nowhere.yaml"), "there is no such file"),
        (("bake",), "No such command"),
        (("lid", "identify", "--model", "nowhere.bin", "--sha256", "0" * 64), "cannot be read"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_a_readable_message_with_status_1(arguments, said, tmp_path):
    done = runs.endonym(*arguments, cwd=tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_lid_identify_answers_a_tag_a_line_in_order():
    text = "Watu wote wamezaliwa huru\n\nТоўсты кот ляжыць на печы і спіць\n12345\n"
    done = runs.endonym("lid", "identify", input=text)
    assert done.stdout.split("\n")[:-1] == ["swh_Latn", "und_Zyyy", "bel_Cyrl", "und_Zyyy"]


def test_lid_identify_json_has_score_and_runner_up():
    done = runs.endonym("lid", "identify", "--json", input="Watu wote wamezaliwa huru\n")
    answer = json.loads(done.stdout)
    assert answer["tag"] == "swh_Latn"
    assert 0 < answer["score"] <= 1
    assert {"second", "second_score", "script"} <= answer.keys()


def test_pii_find_gives_spans_in_code_points():
    line = {"id": "7", "text": "😀 andika kwa jina@example.org leo", "lang": "swh", "country": "KE"}
    done = runs.endonym("pii", "find", input=json.dumps(line, ensure_ascii=False) + "\n")
    assert json.loads(done.stdout) == {"id": "7", "spans": [[13, 29, "EMAIL_ADDRESS"]]}


@pytest.mark.parametrize("name", ["languages", "formats", "recognisers", "runners"])
def test_listings_are_tables_for_people_and_json_for_machines(name):
    rows = json.loads(runs.endonym(name, "--json").stdout)
    table = runs.endonym(name).stdout
    assert len(rows) > 0
    assert str(next(iter(rows[0].values()))) in table


def test_sources_check_counts_the_files_of_every_card():
    cards = sorted((runs.SAMPLES / "sources").glob("*.yaml"))
    rows = json.loads(runs.endonym("sources", "check", *cards, "--json").stdout)
    assert {row["id"] for row in rows} == {card.stem for card in cards}
    assert all(row["files"] > 0 for row in rows)


def test_sources_check_tells_the_mistakes_of_all_cards_at_once(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(f"id: {name}\n")
    done = runs.endonym("sources", "check", tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert done.returncode == 1
    assert "a.yaml:1: title" in done.stderr
    assert "b.yaml:1: title" in done.stderr


def test_doctor_finds_this_installation_well():
    done = runs.endonym("doctor", "--json")
    assert done.returncode == 0, done.stdout
    assert all(row["ok"] for row in json.loads(done.stdout))

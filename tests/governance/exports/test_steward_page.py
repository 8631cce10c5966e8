"""The steward's page leads from source cards to a signed copy, by the commands that stand there."""

import json
import re
import shlex

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from tests import runs

PAGE = (runs.ROOT / "docs" / "steward.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_commands_of_a_whole_release_run_as_they_stand(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ENDONYM_KEY_FILE", raising=False)
    runs.make_run(
        tmp_path / "samples", ("notes", "east-africa"), output="../out/demo", version="2026.11.0"
    )
    section = PAGE.split("\n## A whole release\n")[1].split("\n## ")[0]
    lines = re.findall(r"^\.venv/bin/endonym (.*)$", section, re.MULTILINE)
    assert [line.split()[0] for line in lines] == [
        "keys", "sources", "curate", "validate", "verify", "release", "verify", "audit",
    ]  # fmt: skip
    for line in lines:
        words = [str(path) for word in shlex.split(line) for path in _globbed(tmp_path, word)]
        status, said = _done(words, tmp_path)
        assert status == 0, (line, said[-800:])
    handed_out = tmp_path / "handout"
    assert json.loads((handed_out / "release.json").read_text())["name"] == "demo"
    assert json.loads((handed_out / "audit/head.json").read_text()) != {}
    assert not (handed_out / "removed").exists()


def _done(words, folder):
    """The exit status and what was said; a process of its own where workers are started."""
    if words[0] == "curate":
        done = runs.endonym(*words, cwd=folder)
        return done.returncode, done.stderr
    done = CliRunner().invoke(app, words)
    return done.exit_code, f"{done.output}{done.exception or ''}"


def _globbed(folder, word):
    return sorted(folder.glob(word)) if "*" in word else [word]

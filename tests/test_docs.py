"""What the documentation says is there is there, and the other way round."""

import re
import shlex

import pytest
import yaml

from governance.pii import RECOGNISERS
from lang_models.quality import RULES
from pipelines.cli import app
from pipelines.formats import FORMATS
from schemas.policy import Policy
from schemas.settings import Dedup, RunSettings, Sizes
from schemas.source import SourceCard
from tests import runs

DOCS = runs.ROOT / "docs"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
README = (runs.ROOT / "README.md").read_text(encoding="utf-8")


def _commands(typer_app, prefix=""):
    for command in typer_app.registered_commands:
        name = command.name or command.callback.__name__
        yield f"{prefix}{name}"
    for group in typer_app.registered_groups:
        yield from _commands(group.typer_instance, f"{group.name} ")


@pytest.mark.parametrize("name", sorted(_commands(app)))
def test_every_command_is_documented(name):
    assert f"`endonym {name}" in PAGES["commands.md"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_documented(rule):
    assert f"`{rule.name}`" in PAGES["rules.md"]


@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)
def test_every_format_is_documented_with_its_suffixes(entry):
    assert all(f"`{suffix}`" in PAGES["formats.md"] for suffix in entry.suffixes)


@pytest.mark.parametrize("entry", RECOGNISERS, ids=lambda entry: entry.type)
def test_every_recogniser_is_documented(entry):
    assert f"`[{entry.type}]`" in PAGES["recognisers.md"]


@pytest.mark.parametrize(
    ("model", "page"),
    [(RunSettings, "run-file.md"), (Dedup, "run-file.md"), (Sizes, "run-file.md"),
     (Policy, "run-file.md"), (SourceCard, "source-cards.md")],
)  # fmt: skip
def test_every_setting_is_documented(model, page):
    for name in model.model_fields:
        assert re.search(rf"\b{name}\b", PAGES[page]), name


@pytest.mark.parametrize("page", ["run-file.md", "source-cards.md"])
def test_the_examples_of_settings_are_valid(page):
    example = yaml.safe_load(re.search(r"```yaml\n(.*?)```", PAGES[page], re.DOTALL).group(1))
    (RunSettings if page == "run-file.md" else SourceCard).model_validate(example)


def test_links_between_pages_lead_somewhere():
    for folder, text in ((runs.ROOT, README), *((DOCS, text) for text in PAGES.values())):
        for target in re.findall(r"\]\(([^)\s#]+)", text):
            assert target.startswith("http") or (folder / target).exists(), target


def test_make_help_lists_every_target_that_the_readme_needs():
    targets = set(
        re.findall(r"^([a-z-]+):.*## ", (runs.ROOT / "Makefile").read_text(), re.MULTILINE)
    )
    assert targets >= {"install", "demo", "test", "check", "test-all", "bench", "profile", "docs",
                       "wheel", "clean"}  # fmt: skip


@pytest.mark.xdist_group("small-run")
def test_the_commands_of_the_readme_run(small_release, tmp_path):
    """Every `.venv/bin/endonym` line, with the release of the tests in place of the reader's."""
    lines = re.findall(r"^\.venv/bin/endonym (.*)$", README, re.MULTILINE)
    assert len(lines) >= 6
    own = {"samples/run.yaml": runs.make_run(tmp_path, ("notes",)), "out/mine": tmp_path / "o"}
    for line in lines:
        words = shlex.split(line.replace("out/mine/2026.11.0", str(small_release)))
        spread = [str(path) for word in words for path in _globbed(str(own.get(word, word)))]
        done = runs.endonym(*spread, cwd=runs.ROOT)
        assert done.returncode == 0, (line, done.stderr[-500:])


def _globbed(word):
    return sorted(runs.ROOT.glob(word)) if "*" in word else [word]

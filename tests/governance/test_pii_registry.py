"""The registry, its documentation and its data files keep step."""

import importlib
import json
import random
import re
from pathlib import Path
from types import ModuleType

import pytest

from governance.pii.catalogue import markdown
from governance.pii.cues import SHORT_KINDS, words_by_kind
from governance.pii.national_ids import UNVERIFIED, Entry, entries
from governance.pii.number_checks import CHECKS
from governance.pii.recogniser import Recogniser
from governance.pii.recognisers import RECOGNISERS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "governance" / "pii"
MODULES = sorted(
    path.stem for path in (FOLDER / "recognisers").glob("*.py") if path.stem != "__init__"
)
LOADED = [importlib.import_module(f"governance.pii.recognisers.{name}") for name in MODULES]
# The most that may pass by chance where a number needs no cue word, and a little for the dice.
MOST_BARE_SHARE, DICE_SHARE = 0.12, 0.03


def test_every_module_of_the_folder_is_in_the_registry_once() -> None:
    assert sorted(map(id, RECOGNISERS)) == sorted(id(module.RECOGNISER) for module in LOADED)


@pytest.mark.parametrize("module", LOADED, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_recogniser_names_its_source_and_what_it_finds(module: ModuleType) -> None:
    recogniser: Recogniser = module.RECOGNISER
    assert recogniser.source
    assert recogniser.description.endswith(".")
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", recogniser.type)
    assert 1 <= recogniser.strictness <= 5
    assert "Source:" in str(module.__doc__)


@pytest.mark.parametrize("module", MODULES)
def test_every_recogniser_has_cases_that_are_found_and_cases_that_stay(module: str) -> None:
    lines = (ROOT / "tests/cases/pii" / f"{module}.jsonl").read_text(encoding="utf-8")
    cases = [json.loads(line) for line in lines.rstrip().split("\n")]
    stay = sum(case["text"] == case["masked"] for case in cases)
    assert stay >= 3
    assert len(cases) - stay >= 5
    assert sum(not case["text"].isascii() for case in cases) >= 2


def test_the_page_of_recognisers_is_the_registry_written_out() -> None:
    written = (ROOT / "docs" / "recognisers.md").read_text(encoding="utf-8")
    assert written == markdown(), "run: python -m governance.pii.catalogue > docs/recognisers.md"


def test_at_least_forty_countries_have_personal_numbers() -> None:
    assert len({entry.country for entry in entries()}) >= 40


def test_every_national_number_has_a_case() -> None:
    lines = (ROOT / "tests/cases/pii/national_id_numbers.jsonl").read_text(encoding="utf-8")
    cases = [json.loads(line) for line in lines.rstrip().split("\n")]
    assert {(case["country"], case["module"]) for case in cases} == {
        (entry.country, entry.module) for entry in entries()
    }


def test_every_check_of_our_own_is_in_the_table_and_names_its_source() -> None:
    own = {entry.module for entry in entries() if entry.module.startswith("own/")}
    assert own == set(CHECKS)
    files = {path.stem for path in (FOLDER / "number_checks").glob("*.py")}
    modules = {check.__module__ for check in CHECKS.values()}
    assert files - {"__init__", "arithmetic"} == {name.rpartition(".")[2] for name in modules}
    assert all("Source:" in str(importlib.import_module(name).__doc__) for name in modules)


def test_a_number_whose_source_nobody_could_look_up_needs_a_cue_word_and_says_so() -> None:
    unverified = [entry for entry in entries() if not entry.is_verified]
    assert unverified
    assert not [one.key for one in unverified if one.is_bare or one.written or not one.cues]
    assert all(entry.source.strip() for entry in entries())
    own = {entry.module: entry for entry in entries() if entry.module in CHECKS}
    for module, check in CHECKS.items():
        told = str(importlib.import_module(check.__module__).__doc__)
        path = f"number_checks/{check.__module__.rpartition('.')[2]}.py"
        assert own[module].source == (UNVERIFIED if UNVERIFIED in told else path), module
    shapes = [entry for entry in entries() if entry.has_shape_only and entry.is_verified]
    assert not [one.key for one in shapes if one.source.startswith(("number_", "python-stdnum"))]


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.key)
def test_a_number_without_a_known_check_never_stands_on_digits_alone(entry: Entry) -> None:
    if entry.has_shape_only and entry.is_bare:
        assert "[A-Z]" in entry.shape.pattern


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.key)
def test_a_number_stands_bare_only_where_chance_is_small(entry: Entry) -> None:
    measured = chance_share(entry, draws=1500)
    assert abs(measured - entry.chance_share) < DICE_SHARE, f"measured {measured:.3f}"
    if entry.is_bare:
        assert entry.chance_share <= MOST_BARE_SHARE or "[A-Z]" in entry.shape.pattern
    assert all(entry.cues), "an empty cue would stand everywhere"


def chance_share(entry: Entry, draws: int) -> float:
    dice = random.Random(entry.key)
    drawn = [draw(entry.shape.pattern, dice) for _ in range(draws)]
    assert all(entry.shape.fullmatch(number) for number in drawn)
    assert {len(number) for number in drawn} <= set(entry.chars)
    return sum(entry.accepts(number, number) for number in drawn) / draws


def draw(pattern: str, dice: random.Random) -> str:
    """A random string of one of our shapes: classes, counts, groups and bars."""
    arms, depth, start = [], 0, 0
    for place, char in enumerate(pattern):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "|" and not depth:
            arms.append(pattern[start:place])
            start = place + 1
    arm = dice.choice([*arms, pattern[start:]])
    part = re.compile(
        r"(\(\?:((?:[^()]|\([^()]*\))*)\)|\[([^\]]*)\]|\\d|[A-Z0-9])(\?|\{(\d+)(?:,(\d+))?\})?"
    )
    drawn = []
    for match in part.finditer(arm):
        low = 0 if match[4] == "?" else int(match[5] or 1)
        times = dice.randint(low, int(match[6] or match[5] or 1))
        drawn += [
            draw(match[2], dice) if match[2] else dice.choice(members(match)) for _ in range(times)
        ]
    return "".join(drawn)


def members(match: re.Match[str]) -> str:
    if match[1] == r"\d":
        return "0123456789"
    if match[3] is None:
        return match[1]
    return re.sub(
        r"(\w)-(\w)",
        lambda m: "".join(map(chr, range(ord(m[1]), ord(m[2]) + 1))),
        match[3].replace(r"\d", "0-9"),
    )


def test_cue_files_have_a_language_and_words_on_every_line_and_no_line_twice() -> None:
    for path in sorted((FOLDER / "cues").glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        languages = [line.partition("\t")[0] for line in lines]
        assert len(set(languages)) == len(languages), path.name
        for line in lines:
            language, _, words = line.partition("\t")
            assert re.fullmatch("[a-z]{3}", language), f"{path.name}: {language}"
            assert all(word.strip() for word in words.split("|")), f"{path.name}: {language}"


def test_telephone_words_are_there_for_a_hundred_languages() -> None:
    lines = (FOLDER / "cues" / "phone.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert len(lines) > 100
    assert {"account", "phone", "identity", "card", "ip", "version", "code", *SHORT_KINDS} == set(
        words_by_kind()
    )

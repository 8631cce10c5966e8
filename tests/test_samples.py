"""The samples hold what they promise, before Endonym has seen them."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import yaml

from schemas.policy import Policy
from schemas.settings import RunSettings
from schemas.source import SourceCard
from schemas.yaml_files import read_record
from tests.tools.sample_parts.canaries import places
from tests.tools.sample_parts.raw import decompressed, documents, rows

SAMPLES = Path(__file__).parents[1] / "samples"
CARDS = sorted((SAMPLES / "sources").glob("*.yaml"))
Canaries = list[dict[str, str]]
TYPES = {
    "EMAIL_ADDRESS", "PHONE_NUMBER", "IP_ADDRESS", "IBAN_CODE", "CREDIT_CARD", "NATIONAL_ID",
    "URL_CREDENTIALS",
}  # fmt: skip


@pytest.fixture(scope="module")
def canaries() -> Canaries:
    return yaml.safe_load((SAMPLES / "canaries.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    """All documents but the broken ones: those are no real text."""
    return [(name, text) for name, text in documents(SAMPLES) if "/broken/" not in name]


def card(path: Path) -> SourceCard:
    return read_record(path, SourceCard)


def test_every_canary_stands_in_its_own_document_and_nowhere_else(canaries: Canaries) -> None:
    found = places(SAMPLES, [canary["value"] for canary in canaries])
    wrong = [canary for canary in canaries if found[canary["value"]] != {canary["document"]}]
    assert wrong == []


def test_canaries_name_value_type_script_and_document_and_none_comes_twice(
    canaries: Canaries,
) -> None:
    assert {tuple(canary) for canary in canaries} == {("value", "type", "script", "document")}
    assert {canary["type"] for canary in canaries} == TYPES
    assert max(Counter(canary["value"] for canary in canaries).values()) == 1


def test_no_canary_is_so_short_that_a_digest_could_hold_it_by_chance(canaries: Canaries) -> None:
    assert min(len(canary["value"]) for canary in canaries) >= 9


def test_there_are_canaries_of_every_type_in_many_scripts(canaries: Canaries) -> None:
    assert len(canaries) >= 120
    assert len({canary["script"] for canary in canaries}) >= 15
    phones = {canary["script"] for canary in canaries if canary["type"] == "PHONE_NUMBER"}
    assert len(phones) >= 15


def test_some_canaries_are_written_in_native_or_full_width_digits(canaries: Canaries) -> None:
    zeros = {
        ord(char) - unicodedata.decimal(char)
        for canary in canaries
        for char in canary["value"]
        if char.isdecimal()
    }
    assert len(zeros) >= 12


def test_the_text_is_between_three_and_eight_megabytes_and_small_on_disk() -> None:
    files = [path for path in (SAMPLES / "text").rglob("*") if path.is_file()]
    whole = [path for path in files if path.parent.name != "broken"]
    assert 3_000_000 <= sum(len(decompressed(path)) for path in whole) <= 8_000_000
    assert sum(path.stat().st_size for path in files) <= 3_500_000


def test_there_are_at_least_25_languages_by_the_hints_of_the_rows() -> None:
    hints = {row.get("hint") for _, row in rows(SAMPLES / "text" / "udhr")}
    assert len(hints - {None}) >= 25


def test_eight_scripts_have_ten_thousand_letters_each(
    texts: list[tuple[str, str]],
) -> None:
    letters: Counter[str] = Counter()
    for _, text in texts:
        letters.update(Counter(text))
    scripts: Counter[str] = Counter()
    for char, times in letters.items():
        if char.isalpha():
            scripts[unicodedata.name(char, "?").split()[0]] += times
    assert len([name for name, times in scripts.items() if times >= 10_000]) >= 8


def test_every_format_and_compression_of_the_specification_occurs() -> None:
    names = " ".join(path.name for path in (SAMPLES / "text").rglob("*"))
    for suffix in (
        ".jsonl ", ".jsonl.gz", ".jsonl.zst", ".jsonl.bz2", ".parquet", ".csv", ".tsv", ".txt",
        ".html", ".warc.gz", ".warc.wet.gz",
    ):  # fmt: skip
        assert suffix in f"{names} "


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.stem)
def test_every_card_is_valid_says_where_its_text_comes_from_and_finds_its_files(path: Path) -> None:
    source = card(path)
    assert source.id == path.stem
    assert source.licence.evidence
    for pattern in source.paths:
        assert list(path.parent.glob(pattern))


def test_every_folder_has_one_card() -> None:
    folders = {path.name for path in (SAMPLES / "text").iterdir()}
    assert folders == {path.stem for path in CARDS}


def test_fields_that_a_card_names_stand_in_its_rows() -> None:
    for path in CARDS:
        source, folder = card(path), SAMPLES / "text" / path.stem
        for name, row in rows(folder) if path.stem != "broken" else ():
            missing = set(source.fields.values()) - set(row)
            assert not missing, f"{path.stem}: {name} has no {missing}"


def test_run_and_policy_are_valid_and_the_cards_give_admit_real_work() -> None:
    run = read_record(SAMPLES / "run.yaml", RunSettings)
    policy = read_record(SAMPLES / "policy.yaml", Policy)
    cards = [card(path) for path in CARDS]
    assert (run.name, run.version) == ("demo", "2026.11.0")
    assert run.as_of is not None
    gone = [source.id for source in cards if source.expires and source.expires < run.as_of]
    assert gone == ["loan"]
    refused = set(policy.licence_refs) - set(policy.allowed_licences)
    assert [source.id for source in cards if source.licence.concluded in refused] == ["press"]
    assert {source.id for source in cards if source.licence.concluded is None} == {
        "contributions", "fortunes", "man-pages",
    }  # fmt: skip


def test_every_licence_of_the_cards_has_its_note() -> None:
    notes = (SAMPLES / "LICENCES.md").read_text(encoding="utf-8")
    for path in CARDS:
        source = card(path)
        assert f"`{source.id}`" in notes
        named = re.split(r" (?:AND|OR) ", source.licence.concluded or source.licence.declared)
        assert [licence for licence in named if licence not in notes] == []


def test_the_readme_describes_every_source_and_every_broken_file() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    broken = [path.name for path in (SAMPLES / "text" / "broken").iterdir()]
    names = [path.stem for path in CARDS] + broken
    assert [name for name in names if f"`{name}`" not in readme] == []

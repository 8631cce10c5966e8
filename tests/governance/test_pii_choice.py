"""A country, a language and the policy decide what is looked for, and each line says why."""

import importlib
import json
import pkgutil
import subprocess

import polars as pl
import pytest
import stdnum
from pydantic import ValidationError

from governance import pii
from governance.pii.choice import choose, selected
from governance.pii.national_ids import LEFT_OUT, entries, left_out
from governance.pii.recognisers import RECOGNISERS
from schemas.errors import InputError
from schemas.privacy import NAME_TYPES, TYPES, PrivacyPolicy
from tests import runs


def series(value: str | None) -> pl.Series:
    return pl.Series([value], dtype=pl.String)


def scrubbed(text: str, language: str | None, country: str | None) -> str:
    return str(pii.scrub(series(text), series(language), series(country))["text"][0])


def numbers(country: str | None, language: str | None) -> dict[tuple[str | None, str | None], str]:
    return {(row.country, row.number): row.applies for row in choose(country, language)}


def test_the_policy_knows_the_types_that_are_looked_for() -> None:
    assert {one.type for one in RECOGNISERS} == set(TYPES) - set(NAME_TYPES)


def test_a_policy_may_switch_types_off_or_name_the_only_ones() -> None:
    every = [one.type for one in RECOGNISERS]
    assert [one.type for one in selected()] == every
    assert [one.type for one in selected(off=["STUDENT_NUMBER"])] == [
        kind for kind in every if kind != "STUDENT_NUMBER"
    ]
    assert [one.type for one in selected(only=["IBAN_CODE", "IMEI"], off=["IMEI"])] == ["IBAN_CODE"]
    assert selected(only=[]) == ()


def test_what_is_switched_off_stays_in_the_text() -> None:
    text = series("jo@example.org, Tel: +254 712 345 678")
    found = pii.scrub(text, series(None), series(None), selected(off=["PHONE_NUMBER"]))
    assert found["text"][0] == "[EMAIL_ADDRESS], Tel: +254 712 345 678"


def test_an_unknown_type_gives_one_message_with_all_there_are() -> None:
    with pytest.raises(InputError, match=r"SHOE_SIZE is no type .*ADDRESS, .*URL_CREDENTIALS"):
        selected(off=["SHOE_SIZE"])
    with pytest.raises(ValidationError, match=r"SHOE_SIZE is no type .*ADDRESS, "):
        PrivacyPolicy(recognisers_only=["SHOE_SIZE"])


def test_a_country_that_is_none_is_said_to_be_none() -> None:
    with pytest.raises(InputError, match="XQ is no country"):
        choose("XQ", None)


def test_the_source_country_and_the_language_say_whose_numbers_to_expect() -> None:
    kenyan = numbers("KE", "swh_Latn")
    assert kenyan["KE", "KRA PIN"] == "bare"
    assert kenyan["KE", "Kitambulisho"] == "cue"
    assert kenyan["TZ", "NIDA"] == "bare"
    assert kenyan["UG", "NIN"] == "cue"
    assert not {country for country, _ in numbers(None, None)} - {None}


def test_every_line_has_a_reason_and_a_state() -> None:
    states = {"on", "off", "bare", "written", "cue"}
    for country, language in (("KE", "swh"), ("EE", None), (None, "ben_Beng"), ("INT", None)):
        rows = choose(country, language, off=["IMEI"])
        assert all(row.why and row.applies in states for row in rows)
        assert [row.applies for row in rows if row.type == "IMEI"] == ["off"]
        assert [row.type for row in rows][: len(RECOGNISERS)] == [one.type for one in RECOGNISERS]


@pytest.mark.parametrize(
    ("text", "language", "country", "masked"),
    [
        ("Nambari A123456789B hapa", "swh_Latn", "KE", True),
        ("Nambari A123456789B hapa", "swh_Latn", None, False),
        ("KRA PIN: A123456789B", None, None, True),
        ("Kood 38001085718 siin", "est_Latn", None, True),
        ("Number 38001085718 here", "eng_Latn", "US", False),
        ("Nambari 12345678 hapa", "swh_Latn", "KE", False),
        ("নম্বর ১২৩৪৫৬৭৮৯০ এখানে", "ben_Beng", "BD", False),
        ("এনআইডি: ১২৩৪৫৬৭৮৯০", "ben_Beng", "BD", True),
    ],
)
def test_a_bare_number_needs_its_check_and_its_country_or_a_cue(
    text: str, language: str | None, country: str | None, masked: bool
) -> None:
    assert ("[NATIONAL_ID]" in scrubbed(text, language, country)) is masked


@pytest.mark.parametrize("land", sorted({entry.country for entry in entries()}))
def test_what_is_said_to_stand_bare_does(land: str) -> None:
    said = {row.number for row in choose(land, None) if row.applies == "bare"}
    assert said == {entry.name for entry in entries() if entry.country == land and entry.is_bare}


def stdnum_modules() -> set[str]:
    """The modules of python-stdnum that check something."""
    names = [module.name for module in pkgutil.walk_packages(stdnum.__path__, "stdnum.")]
    checking = {name for name in names if hasattr(importlib.import_module(name), "is_valid")}
    return {name.removeprefix("stdnum.") for name in checking if not _is_package(name)}


def _is_package(name: str) -> bool:
    return hasattr(importlib.import_module(name), "__path__")


def test_every_module_of_python_stdnum_is_taken_or_left_out_for_a_reason() -> None:
    taken = {entry.module for entry in entries() if entry.has_stdnum_check}
    assert taken | set(left_out()) == stdnum_modules(), f"decide in {LEFT_OUT.name}"
    assert not taken & set(left_out())
    assert all(len(why) > 10 for why in left_out().values())


def test_the_command_lists_what_applies_and_fails_with_one_sentence() -> None:
    command = [runs.COMMAND, "recognisers", "--json"]
    asked = [*command, "--country", "KE", "--language", "swh"]
    rows = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)
    assert {"type", "country", "number", "applies", "why"} == set(rows[0])
    assert any(row["number"] == "KRA PIN" for row in rows)
    wrong = subprocess.run([*command, "--country", "XQ"], capture_output=True, check=False)
    assert wrong.returncode == 1
    assert b"XQ is no country" in wrong.stderr
    assert b"Traceback" not in wrong.stderr

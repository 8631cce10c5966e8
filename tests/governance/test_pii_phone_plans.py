"""Telephone numbers of every region, as its own plan gives them for examples."""

import phonenumbers
import polars as pl
import pytest

from governance import pii

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
STYLES = phonenumbers.PhoneNumberFormat
# Islands with numbers of four or five digits: too short to be told from other numbers.
SHORT = {"AC", "CK", "FK", "KI", "NU", "SB", "SH", "TA", "TK", "TO", "TV", "VU", "WS"}


def local_form(region: str) -> str:
    return phonenumbers.format_number(phonenumbers.example_number(region), STYLES.NATIONAL)


def scrub(text: str, country: str | None) -> str:
    columns = (pl.Series([value], dtype=pl.String) for value in (text, None, country))
    return str(pii.scrub(*columns)["text"][0])


@pytest.mark.parametrize("region", REGIONS)
def test_the_example_of_a_region_is_found_in_international_form(region: str) -> None:
    number = phonenumbers.example_number(region)
    for style in (STYLES.E164, STYLES.INTERNATIONAL):
        written = phonenumbers.format_number(number, style)
        assert scrub(f"({written})", None) == "([PHONE_NUMBER])"


@pytest.mark.parametrize("region", sorted(set(REGIONS) - SHORT))
def test_the_example_of_a_region_is_found_in_local_form_after_a_cue(region: str) -> None:
    assert scrub(f"Tel.: {local_form(region)} x", region) == "Tel.: [PHONE_NUMBER] x"


@pytest.mark.parametrize("region", sorted(SHORT))
def test_only_numbers_of_four_or_five_digits_are_known_to_be_missed(region: str) -> None:
    assert sum(char.isdigit() for char in local_form(region)) < 6

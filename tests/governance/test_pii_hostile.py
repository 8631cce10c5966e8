"""No line is hostile enough: work is bounded by construction, and counted without a clock."""

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import pii
from governance.pii.recogniser import ALLOWANCE, Recogniser, TooDenseError, Window
from governance.pii.recognisers import RECOGNISERS
from governance.pii.territories import territories
from tests.governance.hostile import HOSTILE, line, mixed

MEGABYTE = 1_000_000
NAMES = [recogniser.name for recogniser in RECOGNISERS]
#: The most calls of functions that one unit of the allowance may stand for.
CALLS_PER_UNIT = 15
#: Generous: the promise is 0.2 s on a quiet machine, which the benchmark shows.
MOST_SECONDS = 2.0


def spans(recogniser: Recogniser, text: str, country: str | None) -> int | None:
    """How many spans, or None where the line was too dense."""
    try:
        return sum(1 for _ in recogniser.find(Window(text, territories("eng_Latn", country))))
    except TooDenseError:
        return None


def calls(recogniser: Recogniser, text: str) -> int:
    """Calls of functions, Python's and C's, that a recogniser makes on a line."""
    count = 0

    def counted(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        spans(recogniser, text, "US")
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=NAMES)
def test_the_work_on_a_line_of_everything_has_an_end(recogniser: Recogniser) -> None:
    assert calls(recogniser, mixed(1, 150_000)) <= CALLS_PER_UNIT * ALLOWANCE


@pytest.mark.slow
@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=NAMES)
def test_the_work_on_a_line_has_an_end_however_long_it_is(recogniser: Recogniser) -> None:
    for unit in HOSTILE.values():
        assert calls(recogniser, line(unit, 100_000)) <= CALLS_PER_UNIT * ALLOWANCE, unit


@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=NAMES)
def test_twice_the_line_is_at_most_twice_the_work_and_a_little(recogniser: Recogniser) -> None:
    for unit in HOSTILE.values():
        once, twice = (calls(recogniser, line(unit, chars)) for chars in (2_000, 4_000))
        assert twice <= 2.3 * once + 500, unit


@given(st.integers(0, 10**6), st.sampled_from(RECOGNISERS))
@settings(max_examples=20, deadline=None)
def test_mixed_ingredients_are_bounded_too(seed: int, recogniser: Recogniser) -> None:
    assert calls(recogniser, mixed(seed, 20_000)) <= CALLS_PER_UNIT * ALLOWANCE


@pytest.mark.slow
@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=NAMES)
def test_a_megabyte_takes_no_time_worth_naming(recogniser: Recogniser) -> None:
    for name, unit in [*HOSTILE.items(), ("mixed", mixed(1, MEGABYTE))]:
        for country in ("US", None):
            begun = time.process_time()
            spans(recogniser, line(unit, MEGABYTE), country)
            assert time.process_time() - begun < MOST_SECONDS, name


def patterns() -> Iterator[tuple[str, "re.Pattern[str]"]]:
    """Every regular expression that a module of `governance.pii` keeps, by module and name."""
    for module in pkgutil.walk_packages(pii.__path__, prefix="governance.pii."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value


def repeats(parsed: Any, is_inside: bool = False) -> Iterator[str]:
    """What is wrong with the repetitions of a parsed expression."""
    for operation, argument in parsed:
        name = str(operation)
        if name.endswith("_REPEAT"):
            low, high, inner = argument
            is_endless = str(high) == "MAXREPEAT"
            if is_endless and is_inside:
                yield "an endless repetition inside a repetition"
            yield from repeats(inner, is_inside or is_endless or high - low > 64)
        elif name == "SUBPATTERN":
            yield from repeats(argument[3], is_inside)
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from repeats(branch, is_inside)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from repeats(argument[1], is_inside)


#: Read and found linear: what repeats inside begins with a character that the outer may not hold,
#: or both are read on pieces of a few dozen characters only.
READ_BY_A_PERSON = {
    "governance.pii.domains._OTHER",
    "governance.pii.names.titles._PLACEHOLDER",
    "governance.pii.domains._SIMPLE",
    "governance.pii.number_forms._VERSION",
    "governance.pii.recognisers.phone._BALANCED",
    "governance.pii.recognisers.phone._NEAT",
    "governance.pii.treatments.treated._PSEUDONYM",
}


def test_no_pattern_repeats_without_end_inside_a_repetition() -> None:
    wrong = {
        name
        for name, pattern in patterns()
        if list(repeats(re._parser.parse(pattern.pattern, pattern.flags)))  # type: ignore[attr-defined]
    }
    assert wrong <= READ_BY_A_PERSON


def test_a_line_that_is_too_dense_fails_its_document_and_no_other() -> None:
    text = pl.Series([line("a@b.co ", 400_000), "jo@example.org"])
    nulls = pl.Series([None, None], dtype=pl.String)
    scrubbed = pii.scrub(text, nulls, nulls)
    assert scrubbed["failed"].to_list() == [True, False]
    assert scrubbed["text"].to_list() == [None, "[EMAIL_ADDRESS]"]


def test_a_long_directory_of_many_lines_is_masked_and_does_not_fail() -> None:
    lines = [f"Amina {number}: +254 7{number:08d}" for number in range(4_000)]
    nulls = pl.Series([None], dtype=pl.String)
    scrubbed = pii.scrub(pl.Series(["\n".join(lines)]), nulls, nulls)
    assert not scrubbed["failed"][0]
    assert scrubbed["text"][0].count("[PHONE_NUMBER]") > 3_900


DENSE = {
    "addresses, comma by comma": ("amina.{0}@example.org, ", "eng_Latn", "KE"),
    "a page of JSON": ('{{"n":{0},"mail":"a{0}@example.org","tel":"+254 7{0:08d}"}},', None, "KE"),
    "a directory in Chinese": ("王某电话1390{0:07d}，", "zho_Hans", "CN"),
    "a directory in Thai": ("โทร 081-{0:07d} ", "tha_Thai", "TH"),
}


@pytest.mark.parametrize(("written", "language", "country"), DENSE.values(), ids=DENSE)
def test_a_long_directory_on_one_line_is_masked_and_does_not_fail(
    written: str, language: str | None, country: str
) -> None:
    text = "".join(written.format(1_000_000 + 37 * number) for number in range(6_000))
    about = (pl.Series([one], dtype=pl.String) for one in (text, language, country))
    scrubbed = pii.scrub(*about)
    assert not scrubbed["failed"][0]
    assert sum(one["count"] for one in scrubbed["privacy"][0]) >= 6_000


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_document_is_scrubbed_or_fails_alone(unit: str) -> None:
    text = pl.Series([line(unit, 20_000), "a@example.org"])
    nulls = pl.Series([None, None], dtype=pl.String)
    scrubbed = pii.scrub(text, nulls, nulls)
    assert scrubbed["failed"][0] == (scrubbed["text"][0] is None)
    assert scrubbed["text"][1] == "[EMAIL_ADDRESS]"

"""The prefilter loses nothing, and gives windows their places."""

import json
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import pii
from governance.pii import finder
from governance.pii.prefilter import windows
from governance.pii.recognisers import RECOGNISERS
from governance.pii.territories import territories
from governance.pii.treatments.treated import replaced


def series(value: str | None) -> pl.Series:
    return pl.Series([value], dtype=pl.String)


VALUES = ["jo@example.org", "+254 712 345 678", "93.184.216.34", "38001085718", "GB82 WEST"]
NOISE = ["1234 5698 7654 32", "1.2.3.4", "2024-12-31", "3.1415926535", "192.168.1.15", "@"]
PLAIN = ["plain words of no interest to anybody " * 4, "नमस्ते दुनिया " * 9, "漢字" * 50]
parts = st.sampled_from([*VALUES, *NOISE, *PLAIN, "Tel: ", "電話", "\n", " "])


def everything(text: str, country: str | None) -> list[tuple[int, int, str]]:
    """What the recognisers find in a whole text, asked until they find no more."""
    lands = territories(None, country)
    known: list[tuple[int, int, str]] = []
    while True:
        held = replaced(text, known)
        found = finder._in_window(held.text, lands, RECOGNISERS)
        if not found:
            return known
        parts = ((part, one.type) for one in found for part in held.original(one.start, one.end))
        known = sorted([*known, *((*part, kind) for part, kind in parts)])


@given(st.lists(parts, max_size=14).map("".join), st.sampled_from(["EE", "US", None]))
@settings(max_examples=300, deadline=None)
def test_windows_find_what_reading_the_whole_text_finds(text: str, country: str | None) -> None:
    found = pii.find(series(text), series(None), series(country)).rows()
    whole = everything(text, country)
    assert found == [(0, *span) for span in whole]


def test_plain_text_has_no_windows() -> None:
    text = series("No numbers here, and no signs. 12 men, 1984, e-mail at noon; 3.5 % @ home. " * 9)
    assert windows(text).rows == []


def test_dates_fractions_versions_and_private_addresses_have_no_windows() -> None:
    text = series("2024-12-31 12:30 | 31.12.2024 | 1991-1995 | 3.14159265 | 192.168.1.1 | v10.2.3")
    assert windows(text).rows == []


def test_windows_begin_and_end_between_words() -> None:
    words = "wording " * 40
    batch = windows(series(f"{words}jo@example.org {words}"))
    piece = str(batch.data[batch.start_bytes[0] : batch.end_bytes[0]], "utf-8")
    assert piece.strip() in f"{words}jo@example.org {words}"
    assert set(piece.split()) == {"wording", "jo@example.org"}


@given(st.lists(st.none() | st.text(max_size=60), max_size=8))
@settings(max_examples=200, deadline=None)
def test_windows_know_their_row_and_their_place_in_code_points(texts: list[str | None]) -> None:
    planted = [None if text is None else f"{text} jo@example.org" for text in texts]
    batch = windows(pl.Series(planted, dtype=pl.String))
    for row, start, end, chars in zip(
        batch.rows, batch.start_bytes, batch.end_bytes, batch.start_chars, strict=True
    ):
        piece = str(batch.data[start:end], "utf-8")
        assert (planted[row] or "")[chars:].startswith(piece)
    assert set(batch.rows) == {row for row, text in enumerate(planted) if text is not None}


LETTERS = st.text(alphabet="0123456789abcdefXYZ -./", min_size=6, max_size=30)
numbers = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases/pii/national_id_numbers.jsonl")
    .read_text(encoding="utf-8")
    .rstrip()
    .split("\n")
]


@given(st.sampled_from(numbers), LETTERS, LETTERS, st.booleans())
@settings(max_examples=300, deadline=None)
def test_the_quick_look_at_short_fields_loses_nothing(
    number: dict[str, str], before: str, after: str, has_cue: bool
) -> None:
    cue = f"{number['cue']}: " if has_cue else ""
    for text in (f"{before} {cue}{number['value']} {after}", before, f"{before}/{after}"):
        lands = territories(None, number["country"])
        slow = finder._in_window(text, lands, RECOGNISERS)
        assert finder._in_window(text, lands, RECOGNISERS, is_word=True) == slow or any(
            span.type not in {"PHONE_NUMBER", "NATIONAL_ID", "CREDIT_CARD", "IBAN_CODE"}
            for span in slow
        )

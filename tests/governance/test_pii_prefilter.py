"""The prefilter loses nothing, and every hostile line comes to an end."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import pii
from governance.pii import finder
from governance.pii.prefilter import windows
from governance.pii.recogniser import Window
from governance.pii.recognisers import RECOGNISERS
from governance.pii.territories import territories

SIZE_CHARS = 200_000
HOSTILE = {
    "digits": "1",
    "digits and spaces": "1 ",
    "digits and hyphens": "1-2",
    "brackets": "(1)",
    "dotted": "1.2.3.",
    "colons": "2a00::",
    "hexadecimal": "2a00:",
    "schemes": "://a:b@",
    "addresses": "a@",
    "dots": "a@b.",
    "spelled": "a(at)b",
    "quotes": '"a"@',
    "percent": "%40",
    "other script": "ก@ข.",
    "Chinese": "漢@漢。",
    "joiners": "1\u200d2",
    "letters and digits": "A1",
    "account beginnings": "GB82 ",
    "cards": "4111 ",
    "plus signs": "+1",
    "telephone words": "tel 1 ",
    "labelled numbers": "tel: 0123456 ",
    "identity numbers": "38001085718 ",
    "networks": "93.184.216.34 ",
    "placeholders": "[PHONE_NUMBER]1",
}


def series(value: str | None) -> pl.Series:
    return pl.Series([value], dtype=pl.String)


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=lambda recogniser: recogniser.name)
def test_a_hostile_line_comes_to_an_end(unit: str, recogniser: pii.Recogniser) -> None:
    window = Window(unit * (SIZE_CHARS // len(unit)), territories("eng_Latn", "US"))
    assert all(0 <= start < end <= SIZE_CHARS for start, end in recogniser.find(window))


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_document_is_scrubbed_or_fails_alone(unit: str) -> None:
    text = pl.Series([unit * (SIZE_CHARS // 10 // len(unit)), "a@example.org"])
    nulls = pl.Series([None, None], dtype=pl.String)
    scrubbed = pii.scrub(text, nulls, nulls)
    assert scrubbed["failed"][0] == (scrubbed["text"][0] is None)
    assert scrubbed["text"][1] == "[EMAIL_ADDRESS]"


VALUES = ["jo@example.org", "+254 712 345 678", "93.184.216.34", "38001085718", "GB82 WEST"]
NOISE = ["1234 5698 7654 32", "1.2.3.4", "2024-12-31", "3.1415926535", "192.168.1.15", "@"]
PLAIN = ["plain words of no interest to anybody " * 4, "नमस्ते दुनिया " * 9, "漢字" * 50]
parts = st.sampled_from([*VALUES, *NOISE, *PLAIN, "Tel: ", "電話", "\n", " "])


@given(st.lists(parts, max_size=14).map("".join), st.sampled_from(["EE", "US", None]))
@settings(max_examples=300, deadline=None)
def test_windows_find_what_reading_the_whole_text_finds(text: str, country: str | None) -> None:
    found = pii.find(series(text), series(None), series(country)).rows()
    whole = finder._in_window(text, territories(None, country), RECOGNISERS)
    assert found == [(0, span.start, span.end, span.type) for span in whole]


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

"""Finding, masking and scrubbing a batch."""

import io
from collections.abc import Iterator
from dataclasses import replace

import polars as pl
import pytest

from governance import pii
from governance.pii.recogniser import Recogniser, Window
from governance.pii.recognisers import email


def strings(*values: str | None) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


def nothing(rows: int) -> pl.Series:
    return pl.Series([None] * rows, dtype=pl.String)


def explode(window: Window) -> Iterator[tuple[int, int]]:
    if "bomb" in window.text:
        raise ValueError(window.text)
    yield from ()


BOMB: Recogniser = replace(email.RECOGNISER, name="bomb", find=explode)


def test_spans_come_by_row_and_place_with_their_types() -> None:
    text = strings("see", "a@example.org or +254 712 345 678", None, "93.184.216.34")
    spans = pii.find(text, nothing(4), nothing(4))
    assert spans.schema == {
        "row": pl.UInt32,
        "start": pl.UInt32,
        "end": pl.UInt32,
        "type": pl.String,
    }
    assert spans.rows() == [
        (1, 0, 13, "EMAIL_ADDRESS"),
        (1, 17, 33, "PHONE_NUMBER"),
        (3, 0, 13, "IP_ADDRESS"),
    ]


def test_an_empty_batch_and_a_batch_of_nulls_hold_nothing() -> None:
    for text in (strings(), strings(None, None), strings("", "")):
        rows = len(text)
        assert pii.find(text, nothing(rows), nothing(rows)).is_empty()
        scrubbed = pii.scrub(text, nothing(rows), nothing(rows))
        assert scrubbed["text"].to_list() == text.to_list()
        assert scrubbed["privacy"].to_list() == [[]] * rows
        assert scrubbed["failed"].to_list() == [False] * rows


def test_offsets_are_code_points_whatever_the_script() -> None:
    for before in ("é", "漢字", "हिन्दी ", "😀", "e\u0301 "):
        spans = pii.find(strings(before + " x@example.org"), nothing(1), nothing(1))
        assert spans.row(0)[1] == len(before) + 1


def test_a_slice_of_a_series_has_its_own_rows() -> None:
    text = strings("a@example.org", "nothing", "b@example.org", "c@example.org")[2:]
    assert pii.find(text, nothing(2), nothing(2))["row"].to_list() == [0, 1]


def test_counts_of_each_type_stay_in_the_row() -> None:
    text = strings("+254712345678, a@example.org, b@example.org", "none")
    assert pii.scrub(text, nothing(2), nothing(2))["privacy"].to_list() == [
        [
            {"type": "EMAIL_ADDRESS", "count": 2, "treatment": "placeholder"},
            {"type": "PHONE_NUMBER", "count": 1, "treatment": "placeholder"},
        ],
        [],
    ]


def test_counts_have_the_types_of_the_released_column() -> None:
    column = pii.scrub(strings("a"), nothing(1), nothing(1)).schema["privacy"]
    assert column == pl.List(
        pl.Struct({"type": pl.String, "count": pl.Int32, "treatment": pl.String})
    )


def test_masking_without_spans_gives_the_texts_back() -> None:
    text = strings("a", None)
    assert pii.mask(text, pii.find(text, nothing(2), nothing(2))).to_list() == ["a", None]


def test_masking_leaves_the_texts_it_was_given_alone() -> None:
    text = strings("a@example.org")
    pii.mask(text, pii.find(text, nothing(1), nothing(1)))
    assert text.to_list() == ["a@example.org"]


def test_urls_ids_and_titles_are_scrubbed_like_text() -> None:
    fields = strings(
        "https://example.org/users/jane%40example.org/",
        "https://amina:s3cret@example.org/?tel=%2B254712345678",
        "urn:x:38001085718",
        "Simu: 0712 345 678",
        "https://example.org/2024/01/15/12345678/",
    )
    countries = strings(None, None, "EE", "KE", "KE")
    assert pii.scrub(fields, nothing(5), countries)["text"].to_list() == [
        "https://example.org/users/[EMAIL_ADDRESS]/",
        "https://[URL_CREDENTIALS]@example.org/?tel=[PHONE_NUMBER]",
        "urn:x:[NATIONAL_ID]",
        "Simu: [PHONE_NUMBER]",
        "https://example.org/2024/01/15/12345678/",
    ]


def test_a_recogniser_that_fails_costs_its_own_row_and_leaks_nothing() -> None:
    text = strings("a@example.org", "b@example.org is a bomb", "c@example.org")
    scrubbed = pii.scrub(text, nothing(3), nothing(3), (*pii.RECOGNISERS, BOMB))
    assert scrubbed["text"].to_list() == ["[EMAIL_ADDRESS]", None, "[EMAIL_ADDRESS]"]
    assert scrubbed["failed"].to_list() == [False, True, False]
    assert scrubbed["privacy"].to_list()[1] == []


def nulled(*values: str, keep: list[bool]) -> pl.Series:
    frame = pl.DataFrame({"text": values, "keep": keep})
    return frame.select(pl.when("keep").then("text").alias("text"))["text"]


def test_text_under_a_null_is_not_read() -> None:
    text = nulled("a@example.org hidden", "b@example.org", keep=[False, True])
    assert pii.find(text, nothing(2), nothing(2))["row"].to_list() == [1]
    assert pii.scrub(text, nothing(2), nothing(2))["text"].to_list() == [None, "[EMAIL_ADDRESS]"]


def test_no_bytes_of_a_failed_text_stay_under_its_null() -> None:
    text = strings("a@example.org", "b@example.org is a bomb of more than twelve bytes")
    scrubbed = pii.scrub(text, nothing(2), nothing(2), (*pii.RECOGNISERS, BOMB))
    written = io.BytesIO()
    scrubbed.write_ipc(written, compression="uncompressed")
    buffers = scrubbed["text"].to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()
    assert b"bomb" not in written.getvalue()
    assert not any(buffer and b"bomb" in buffer.to_pybytes() for buffer in buffers)


def test_findings_that_uncover_each_other_without_end_fail_the_row() -> None:
    text = strings("+254712345678" * 40, "+254712345678" * 4)
    scrubbed = pii.scrub(text, nothing(2), nothing(2))
    assert scrubbed["failed"].to_list() == [True, False]
    assert scrubbed["text"].to_list() == [None, "[PHONE_NUMBER]" * 4]


@pytest.mark.parametrize("country", [None, "INT", "XX", "any", "", "ke "])
def test_any_country_is_taken_and_an_unknown_one_means_unknown(country: str | None) -> None:
    text = strings("0712 345 678 and +254 712 345 678")
    masked = pii.scrub(text, strings("not a tag!"), strings(country))["text"][0]
    known = country == "ke "
    assert masked == ("[PHONE_NUMBER]" if known else "0712 345 678") + " and [PHONE_NUMBER]"


def test_of_overlapping_findings_the_longest_names_the_type_and_nothing_is_left_over() -> None:
    text = strings("IBAN NO93 8601 1117 947 tel")
    assert pii.scrub(text, nothing(1), strings("NO"))["text"][0] == "IBAN [IBAN_CODE] tel"

"""The promises of masking, on texts that hypothesis puts together from the parts that hurt."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import pii

VALUES = [
    "amina@example.org",
    "rené.güven@example.com",
    "संपर्क@उदाहरण.भारत",
    "info＠example.co.jp",
    "jo(at)example.net",
    "u=jo%40example.org",
    "+254 712 345 678",
    "+91 98765 43210",
    "+8613123456849",
    "0712 345 678",
    "(01) 234 20 73",
    "٠٩١٢٣٤٥٦٧٨٩",
    "+۹۸ ۹۱۲ ۳۴۵ ۶۷۸۹",
    "৮৮০১৭১২৩৪৫৬৭৮",
    "93.184.216.34",
    "2606:2800:220:1:248:1893:25c8:1946",
    "::ffff:93.184.216.34",
    "192.168.1.1",
    "1.2.3.4",
    "GB82 WEST 1234 5698 7654 32",
    "NO9386011117947",
    "4111 1111 1111 1111",
    "5105105105105100",
    "378282246310005",
    "38001085718",
    "131052-308T",
    "155.535.484-03",
    "12345678Z",
    "ftp://amina:s3cret@files.example.org/",
    "postgres://a:b@localhost/x",
]
NOISE = [
    "lodash@4.17.21",
    "logo@2x.png",
    "git@github.com",
    "ISBN 978-0-306-40615-7",
    "2024-12-31",
    "12 345 678",
    "3.14159265",
    "[PHONE_NUMBER]",
    "[EMAIL_ADDRESS]",
    "@",
    "＠",
    "://",
    "::",
    "(",
    ")",
    "\u200f",
    "\u200d",
    "%40",
    "+",
    "00",
    "v",
    "#",
    "_",
]
CUES = ["Tel: ", "هاتف: ", "โทร", "电话：", "PESEL ", "Isikukood: ", "card ", "IP ", "Order no. "]
JOINTS = ["", " ", "  ", "\n", ", ", "-", ".", "/", "。", "และ", "، "]

parts = st.sampled_from(VALUES) | st.sampled_from(NOISE) | st.sampled_from(CUES)
words = parts | st.text(max_size=8) | st.from_regex(r"[0-9]{1,12}", fullmatch=True)
texts = st.lists(st.tuples(words, st.sampled_from(JOINTS)), max_size=12).map(
    lambda pairs: "".join(word + joint for word, joint in pairs)
)
tags = st.sampled_from([None, "est_Latn", "swh_Latn", "arb_Arab", "zho_Hans", "eng_Latn"])
countries = st.sampled_from([None, "INT", "EE", "KE", "FI", "BR", "ES", "US", "CN", "XX"])


def series(value: str | None) -> pl.Series:
    return pl.Series([value], dtype=pl.String)


@given(texts, tags, countries)
@settings(max_examples=400, deadline=None)
def test_masking_twice_changes_nothing_more(
    text: str, language: str | None, country: str | None
) -> None:
    once = pii.scrub(series(text), series(language), series(country))
    if once["failed"][0]:
        return
    twice = pii.scrub(once["text"], series(language), series(country))
    assert twice["text"][0] == once["text"][0]
    assert twice["privacy"][0].to_list() == []


@given(texts, tags, countries)
@settings(max_examples=200, deadline=None)
def test_text_outside_the_spans_is_unchanged_and_spans_never_overlap(
    text: str, language: str | None, country: str | None
) -> None:
    spans = pii.find(series(text), series(language), series(country))
    masked = pii.mask(series(text), spans)[0]
    place = rest = 0
    for _, start, end, kind in spans.iter_rows():
        assert place <= start < end <= len(text)
        assert masked[rest:].startswith(text[place:start] + f"[{kind}]")
        rest += start - place + len(kind) + 2
        place = end
    assert masked[rest:] == text[place:]


@given(st.lists(texts, max_size=6), countries)
@settings(max_examples=50, deadline=None)
def test_a_text_is_masked_the_same_alone_and_in_any_batch(
    batch: list[str], country: str | None
) -> None:
    nulls = pl.Series([None] * len(batch), dtype=pl.String)
    lands = pl.Series([country] * len(batch), dtype=pl.String)
    together = pii.scrub(pl.Series(batch, dtype=pl.String), nulls, lands)["text"].to_list()
    alone = [pii.scrub(series(text), series(None), series(country))["text"][0] for text in batch]
    assert together == alone


@given(st.sampled_from(VALUES[:8]), st.text(alphabet="абвгдежзи ကခဂ ሀለሐ 漢字", max_size=30))
@settings(max_examples=100, deadline=None)
def test_offsets_are_code_points_of_the_text_as_given(value: str, before: str) -> None:
    text = f"{before} {value} ."
    spans = pii.find(series(text), series(None), series(None))
    found = [text[start:end] for _, start, end, _ in spans.iter_rows()]
    expected = value.removeprefix("u=") if "%40" in value else value
    assert expected in found

"""Direction, digits and marks of a language, told from its script and its text."""

import polars as pl
import pytest

from lang_models.calibrate.traits import digits, sentence_ends, written

ASCII = "0123456789"


@pytest.mark.parametrize(
    ("tag", "direction", "words"),
    [("swh_Latn", "ltr", "spaces"), ("uig_Arab", "rtl", "spaces"), ("div_Thaa", "rtl", "spaces"),
     ("nqo_Nkoo", "rtl", "spaces"), ("tha_Thai", "ltr", "characters"),
     ("bod_Tibt", "ltr", "characters"), ("jpn_Jpan", "ltr", "characters"),
     ("kor_Hang", "ltr", "spaces"), ("amh_Ethi", "ltr", "spaces")],
)  # fmt: skip
def test_a_script_says_how_it_runs_and_how_its_words_are_parted(tag, direction, words):
    assert written(tag) == {"script": tag[4:], "direction": direction, "words": words}


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("npi_Deva", "सन् २०८१ र २०८२", ("०१२३४५६७८९",)),
        ("mya_Mymr", "၂၀၂၆ ခုနှစ် ၁၁ လ", ("၀၁၂၃၄၅၆၇၈၉",)),
        ("pes_Arab", "سال ۱۴۰۵ و ۱۴۰۴", ("۰۱۲۳۴۵۶۷۸۹",)),
        ("arb_Arab", "عام ٢٠٢٦ أو 2026 أو 2027", (ASCII, "٠١٢٣٤٥٦٧٨٩")),
        ("hau_Latn", "shekara ta 2026 da 2027", (ASCII,)),
    ],
)
def test_digits_are_those_that_the_text_is_written_with(tag, text, expected):
    assert digits(tag, pl.Series([text] * 12)) == expected


def test_a_text_with_hardly_a_digit_gets_those_of_its_script():
    text = pl.Series(["ᱚᱞ ᱪᱤᱠᱤ"])
    assert digits("sat_Olck", text) == ("᱐᱑᱒᱓᱔᱕᱖᱗᱘᱙", ASCII)
    assert digits("jpn_Jpan", text) == (ASCII,)
    assert digits("swh_Latn", pl.Series([], dtype=pl.String)) == (ASCII,)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["पहला वाक्य।", "दूसरा वाक्य।", "तीसरा?"], ("।", "?")),
        (["ሰላም ነው።", "እንዴት ነህ፧"], ("።", "፧")),
        (["これは文です。", "「そうですか？」", "はい。"], ("。", "？")),
        (["یہ ایک جملہ ہے۔", "کیا یہ سچ ہے؟"], ("؟", "۔")),
        (["ประโยคนี้ไม่มีเครื่องหมาย", "อีกประโยค"], ()),
    ],
)
def test_marks_that_end_sentences_are_those_at_the_ends_of_lines(lines, expected):
    assert sentence_ends(pl.Series(["\n".join(lines)])) == expected


def test_a_mark_that_is_hardly_used_is_none_of_the_language():
    lines = ["Sentensi."] * 99 + ["सन्।"]
    assert sentence_ends(pl.Series(lines)) == (".",)

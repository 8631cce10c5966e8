import unicodedata

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from lang_models.composition import compose, suspect
from tests.golden import rows

MARKED = st.text(
    st.characters(categories=["L", "M"])
    | st.sampled_from("aeo\u0301\u0323\u0327\u05b8\u05bc\u064e\u0651")
)


@given(st.one_of(st.text(), MARKED))
def test_no_text_that_is_not_composed_is_overlooked(text):
    if not unicodedata.is_normalized("NFC", text):
        assert pl.Series([text]).str.contains(suspect())[0]


def test_every_character_that_composition_replaces_is_suspected():
    replaced = [
        chr(point)
        for point in range(0x110000)
        if not 0xD800 <= point < 0xE000 and unicodedata.normalize("NFC", chr(point)) != chr(point)
    ]
    assert len(replaced) > 1000
    assert pl.Series(replaced).str.contains(suspect()).all()


@given(st.one_of(st.text(), MARKED))
def test_composing_is_what_python_calls_nfc(text):
    assert compose(pl.Series([text]))[0] == unicodedata.normalize("NFC", text)


def test_composed_text_of_most_scripts_is_not_suspected():
    composed = pl.Series([row["expected"] for row in rows("normalise/sound.jsonl")])
    assert composed.str.contains(suspect()).mean() < 0.3

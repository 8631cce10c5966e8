import unicodedata
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang_models.normalise import normalise
from lang_models.repairs import REPAIRS
from tests.golden import cases, rows

#: What the repairs look at, and letters that NFC joins, more often than chance would give them.
TRICKY = st.text(
    st.sampled_from(
        "ab \t\n\r\x00\x08\x1b[m\x7f\x80\x85\x92\x9fÂÃÄÅâ€™œ©§¨±¼ВГДЕРСЃЏ°Ñ\xa0\xad"
        "e\u0301\u0323\u0302\u3099か\u0915\u093c\u0995\u09c7\u09be\u1112\u1161\u11ab"
        "\u1019\u1000\u1031\u1039\u103a\u103b\u1060ﻻﺳﻡअा\u0d28\u0d4d\u200d\u0e40\u0e4d\u0e32"
        "\u200b\u200c\u200d\u200e\u202d\u202e\u2028\ufeff\ufffd\ufffe\U0001f3f4\U000e0067\U000e007fក"
    )
)
SCHEMA = {
    "text": pl.String, "repairs": pl.List(pl.String), "flags": pl.List(pl.String),
    "unreadable_share": pl.Float64,
}  # fmt: skip


def one(text: str) -> tuple[str, list[str]]:
    return normalise(pl.Series([text])).row(0)[:2]


@pytest.mark.parametrize("case", cases("normalise/repairs.jsonl"))
def test_a_damaged_text_is_repaired_as_written_and_says_so(case):
    assert one(case["text"]) == (case["expected"], case["repairs"])


@pytest.mark.parametrize("case", cases("normalise/mojibake.jsonl"))
def test_mojibake_is_undone_and_what_only_looks_like_it_stays(case):
    assert one(case["text"])[0] == case["expected"]


@pytest.mark.parametrize("case", cases("normalise/sound.jsonl"))
def test_sound_text_of_every_script_stays_as_it_is_but_for_composition(case):
    text, repairs = one(case["text"])
    assert text == case["expected"] == unicodedata.normalize("NFC", case["text"])
    assert set(repairs) <= {"nfc"}


def test_the_sound_cases_cover_thirty_scripts_and_more():
    assert len({row["label"][:4] for row in rows("normalise/sound.jsonl")}) >= 30


@given(st.one_of(st.text(), TRICKY))
def test_normalising_twice_changes_nothing_more(text):
    once, _ = one(text)
    assert one(once) == (once, [])


@given(st.one_of(st.text(), TRICKY))
def test_what_is_left_is_composed_and_without_controls(text):
    once, _ = one(text)
    assert unicodedata.is_normalized("NFC", once)
    assert not [
        letter for letter in once if unicodedata.category(letter) == "Cc" and letter not in "\t\n"
    ]
    assert not set(once) & set("\ufeff\u202d\u202e\u2028\u2029\ufffe\uffff")


@given(st.one_of(st.text(), TRICKY))
def test_a_repair_is_named_exactly_when_the_text_has_changed(text):
    once, repairs = one(text)
    assert bool(repairs) == (once != text)
    assert repairs == [repair.name for repair in REPAIRS if repair.name in repairs]


@given(st.one_of(st.text(), TRICKY))
def test_no_repair_changes_a_text_that_its_suspicion_overlooks(text):
    column = pl.Series([text])
    for repair in REPAIRS:
        if repair.apply(column)[0] != text:
            assert column.str.contains(repair.suspect())[0], repair.name


@given(st.lists(st.one_of(st.none(), TRICKY), max_size=6))
def test_a_text_comes_out_the_same_in_whatever_batch_it_was(texts):
    together = normalise(pl.Series(texts, dtype=pl.String))
    apart = [normalise(pl.Series([text], dtype=pl.String)).row(0) for text in texts]
    assert together.rows() == apart


@given(st.text(st.characters(categories=["L", "M", "N", "Z"], exclude_characters="\u2028\u2029")))
def test_every_mark_and_letter_stays(text):
    once, repairs = one(text)
    if set(repairs) <= {"nfc"}:
        assert unicodedata.normalize("NFD", once) == unicodedata.normalize("NFD", text)


def test_no_text_stays_no_text_and_has_no_repairs():
    frame = normalise(pl.Series([None, "", "habari"], dtype=pl.String))
    assert frame["text"].to_list() == [None, "", "habari"]
    assert frame.drop("text").rows() == [([], [], 0.0)] * 3
    assert frame.schema == SCHEMA


def test_an_empty_batch_stays_empty():
    frame = normalise(pl.Series([], dtype=pl.String))
    assert frame.is_empty()
    assert frame.schema == SCHEMA


def test_a_batch_that_was_cut_out_of_another_is_repaired_in_its_place():
    whole = pl.Series(["a\r", "b", "c\r", "d"])
    assert normalise(whole.slice(1, 2))["text"].to_list() == ["b", "c\n"]
    assert whole.to_list() == ["a\r", "b", "c\r", "d"]


def test_every_repair_has_its_own_name_and_a_golden_case():
    names = [repair.name for repair in REPAIRS]
    assert len(set(names)) == len(names)
    shown = {name for row in rows("normalise/repairs.jsonl") for name in row["repairs"]}
    assert shown == set(names)


def test_every_repair_is_explained_in_the_documentation():
    page = (Path(__file__).parents[2] / "docs" / "normalisation.md").read_text(encoding="utf-8")
    assert [repair.name for repair in REPAIRS if f"| `{repair.name}` |" not in page] == []

import importlib
import pkgutil
import re
import unicodedata
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langcodes import tag_is_valid

from lang_models import spelling
from lang_models.normalise import normalise
from lang_models.spelling import ANY_LANGUAGE, FAMILIES, RULES, spell
from lang_models.spelling.arabic_forms import has_visual_order
from lang_models.spelling.burmese import is_doubtful
from tests.golden import cases, rows

PAGE = (Path(__file__).parents[2] / "docs" / "normalisation.md").read_text(encoding="utf-8")
TAGS = sorted(set().union(*(rule.tags for rule in RULES)))
#: What the rules look at, more often than chance would give it.
TRICKY = st.text(
    st.sampled_from(
        "aeiougyn sdmtAOGY'‘’ʻʼ`´\n ŞşŢţȘștüğ\u0307\u0301\u0302\u0304\u0323\u0329\u031f"
        "ýấÐĐɖēọẹṣ يىكهیکۀةہھگبا\u200c\u064eلل٤۴ कड़ि़ी\u094d\u200dः:दुननि"
        "অাত্ৎদুরഅന്ൻലർ\u0a05\u0a3e\u0e40\u0e4d\u0e48\u0e32\u0ecd\u0eb2\u0ec0ﻻﺳﻡﷺﮐ"
        "\u1019\u1000\u1004\u1031\u1039\u103a\u103b\u103c\u103e\u1040\u1064\u1060\u107e\u1037\u1038"
    ),
    max_size=30,
)


def one(text: str, tag: str | None) -> tuple[str, list[str]]:
    return spell(pl.Series([text]), pl.Series([tag], dtype=pl.String)).row(0)


def composed(text: str) -> str:
    return normalise(pl.Series([text]))["text"][0]


@pytest.mark.parametrize("case", cases("normalise/spellings.jsonl"))
def test_the_letters_of_a_language_are_spelt_as_written_and_what_looks_like_it_stays(case):
    assert one(composed(case["text"]), case["tag"]) == (case["expected"], case["spellings"])


@pytest.mark.parametrize("case", cases("normalise/sound.jsonl"))
def test_sound_text_of_every_script_stays_whatever_language_it_is_taken_for(case):
    others = [tag for tag in TAGS if tag[-4:] != case["label"][:4]]
    text = pl.Series([composed(case["text"])] * len(others))
    assert spell(text, pl.Series(others))["text"].unique().to_list() == [text[0]]


def test_the_declaration_in_fifty_languages_of_thirty_scripts_stays_as_it_is():
    found = rows("identify/udhr.jsonl")
    text = normalise(pl.Series([row["text"] for row in found]))["text"]
    spelt = spell(text, pl.Series([row["label"] for row in found]))
    changed = {
        row["label"] for row, old, new in zip(found, text, spelt["text"], strict=True) if old != new
    }
    assert len(found) >= 50
    assert changed == set()


def test_every_rule_by_language_has_a_case_that_it_changes():
    shown = {name for row in rows("normalise/spellings.jsonl") for name in row["spellings"]}
    assert shown == {rule.name for rule in RULES if rule.tags}


def test_cases_that_stay_cover_fifteen_scripts_and_more():
    stay = [row["tag"] for row in rows("normalise/spellings.jsonl") if not row["spellings"]]
    assert len({tag[-4:] for tag in stay}) >= 15


def test_a_letter_that_one_language_changes_stays_in_every_other_language():
    text = pl.Series(["şi ţara"] * 4)
    tag = pl.Series(["ron_Latn", "tur_Latn", None, "und_Latn"])
    assert spell(text, tag)["text"].to_list() == ["și țara", "şi ţara", "şi ţara", "şi ţara"]


@settings(max_examples=10)
@given(st.lists(TRICKY, min_size=20, max_size=40))
def test_spelling_twice_or_normalising_what_is_spelt_changes_nothing_more(texts):
    text = normalise(pl.Series(texts * len(TAGS), dtype=pl.String))["text"]
    tag = pl.Series([tag for tag in TAGS for _ in texts])
    once = spell(text, tag)
    assert once["spellings"].list.len().gt(0).to_list() == (once["text"] != text).to_list()
    assert all(unicodedata.is_normalized("NFC", spelt) for spelt in once["text"])
    assert spell(once["text"], tag)["text"].to_list() == once["text"].to_list()
    assert normalise(once["text"])["text"].to_list() == once["text"].to_list()


@settings(max_examples=10)
@given(st.lists(TRICKY, min_size=20, max_size=60))
def test_no_rule_changes_a_text_that_its_suspicion_overlooks(texts):
    column = normalise(pl.Series(texts, dtype=pl.String))["text"]
    for rule in RULES:
        unsuspected = column.filter(~column.str.contains(rule.suspect))
        assert rule.apply(unsuspected).to_list() == unsuspected.to_list(), rule.name


@settings(max_examples=20)
@given(
    st.lists(st.tuples(st.one_of(st.none(), TRICKY), st.sampled_from([*TAGS, None])), max_size=5)
)
def test_a_text_is_spelt_the_same_in_whatever_batch_it_was(documents):
    text = pl.Series(
        [None if one is None else composed(one) for one, _ in documents], dtype=pl.String
    )
    tag = pl.Series([tag for _, tag in documents], dtype=pl.String)
    apart = [spell(text[at : at + 1], tag[at : at + 1]).row(0) for at in range(len(text))]
    assert spell(text, tag).rows() == apart


def test_no_text_stays_no_text_and_an_empty_batch_stays_empty():
    assert spell(pl.Series([None], dtype=pl.String), pl.Series(["ron_Latn"])).rows() == [(None, [])]
    nothing = spell(pl.Series([], dtype=pl.String), pl.Series([], dtype=pl.String))
    assert nothing.schema == {"text": pl.String, "spellings": pl.List(pl.String)}
    assert nothing.is_empty()


def test_every_file_of_rules_is_in_the_list_and_every_rule_has_its_own_name():
    files = {module.name for module in pkgutil.iter_modules(spelling.__path__)}
    listed = {family.__name__.rpartition(".")[2] for family in FAMILIES}
    assert {name for name in files if not name.startswith("_")} == listed
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(importlib.import_module(family.__name__).RULES for family in FAMILIES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_names_languages_and_a_dated_source_and_stands_in_the_documentation(rule):
    assert all(re.fullmatch(r"[a-z]{3}_[A-Z][a-z]{3}", tag) for tag in rule.tags)
    assert all(tag_is_valid(tag.replace("_", "-")) for tag in rule.tags)
    assert any(str(year) in rule.source for year in range(1990, 2027)), rule.source
    assert f"| `{rule.name}` |" in PAGE
    assert all(f"`{tag}`" in PAGE for tag in rule.tags)
    assert rule.about in PAGE
    assert rule.source in PAGE


def test_the_rules_by_script_alone_are_few_and_name_no_language():
    assert [rule.name for rule in ANY_LANGUAGE] == [
        "zawgyi", "arabic-shapes", "indic-vowel-letters", "malayalam-chillus",
        "bengali-khanda-ta", "thai-lao-vowels",
    ]  # fmt: skip


def test_a_line_in_two_burmese_encodings_is_doubtful_and_one_in_either_is_not():
    assert is_doubtful("ျမန္မာ နိုင်ငံ ေတာင်း ကြောင်း မြို့")
    assert not is_doubtful("မြန်မာနိုင်ငံ၏ မြို့တော်")
    assert not is_doubtful(composed("ျမန္မာႏိုင္ငံ၏ ၿမိဳ႕ေတာ္"))


def test_arabic_shapes_in_the_order_of_the_eye_are_told_by_how_they_join():
    assert has_visual_order("ﻡﻼﺴﻟﺍ")
    assert not has_visual_order("ﺍﻟﺴﻼﻡ")


def test_marks_stand_in_their_order_after_a_letter_was_parted():
    spelt = spell(pl.Series(["\u06c0\u1037"]), pl.Series(["pes_Arab"]))["text"]
    assert spelt.to_list() == ["\u0647\u1037\u0654"]
    assert normalise(spelt)["text"].to_list() == spelt.to_list()

import pkgutil
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lang_models import legacy
from lang_models.legacy import ENCODINGS, UNREADABLE_RULE, UNREADABLE_SHARE, tell
from lang_models.legacy._legacy import font
from lang_models.normalise import normalise
from lang_models.scripts import count
from lang_models.spelling import ANY_LANGUAGE
from tests.golden import cases, rows
from tests.tools.sample_parts.raw import documents

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "normalisation.md").read_text(encoding="utf-8")
#: Rules by script that real text of the samples needs, and the languages that it is in.
NEEDED = {"malayalam-chillus": "Mlym", "bengali-khanda-ta": "Beng"}
DECLARATION = {
    "windows-1251": "Все люди рождаются свободными и равными в своем достоинстве и правах.",
    "koi8-r": "Все люди рождаются свободными и равными в своем достоинстве и правах.",
    "iso8859-7": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια.",
    "windows-1255": "כל בני אדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
    "windows-1256": "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق.",
    "tis-620": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
}


def one(text: str) -> tuple[list[str], float]:
    return tell(pl.Series([text])).row(0)


@pytest.mark.parametrize("case", cases("normalise/legacy.jsonl"))
def test_text_of_a_legacy_font_is_flagged_and_what_looks_like_it_is_not(case):
    found = normalise(pl.Series([case["text"]])).row(0, named=True)
    assert found["flags"] == case["flags"]
    assert (found["unreadable_share"] > UNREADABLE_SHARE) == bool(case["flags"])


def test_every_encoding_has_a_case():
    assert {flag for row in rows("normalise/legacy.jsonl") for flag in row["flags"]} == {
        encoding.name for encoding in ENCODINGS
    }


@pytest.mark.parametrize("encoding", DECLARATION)
def test_another_alphabet_read_as_western_european_is_flagged(encoding):
    seen = DECLARATION[encoding].encode(encoding).decode("latin-1")
    found = normalise(pl.Series([seen])).row(0, named=True)
    assert found["flags"] == ["single-byte"]
    assert found["unreadable_share"] > UNREADABLE_SHARE


@pytest.fixture(scope="module")
def samples() -> pl.Series:
    return pl.Series([text for name, text in documents(ROOT / "samples") if "/broken/" not in name])


def test_no_real_text_of_forty_scripts_is_flagged(samples):
    found = normalise(samples)
    assert len(count(samples).scripts) >= 40
    assert found.filter(pl.col("flags").list.len() > 0).is_empty()


def test_rules_by_script_change_real_text_of_forty_scripts_only_where_they_are_for(samples):
    found = normalise(samples)
    made = set(found["repairs"].explode().drop_nulls())
    assert made & {rule.name for rule in ANY_LANGUAGE} == set(NEEDED)
    for name, script in NEEDED.items():
        letters = count(samples.filter(found["repairs"].list.contains(name)))
        own = letters.letters[:, letters.scripts.index(script)]
        assert len(own)
        assert (own > letters.letters.sum(axis=1) / 2).all()


def test_a_quotation_in_a_legacy_font_is_flagged_and_its_document_stays_readable():
    page = "Before Unicode this was Hindi as everybody wrote it in an office of the state.\n" * 20
    page += 'lHkh euq";ksa dks vf/kdkj vkSj lekurk izkIr gSA\n'
    flags, share = one(page)
    assert flags == ["kruti-dev"]
    assert 0 < share < UNREADABLE_SHARE


def test_no_text_and_an_empty_batch_have_no_flags():
    assert tell(pl.Series([None, ""], dtype=pl.String)).rows() == [([], 0.0), ([], 0.0)]
    nothing = tell(pl.Series([], dtype=pl.String))
    assert nothing.schema == {"flags": pl.List(pl.String), "unreadable_share": pl.Float64}


@settings(max_examples=10)
@given(
    st.lists(st.sampled_from([row["text"] for row in rows("normalise/legacy.jsonl")]), max_size=4)
)
def test_a_text_is_told_the_same_in_whatever_batch_it_was(texts):
    together = normalise(pl.Series(texts, dtype=pl.String))
    assert together.rows() == [normalise(pl.Series([text])).row(0) for text in texts]


@given(st.text())
def test_any_text_at_all_gets_a_share_between_nothing_and_all(text):
    flags, share = one(text)
    assert 0.0 <= share <= 1.0
    assert (share > 0) == bool(flags)


def test_a_font_is_told_by_three_of_its_words_and_not_by_one_word_over_and_over():
    made = font("made", "nothing", "invented 2026-11-25", words="xqx zvz kwk")
    rest = " and so it goes on" * 20
    assert made.share("xqx zvz kwk" + rest) == 1.0
    assert made.share("xqx " * 3 + rest) == 0.0
    assert made.share("xqx zvz" + rest) == 0.0
    assert made.share("xqx zvz") == 1.0


def test_every_file_of_an_encoding_is_in_the_list_once():
    files = [one.name for one in pkgutil.iter_modules(legacy.__path__) if one.name[0] != "_"]
    assert sorted(files) == sorted(encoding.name.replace("-", "_") for encoding in ENCODINGS)


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda one: one.name)
def test_every_encoding_has_a_dated_source_and_stands_in_the_documentation(encoding):
    assert any(str(year) in encoding.source for year in range(1990, 2027))
    assert f"| `{encoding.name}` |" in PAGE
    assert encoding.about in PAGE


def test_the_rule_and_its_limit_stand_in_the_documentation():
    assert f"`{UNREADABLE_RULE}`" in PAGE

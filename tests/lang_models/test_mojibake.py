import polars as pl
import pytest
from ftfy.badness import is_bad
from hypothesis import given
from hypothesis import strategies as st

from lang_models.mojibake import mend, suspect
from tests.golden import rows

SENTENCES = {
    "fra": "L'être humain naît libre, égal en dignité et en droits, où qu'il soit né.",
    "pol": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw.",
    "epo": "Ĉiuj homoj estas denaske liberaj kaj egalaj laŭ digno kaj rajtoj, ĉie.",
    "yor": "Gbogbo ènìyàn ni a bí ní òmìnira; iyì àti ẹ̀tọ́ kọ̀ọ̀kan sì dọ́gba.",
    "rus": "Все люди рождаются свободными и равными в своём достоинстве и правах.",
    "ell": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια.",
    "heb": "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
    "hin": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतंत्रता प्राप्त है।",
    "tha": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
    "zho": "人人生而自由，在尊严和权利上一律平等。",
    "kor": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_utf_8_read_as_latin_1_comes_back(language):
    text = SENTENCES[language]
    assert mend(text.encode("utf-8").decode("latin-1")) == text


@pytest.mark.parametrize("language", ["fra", "pol", "epo", "yor"])
def test_a_latin_text_read_as_windows_1251_comes_back(language):
    text = SENTENCES[language]
    assert mend(text.encode("utf-8").decode("windows-1251", "replace")) == text


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sound_sentence_stays(language):
    assert mend(SENTENCES[language]) == SENTENCES[language]


def test_only_the_broken_lines_of_a_mixed_page_are_mended():
    page = "日本語の行\nGestiÃ³n de la informaciÃ³n\n한국어"
    assert mend(page) == "日本語の行\nGestión de la información\n한국어"


def test_mojibake_of_mojibake_is_undone_to_the_end():
    text = once = SENTENCES["fra"]
    for _ in range(3):
        once = once.encode("utf-8").decode("latin-1")
        assert mend(once) == text


@given(st.text())
def test_what_ftfy_suspects_is_suspected_here_too(text):
    text = text.replace("\x85", "")
    if is_bad(text):
        assert pl.Series([text]).str.contains(suspect())[0]


def test_ftfy_and_the_expression_made_of_it_agree_on_all_golden_cases():
    texts = [row["text"] for row in rows("normalise/mojibake.jsonl")]
    found = pl.Series(texts).str.contains(suspect())
    assert [text for text, hit in zip(texts, found, strict=True) if is_bad(text) and not hit] == []


def test_a_next_line_character_alone_is_no_mojibake():
    assert not pl.Series(["uno\x85due"]).str.contains(suspect())[0]

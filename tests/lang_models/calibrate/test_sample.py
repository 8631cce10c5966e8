"""Which text is chosen to measure a language on, and why the rest is left out."""

import polars as pl
import pytest

from lang_models.calibrate import sample
from lang_models.calibrate.sample import MOST_ROWS, choose, refuse_single, spread
from schemas.errors import InputError
from tests.lang_models.calibrate.texts import made, sentences

SWAHILI = ["watu", "wote", "wamezaliwa", "huru", "na", "hadhi", "haki", "sawa", "ya", "kwa"]


def _rows(texts, source="law"):
    return pl.DataFrame(
        {"source": [source] * len(texts), "text": texts}, schema_overrides={"text": pl.String}
    )


def test_copies_blank_rows_and_other_scripts_are_left_out_and_counted():
    good = sentences(SWAHILI, 200)
    odd = [None, " \n ", good[0], "Все люди рождаются свободными и равными " * 3]
    chosen = choose("swh_Latn", _rows([*good, *odd]), None)
    assert set(chosen.text["text"]) == set(good)
    copies = len(good) - len(set(good)) + 1
    assert chosen.left_out == {"without text": 2, "a second time": copies, "not in Latn": 1}


def test_names_of_programs_among_dense_characters_do_not_make_a_page_latin():
    page = "打开 LibreOffice Writer 文档，然后选择工具菜单中的选项。" * 40
    code = "printf(format, value); return success; 完成 " * 60
    chosen = choose("cmn_Hans", _rows([page, code]), None, least_words=100)
    assert chosen.text["text"].to_list() == [page]


def test_a_large_source_is_thinned_evenly():
    texts = [f"sentensi ya {number} ni hii hapa" for number in range(MOST_ROWS * 2)]
    chosen = choose("swh_Latn", _rows(texts), None)
    assert len(chosen.text) == MOST_ROWS
    assert chosen.left_out == {"more than enough of a source": MOST_ROWS}
    kept = chosen.text["text"].to_list()
    assert texts.index(kept[0]) < 2 < len(texts) - 3 < texts.index(kept[-1])


class _Reader:
    """Calls whatever is about freedom English, for the share that is said."""

    def identify(self, text):
        shares = [{"tag": "eng_Latn", "share": 0.4 if "freedom" in one else 0.1} for one in text]
        return pl.Series([{"tag": "swh_Latn", "segments": [share]} for share in shares])


def test_pages_in_english_for_a_part_are_left_out_and_short_rows_are_not():
    page = " ".join(sentences(SWAHILI, 40))
    half = page + " freedom of thought" * 20
    rows = _rows([page, half, *sentences(SWAHILI, 100), "freedom na haki"])
    chosen = choose("swh_Latn", rows, _Reader())
    assert half not in chosen.text["text"]
    assert {page, "freedom na haki"} <= set(chosen.text["text"])
    assert chosen.left_out["in English for a part"] == 1
    assert half in choose("swh_Latn", rows, None).text["text"]


def test_too_little_text_is_refused_in_one_sentence():
    with pytest.raises(
        InputError, match=r"^swh_Latn: too little text, 5 words; give at least 1,000"
    ):
        choose("swh_Latn", _rows(["moja mbili tatu nne tano"]), None)
    with pytest.raises(InputError, match="0 words"):
        choose("swh_Latn", _rows([None]), None)


def test_many_languages_at_once_each_need_text_of_several_kinds():
    alone = made("swh_Latn", law=sentences(SWAHILI, 200), tales=["fupi sana"])
    with pytest.raises(InputError, match="1 sources of 1,000 words; give 2"):
        refuse_single(alone, 2)
    refuse_single(alone, 1)


def test_spread_keeps_small_groups_whole():
    rows = pl.DataFrame({"tag": ["a"] * 5 + ["b"] * 100, "n": range(105)})
    kept = spread(rows, "tag", 10)
    assert kept.group_by("tag", maintain_order=True).len().rows() == [("a", 5), ("b", 10)]
    assert sample.spread(rows.clear(), "tag", 10).is_empty()

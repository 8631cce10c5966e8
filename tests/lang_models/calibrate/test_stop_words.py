from dataclasses import replace

import polars as pl
import pytest

from lang_models.calibrate.pieces import pieces
from lang_models.calibrate.stop_words import LEAST_PIECES, choose, given
from lang_models.profile import StopWords
from tests.lang_models.calibrate.texts import AIM, DAY, made, pages, sentences

#: So many that none of them is in a twentieth of the pieces.
FILLER = [f"{a}{b}{c}" for a in "abcdefghijkl" for b in "mnopqrstuv" for c in "abcdefghijkl"]
FUNCTION = ["na", "ya", "wa", "kwa", "ni"]


def _cut(tag="swh_Latn", **sources):
    return pieces(made(tag, **sources).text, 50)


def test_words_of_all_kinds_of_text_are_chosen_and_the_subject_of_one_is_not():
    cut = _cut(
        law=sentences([*FUNCTION * 60, *["sheria"] * 60, *FILLER], 400),
        tales=sentences([*FUNCTION * 60, *FILLER], 400, seed=2),
    )
    chosen = choose("swh_Latn", cut, AIM).stop_words
    assert set(chosen.words) == set(FUNCTION)
    assert DAY in chosen.source
    assert "law, tales" in chosen.source


def test_the_pieces_know_how_many_different_ones_they_have():
    cut = _cut(
        law=sentences([*FUNCTION * 60, *FILLER], 300),
        tales=sentences([*FUNCTION * 60, *FILLER], 300, seed=2),
    )
    chosen = choose("swh_Latn", cut, AIM)
    for text, different in zip(cut["text"], chosen.different, strict=True):
        words = set(text.replace(".", "").split())
        assert different == len(words & set(chosen.stop_words.words))


def test_numbers_and_words_that_one_source_is_without_are_no_stop_words():
    cut = _cut(
        law=sentences([*FUNCTION * 60, *["2026", "kifungu"] * 60, *FILLER], 400),
        tales=sentences([*FUNCTION * 60, *["2026"] * 60, *FILLER], 400, seed=2),
    )
    assert set(choose("swh_Latn", cut, AIM).stop_words.words) == set(FUNCTION)


def test_one_kind_of_text_is_not_enough_unless_that_is_wanted():
    cut = _cut(law=sentences([*FUNCTION * 60, *FILLER], 1500))
    nothing = choose("swh_Latn", cut, AIM)
    assert nothing.stop_words.words == ()
    assert "1 of the sources" in nothing.stop_words.source
    assert nothing.different.null_count() == len(cut)
    wanted = choose("swh_Latn", cut, replace(AIM, least_sources=1))
    assert set(wanted.stop_words.words) == set(FUNCTION)


def test_a_small_source_is_not_asked():
    few = sentences([*FUNCTION * 60, *FILLER], LEAST_PIECES * 2)
    assert len(_cut(law=few)) < LEAST_PIECES
    assert choose("swh_Latn", _cut(law=few, tales=few), AIM).stop_words.words == ()


@pytest.mark.parametrize("tag", ["khm_Khmr", "tha_Thai", "mya_Mymr"])
def test_a_script_of_letters_without_spaces_has_none_and_says_why(tag):
    chosen = choose(tag, _cut(tag, one=["ភាសាខ្មែរ " * 400], two=["ភាសាខ្មែរ " * 400]), AIM)
    assert chosen.stop_words.words == ()
    assert "a character of this script is but a letter" in chosen.stop_words.source


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("cmn_Hans", {"的", "在"}), ("cmn_Hant", {"的", "在"}),
     ("ell_Grek", {"το", "και"}), ("por_Latn", {"de", "que"})],
)  # fmt: skip
def test_real_pages_give_the_words_that_a_reader_would_name(tag, expected):
    cut = pieces(pages(tag).text, 50)
    chosen = choose(tag, cut, replace(AIM, least_sources=1)).stop_words
    assert expected <= set(chosen.words)
    assert not {"the", "of", "arquivo"} & set(chosen.words)


def test_words_that_a_person_chose_are_counted_as_they_are():
    cut = pl.DataFrame({"source": ["a", "a"], "text": ["Na ya wa", "kwa"]})
    words = StopWords(words=("na", "ya", "la", "za"), source="Minutes of the meeting of 2026-11-02")
    assert given(words, cut).different.to_list() == [2.0, 0.0]

"""Limits that somebody decided come before profiles and cards, and name their source."""

import polars as pl
import pytest

from lang_models import quality
from lang_models.cards import Aim, Card
from lang_models.certainty import SCORE_LIMIT, score_limits, stated_limits
from lang_models.changed import limits_of
from lang_models.profile import Limit, load
from lang_models.tokens import tokenise

SOURCE = "Decision d-00000001 of the steward on 2026-11-25"


def _limit(side, value):
    return Limit.model_validate({side: value, "source": SOURCE})


def test_a_limit_for_all_holds_where_a_profile_has_none_of_its_own():
    changed = {"default": {"mean_word_chars_min": _limit("min", 2.0),
                           "length_words_min": _limit("min", 3.0)}}  # fmt: skip
    assert limits_of(None, changed)["length_words_min"].value == 3.0
    assert limits_of("swh_Latn", changed)["length_words_min"].value == 3.0
    own = load("swh_Latn").limits["mean_word_chars_min"]
    assert limits_of("swh_Latn", changed)["mean_word_chars_min"] == own


def test_a_limit_for_a_language_touches_no_other():
    changed = {"swh_Latn": {"length_words_min": _limit("min", 30.0)}}
    assert limits_of("swh_Latn", changed)["length_words_min"].value == 30.0
    assert limits_of("yor_Latn", changed) == load("yor_Latn").limits


@pytest.mark.parametrize("tag", ["swh_Latn", "khm_Khmr", "amh_Ethi", "urd_Arab", "tam_Taml"])
def test_documents_are_held_against_the_limit_that_was_decided(tag):
    text = pl.Series(["ነገር " * 20])
    tags = pl.Series([tag])
    measures = quality.measure(text, tokenise(text), tags)
    words = measures["length_words"][0]
    changed = {tag: {"length_words_min": _limit("min", words + 1)}}
    (broken,) = quality.screen(measures, tags, changed).to_dicts()
    assert (broken["rule"], broken["limit"]) == ("too-few-words", words + 1)
    off = {tag: {key: _limit(one.side, None) for key, one in load(tag).limits.items()}}
    assert quality.screen(measures, tags, off)["rule"].to_list() == [None]


def test_a_score_that_was_decided_comes_before_the_card_of_the_model():
    card = Card.model_validate({"thresholds": {"*": {"for_precision": {"0.9": 0.6}}}})
    aim = Aim("precision", 0.9)
    changed = {"swh_Latn": {SCORE_LIMIT: _limit("min", 0.8)}}
    tags = pl.Series(["swh_Latn", "yor_Latn", None])
    assert score_limits(tags, card, aim, changed).to_list()[:2] == [0.8, 0.6]
    off = {"swh_Latn": {SCORE_LIMIT: _limit("min", None)}}
    assert score_limits(tags, card, aim, off).to_list()[0] is None


def test_the_record_states_each_changed_limit_once_with_the_decision():
    changed = {"nod_Lana": {"length_words_min": _limit("min", 4.0), SCORE_LIMIT: _limit("min", 0.5)},
               "default": {"stop_words": _limit("min", 1.0)}}  # fmt: skip
    rows = stated_limits(["nod_Lana", "swh_Latn"], Card(), None, changed)
    told = [(one["profile"], one["rule"], one["limit"]) for one in rows if one["source"] == SOURCE]
    assert sorted(told) == [("default", "few-stop-words", 1.0),
                            ("nod_Lana", "language-score", 0.5),
                            ("nod_Lana", "too-few-words", 4.0)]  # fmt: skip

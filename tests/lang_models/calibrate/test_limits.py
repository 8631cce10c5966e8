"""Limits are proposed from text where the language decides them, and left alone elsewhere."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from lang_models.calibrate.limits import ROOM, propose
from lang_models.calibrate.measured import Measured
from lang_models.calibrate.proposal import MOST_MOVED
from lang_models.profile import common
from lang_models.quality import UNITS
from tests.lang_models.calibrate.texts import AIM, DAY

CHANCE = np.random.default_rng(11)
#: Long enough for every rule.
LARGE = {"length_words": 500.0, "length_chars": 3000.0, "length_lines": 40.0}


def _frame(measure, values):
    """Documents of which one measure is known, by source."""
    rows = [
        {"source": source, **LARGE, measure: float(value)}
        for source, one in values.items()
        for value in one
    ]
    schema = {"source": pl.String, **dict.fromkeys(UNITS, pl.Float32)}
    return pl.DataFrame(rows, schema=schema)


def _proposed(key, values, *, words="spaces", measure=None, **aim):
    frame = _frame(measure or key, values)
    measured = Measured(frame, frame, frame)
    found = propose(measured, common(words), common("spaces"), replace(AIM, **aim))
    return next(one for one in found if one.key == key)


def _shares(most, count=1500):
    return CHANCE.uniform(0, most, count)


def test_a_limit_of_the_language_is_set_where_the_most_lenient_source_ends():
    law, tales = CHANCE.normal(7, 0.5, 1000), CHANCE.normal(5, 0.5, 1000)
    one = _proposed("mean_word_chars_max", {"law": law, "tales": tales}, measure="mean_word_chars")
    assert one.verdict == "measured"
    assert np.mean(law > one.value) <= 0.01
    assert one.value == pytest.approx(ROOM * np.quantile(law, 0.995), abs=0.3)
    assert one.measured == pytest.approx(np.quantile(law, 0.995), abs=0.3)
    assert DAY in one.why
    assert "2 sources" in one.why
    assert one.limit.side == "max"


def test_a_limit_of_the_language_is_never_laxer_than_the_one_for_all():
    names = CHANCE.normal(25, 1, 1000)
    one = _proposed("mean_word_chars_max", {"names": names}, measure="mean_word_chars")
    assert (one.verdict, one.value) == (
        "no stricter",
        common("spaces")["mean_word_chars_max"].value,
    )


def test_the_length_of_words_stays_off_in_scripts_without_spaces():
    values = {"a": CHANCE.normal(6, 1, 500), "b": CHANCE.normal(6, 1, 500)}
    for key in ("mean_word_chars_min", "mean_word_chars_max"):
        one = _proposed(key, values, words="characters", measure="mean_word_chars")
        assert (one.verdict, one.value) == ("off", None)


def test_a_rule_that_is_off_for_a_script_holds_where_two_sources_fit_the_limit_for_all():
    marked = {"a": CHANCE.uniform(0.3, 1, 500), "b": CHANCE.uniform(0.2, 1, 500)}
    one = _proposed("sentence_line_share", marked, words="characters")
    assert (one.verdict, one.value) == ("measured", 0.02)
    unmarked = {"a": np.zeros(500), "b": CHANCE.uniform(0.2, 1, 500)}
    assert _proposed("sentence_line_share", unmarked, words="characters").verdict == "off"


def test_a_limit_on_the_kind_of_text_stands_unless_every_source_breaks_it():
    key = "duplicate_5gram_char_share"
    fine, broken = _shares(0.2), _shares(0.4)
    assert _proposed(key, {"a": fine, "b": fine}).verdict == "holds"
    assert _proposed(key, {"a": fine, "b": broken}).verdict == "holds in part"
    moved = _proposed(key, {"a": broken, "b": _shares(0.42), "c": _shares(0.43)})
    assert moved.verdict == "measured"
    assert common("spaces")[key].value < moved.value <= MOST_MOVED * common("spaces")[key].value


def test_one_kind_of_text_moves_no_limit_and_another_kind_of_text_is_no_language():
    key = "duplicate_5gram_char_share"
    for few in ({"a": _shares(0.4)}, {"a": _shares(0.4), "b": _shares(0.42)}):
        two = _proposed(key, few)
        assert (two.verdict, two.value) == ("few sources", 0.3)
    three = {name: _shares(0.9) for name in "abc"}
    assert _proposed(key, three).verdict == "too far"
    near = {name: _shares(0.4) for name in "abc"}
    assert _proposed(key, near, least_sources=4).verdict == "few sources"


def test_all_limits_are_taken_from_text_that_is_like_all_there_will_be():
    key = "bullet_line_share"
    values = {"a": CHANCE.uniform(0, 0.7, 500)}
    assert _proposed(key, values).verdict == "holds"
    own = _proposed(key, values, adopt="all")
    assert own.verdict == "measured"
    assert own.value == pytest.approx(0.7, abs=0.01)


def test_too_little_text_changes_nothing_and_says_how_much_it_takes():
    one = _proposed("bullet_line_share", {"a": np.ones(298)})
    assert (one.verdict, one.value, one.measured) == ("too little text", 0.9, None)
    assert "fewer than 299 documents" in one.why
    assert _proposed("bullet_line_share", {"a": np.ones(60)}, share=0.05).verdict != one.verdict


def test_small_sources_speak_together():
    values = {name: CHANCE.normal(6, 0.5, 120) for name in "abc"}
    one = _proposed("mean_word_chars_max", values, measure="mean_word_chars")
    assert one.verdict == "measured"
    assert "in all sources together" in one.why


def test_stop_words_are_asked_for_less_or_not_at_all_where_good_text_has_few():
    few = CHANCE.integers(1, 6, 1000)
    one = _proposed("stop_words", {"a": few})
    assert (one.verdict, one.value) == ("measured", 1)
    none = _proposed("stop_words", {"a": np.maximum(few - 2, 0)})
    assert (none.verdict, none.value) == ("measured", None)
    assert none.why.startswith("Off, measured")


def test_lists_without_stop_words_do_not_speak_for_prose():
    lists, prose, tales = np.zeros(500), CHANCE.integers(1, 9, 500), CHANCE.integers(4, 9, 500)
    assert _proposed("stop_words", {"a": tales, "b": tales}).verdict == "holds"
    assert _proposed("stop_words", {"a": lists, "b": lists, "c": tales}).verdict == "holds in part"
    one = _proposed("stop_words", {"a": lists, "b": prose, "c": prose})
    assert (one.verdict, one.value) == ("measured", 1)
    off = _proposed("stop_words", {"a": lists, "b": prose})
    assert off.value is None
    assert "in the middle of the 2" in off.why


@pytest.mark.parametrize("key", ["length_words_min", "length_words_max", "lorem_ipsum_count"])
def test_what_is_worth_keeping_is_decided_and_not_measured(key):
    measure = "length_words" if key.startswith("length") else key
    one = _proposed(key, {"a": np.full(500, 700.0)}, measure=measure)
    assert (one.verdict, one.value) == ("decided", common("spaces")[key].value)

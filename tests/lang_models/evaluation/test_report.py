"""What is measured of calls: rates, intervals, confusions, costs and what a score means."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang_models.cards import Card
from lang_models.evaluation.calibration import curve, learn
from lang_models.evaluation.calls import Calls, compare
from lang_models.evaluation.counts import confusions, count
from lang_models.evaluation.intervals import wilson
from lang_models.evaluation.overlap import known, shared
from lang_models.evaluation.report import known_tags, report
from lang_models.evaluation.scores import AT_SCORES


def calls(*rows):
    """Gold, called, score of each row."""
    gold, called, score = zip(*rows, strict=True) if rows else ((), (), ())
    language = pl.DataFrame(
        {"tag": called, "score": score, "raw_score": score},
        schema={"tag": pl.String, "score": pl.Float64, "raw_score": pl.Float64},
    ).to_struct()
    return compare(pl.Series(gold, dtype=pl.String), language)


FEW = (
    ("swh_Latn", "swh_Latn", 0.9), ("swh_Latn", "swh_Latn", 0.8), ("swh_Latn", "kin_Latn", 0.4),
    ("kin_Latn", "kin_Latn", 0.7), ("run_Latn", "kin_Latn", 0.6), ("run_Latn", "und_Latn", 0.0),
)  # fmt: skip


def of(found, tag):
    return next(it for it in found["languages"] if it["tag"] == tag)


def test_rates_are_those_of_the_counts():
    found = report(calls(*FEW), frozenset({"swh_Latn", "kin_Latn"}))
    assert found["overall"]["rows"] == 6
    assert found["overall"]["accuracy"]["value"] == 0.5
    assert found["overall"]["languages_not_in_model"] == ["run_Latn"]
    assert found["overall"]["undetermined_rows"] == 1
    assert found["overall"]["macro_f1"]["value"] == pytest.approx((0.8 + 0.5 + 0) / 3, abs=1e-4)
    kin = of(found, "kin_Latn")
    assert (kin["gold"], kin["called"], kin["right"]) == (1, 3, 1)
    assert kin["precision"]["value"] == pytest.approx(1 / 3, abs=1e-4)
    assert kin["false_positive_rate"]["value"] == pytest.approx(2 / 5)
    assert kin["precision"]["low"] < 1 / 3 < kin["precision"]["high"]


def test_confusions_are_the_most_frequent_first():
    rows = [*FEW, ("run_Latn", "kin_Latn", 0.5)]
    found = report(calls(*rows), frozenset())["confusions"]
    assert found[0] == {
        "gold": "run_Latn",
        "called": "kin_Latn",
        "rows": 2,
        "share_of_gold": 0.6667,
    }
    assert len(confusions(calls(*rows))) == 3


def test_a_threshold_costs_the_calls_under_it():
    found = {it["score"]: it for it in report(calls(*FEW), frozenset())["costs"]}
    assert found[0.0] == {"score": 0.0, "kept": 3, "lost": 0, "false": 3}
    assert found[0.7] == {"score": 0.7, "kept": 3, "lost": 0, "false": 0}
    assert found[0.9] == {"score": 0.9, "kept": 1, "lost": 2, "false": 0}
    assert list(found) == list(AT_SCORES)


def test_no_rows_give_zeros_and_nulls():
    found = report(calls(), frozenset())
    assert found["overall"]["accuracy"] == {"value": None, "low": 0.0, "high": 1.0}
    assert found["languages"] == []
    assert found["reliability"]["expected_calibration_error"] == 0


def test_a_macrolanguage_meets_its_members_only_when_asked():
    rows = [
        ("arz_Arab", "arb_Arab"),
        ("swa_Latn", "swh_Latn"),
        ("cmn_Hani", "cmn_Hant"),
        ("srp_Latn", "srp_Cyrl"),
    ]
    language = pl.DataFrame(
        {"tag": [b for _, b in rows], "score": [1.0] * 4, "raw_score": [1.0] * 4}
    ).to_struct()
    gold = pl.Series([a for a, _ in rows])
    assert compare(gold, language).is_right.tolist() == [False, True, True, False]
    assert compare(gold, language, fold_macro=True).is_right.tolist() == [False, True, True, False]
    macro = pl.DataFrame({"tag": ["ara_Arab"], "score": [1.0], "raw_score": [1.0]}).to_struct()
    egyptian = pl.Series(["arz_Arab"])
    assert compare(egyptian, macro).is_right.tolist() == [False]
    assert compare(egyptian, macro, fold_macro=True).is_right.tolist() == [True]


@given(st.integers(0, 300), st.integers(0, 300))
def test_an_interval_holds_its_value_and_stays_within_0_and_1(right, wrong):
    found = wilson(right, right + wrong)
    assert 0 <= found.low <= (found.value or found.low) <= found.high <= 1


def test_reliability_is_the_distance_of_score_and_truth():
    rows = [("swh_Latn", "swh_Latn", 0.95)] * 9 + [("swh_Latn", "kin_Latn", 0.95)]
    found = report(calls(*rows), frozenset())["reliability"]
    assert found["expected_calibration_error"] == pytest.approx(0.05, abs=1e-3)
    assert found["bins"][9]["rows"] == 10


def drawn(rows=4000, seed=1):
    """Calls whose raw score promises too much: right in its square."""
    chance = np.random.default_rng(seed)
    raw = chance.random(rows)
    is_right = chance.random(rows) < raw**2
    return Calls(
        ["kin_Latn", "swh_Latn"], np.zeros(rows, np.int64), np.where(is_right, 0, 1), raw, raw
    )


def test_a_learnt_curve_tells_how_often_calls_are_right():
    learnt = learn(drawn())
    card = Card.model_validate({"calibration": learnt.calibration, "thresholds": learnt.thresholds})
    fresh = drawn(seed=2)
    score = Card(calibration={"*": card.calibration["*"]}).calibrated(
        fresh.tags, fresh.called, fresh.raw_score
    )
    found = report(fresh._replace(score=score), frozenset())["reliability"]
    assert found["expected_calibration_error"] < 0.03
    assert report(fresh, frozenset())["reliability"]["expected_calibration_error"] > 0.1


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=200))
def test_a_curve_rises_in_x_and_never_falls_in_y(rows):
    raw = np.array([score for score, _ in rows])
    found = curve(raw, np.array([right for _, right in rows], bool))
    Card.model_validate({"calibration": {"*": found}})


def test_a_threshold_for_a_precision_reaches_it_and_one_for_a_recall_too():
    seen = drawn(20_000)
    thresholds = learn(seen).thresholds["*"]
    least = thresholds["for_precision"]["0.9"]
    believed = seen.raw_score >= least
    assert seen.is_right[believed].mean() >= 0.899
    assert seen.is_right[seen.raw_score >= least - 0.05].mean() < 0.91


def test_a_recall_that_no_threshold_reaches_is_served_by_believing_every_call():
    assert learn(drawn()).thresholds["*"]["for_recall"]["0.99"] == 0.0


def test_known_tags_are_those_the_model_can_give_by_any_of_its_names():
    assert known_tags(["cmn_Hans", "swh_Latn"], ["cmn_Hani", "swa_Latn", "yor_Latn"]) == {
        "cmn_Hani",
        "swa_Latn",
    }


def test_counts_of_some_rows_count_those_only():
    found = count(calls(*FEW), np.array([0, 0, 2]))
    assert found.gold.sum() == 3
    assert found.right.sum() == 2


@pytest.mark.parametrize(
    ("line", "is_shared"),
    [
        ("Wanafunzi walikwenda kutembelea makumbusho", True),
        ("WANAFUNZI WALIKWENDA, kutembelea: makumbusho (12)", True),
        ("Leo ni siku njema. Wanafunzi walikwenda kutembelea makumbusho! Kesho pia.", True),
        ("Wanafunzi walikwenda kutembelea makumbusho ya taifa", False),
        ("Asante", True),
        ("Asante sana. Asante!", False),
        ("1234", False),
    ],
)
def test_a_line_shares_a_passage_with_an_evaluation_text(line, is_shared):
    held = known(
        [pl.Series(["Habari. Wanafunzi walikwenda kutembelea makumbusho.\nAsante", "Asante"])]
    )
    assert shared(pl.Series([line]), held).tolist() == [is_shared]

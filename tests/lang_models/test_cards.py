"""The card beside a model: calibrated scores, thresholds by language, and what it refuses."""

import hashlib
import json

import numpy as np
import polars as pl
import pytest

from lang_models.cards import Aim, Card, beside
from lang_models.certainty import SCORE_RULE, certain, score_limits, stated_limits
from lang_models.identify import Identifier
from schemas.errors import InputError
from tests.fasttext_files import write_model

CARD = {
    "date": "2026-11-25",
    "data": "passed over: for readers only",
    "calibration": {
        "swh_Latn": {"x": [0.2, 0.6, 1.0], "y": [0.1, 0.5, 0.8]},
        "*": {"x": [0.0, 1.0], "y": [0.0, 0.9]},
    },
    "thresholds": {
        "swh_Latn": {"for_precision": {"0.9": 0.6, "0.95": 0.8, "0.99": None},
                     "for_recall": {"0.9": 0.4}},
        "eng_Latn": {"for_recall": {"0.9": 0.3}},
        "*": {"for_precision": {"0.9": 0.7, "0.95": 0.85, "0.99": 0.97}},
    },
}  # fmt: skip
LINES = {"swh_Latn": "watu wote wamezaliwa huru", "eng_Latn": "all human beings are born free"}


@pytest.fixture
def model(tmp_path):
    """A small model with its card; the function replaces parts of the card."""

    def write(**changes):
        path = tmp_path / "own.bin"
        sha256 = write_model(path, LINES)
        card = path.with_suffix(".card.json")
        card.write_text(json.dumps(CARD | changes), encoding="utf-8")
        return path, sha256

    return write


@pytest.fixture
def card(model):
    return beside(model()[0])


def test_a_model_without_a_card_is_taken_at_its_word(tmp_path):
    card = beside(tmp_path / "lonely.ftz")
    assert (card.name, card.sha256) == (None, None)
    raw = np.array([0.3, 0.9])
    assert card.calibrated(["swh_Latn"], np.zeros(2, np.int64), raw).tolist() == [0.3, 0.9]
    assert card.least_score("swh_Latn", Aim("precision", 0.9)) is None
    card.check(Aim("precision", 0.99))


def test_a_card_is_named_with_its_digest(model):
    path, _ = model()
    content = path.with_suffix(".card.json").read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    assert (beside(path).name, beside(path).sha256) == (f"own.card.json@{sha256[:8]}", sha256)


def test_scores_become_the_share_of_right_calls_each_language_by_its_own_curve(card):
    names, number = ["yor_Latn", "swh_Latn"], np.array([1, 0, 1, 0, 1])
    raw = np.array([0.4, 0.5, 0.1, 1.0, 0.9])
    expected = [0.3, 0.45, 0.1, 0.9, 0.725]
    assert card.calibrated(names, number, raw).tolist() == pytest.approx(expected)


def test_a_language_without_a_curve_keeps_its_score_where_the_card_has_no_other(card):
    only = card.model_copy(update={"calibration": {"swh_Latn": card.calibration["swh_Latn"]}})
    found = only.calibrated(["yor_Latn", "swh_Latn"], np.array([0, 1]), np.array([0.5, 1.0]))
    assert found.tolist() == [0.5, 0.8]


@pytest.mark.parametrize(
    ("tag", "kind", "share", "least"),
    [
        ("swh_Latn", "precision", 0.9, 0.6),
        ("swh_Latn", "precision", 0.92, 0.8),
        ("swh_Latn", "precision", 0.99, 1.0),  # was never reached: none is believed
        ("swh_Latn", "precision", 0.999, 1.0),
        ("swh_Latn", "recall", 0.9, 0.4),
        ("yor_Latn", "precision", 0.95, 0.85),
        ("eng_Latn", "precision", 0.9, 0.7),  # the card has only its recall: as all others
        ("eng_Latn", "recall", 0.9, 0.3),
        ("yor_Latn", "recall", 0.9, None),
    ],
)
def test_each_language_has_the_least_score_of_its_own(card, tag, kind, share, least):
    assert card.least_score(tag, Aim(kind, share)) == least


def test_a_card_that_cannot_serve_the_policy_is_refused_before_anything_is_read(card):
    card.check(Aim("precision", 0.99))
    with pytest.raises(InputError, match="no thresholds for a precision of 0.999") as refusal:
        card.check(Aim("precision", 0.999))
    assert "0.9, 0.95, 0.99" in str(refusal.value)
    assert "language_precision" in str(refusal.value)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"calibration": {"swh_Latn": {"x": [0.1, 0.2], "y": [0.3]}}}, "of the same length"),
        ({"calibration": {"swh_Latn": {"x": [0.2, 0.1], "y": [0.3, 0.4]}}}, "x must rise"),
        ({"calibration": {"swh_Latn": {"x": [0.1, 0.2], "y": [0.5, 0.4]}}}, "y must not fall"),
        ({"calibration": {"swh_Latn": {"x": [0.1, 2.0], "y": [0.5, 0.6]}}},
         r"calibration\.swh_Latn\.x\.1"),
        ({"thresholds": {"*": {"for_precision": {"90%": 0.5}}}},
         r"thresholds\.\*\.for_precision\.90%"),
        ({"thresholds": 1}, "thresholds"),
    ],
)  # fmt: skip
def test_a_broken_card_gets_one_sentence_that_says_where(model, changes, where):
    path, _ = model(**changes)
    with pytest.raises(InputError, match=where) as refusal:
        beside(path)
    assert str(refusal.value).startswith(str(path.with_suffix(".card.json")))
    assert "\n" not in str(refusal.value)


def test_the_card_of_another_model_is_refused(model):
    path, sha256 = model(sha256="0" * 64)
    beside(path)
    with pytest.raises(InputError, match="is the card of a model with sha256 0000") as refusal:
        Identifier.load(str(path), sha256)
    assert "\n" not in str(refusal.value)
    model(sha256=sha256)
    assert beside(path, sha256).name


def test_a_card_that_is_no_json_is_refused(model):
    path, _ = model()
    path.with_suffix(".card.json").write_text("precision: high", encoding="utf-8")
    with pytest.raises(InputError, match="the file"):
        beside(path)


def test_the_scores_in_the_rows_are_calibrated_and_the_models_own_stand_beside(model):
    path, sha256 = model()
    found = Identifier.load(str(path), sha256).identify(pl.Series(list(LINES.values())))
    raw, score = (found.struct.field(name).to_list() for name in ("raw_score", "score"))
    assert all(one > 0.95 for one in raw)
    assert score == pytest.approx([0.8, 0.9], abs=0.05)


def test_a_calibrated_runner_up_never_scores_higher_than_the_call(model):
    low = {"calibration": {"*": {"x": [0.0, 1.0], "y": [0.0, 0.2]}}}
    path, sha256 = model(**low)
    mixed = pl.Series(["watu wote all human beings"])
    found = Identifier.load(str(path), sha256).identify(mixed)[0]
    assert found["second"] is not None
    assert 0 <= found["second_score"] <= found["score"] <= 0.2


def test_calls_under_the_threshold_of_their_language_are_und_for_whoever_wants_to_be_sure(model):
    path, sha256 = model(thresholds={"swh_Latn": {"for_precision": {"0.9": None}},
                                     "*": {"for_precision": {"0.9": 0.5}}})  # fmt: skip
    identifier = Identifier.load(str(path), sha256)
    found = certain(pl.Series([*LINES.values(), None]), identifier, Aim("precision", 0.9))
    assert found.struct.field("tag").to_list() == ["und_Latn", "eng_Latn", None]
    assert found.struct.field("undetermined").to_list() == ["unsure", None, None]
    assert found.struct.field("second").to_list()[0] == "swh_Latn"


def test_without_a_card_or_an_aim_the_profiles_say_how_sure_to_be(card):
    tags = pl.Series(["swh_Latn", "yor_Latn", None])
    aim = Aim("precision", 0.9)
    assert score_limits(tags, Card(), aim).to_list() == [0.3, 0.3, 0.3]
    assert score_limits(tags, card, None).to_list() == [0.3, 0.3, 0.3]
    assert score_limits(tags, card, aim).to_list() == [0.6, 0.7, 0.3]


def test_the_record_of_a_run_names_the_card_as_the_source_of_each_threshold(card):
    rows = stated_limits(["swh_Latn", "yor_Latn"], card, Aim("precision", 0.9))
    told = {row["profile"]: row for row in rows if row["rule"] == SCORE_RULE}
    assert told["swh_Latn"]["limit"] == 0.6
    assert told["yor_Latn"]["limit"] == 0.7
    assert told["default"]["limit"] == 0.3
    assert card.name in told["swh_Latn"]["source"]
    assert "precision of 0.9" in told["swh_Latn"]["source"]
    assert "2026-11-25" in told["swh_Latn"]["source"]


def test_every_rule_about_language_states_its_limit_and_source():
    rows = stated_limits([], Card(), None)
    rules = {row["rule"]: row for row in rows}
    assert {"undetermined-too-short", "undetermined-unlikely", "mixed-language",
            "models-disagree", SCORE_RULE} <= set(rules)  # fmt: skip
    assert all(row["source"] and "20" in row["source"] for row in rows)

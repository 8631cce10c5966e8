"""What a run makes of the calls: the policy's answers for doubts, mixing and disagreement."""

from types import SimpleNamespace

import polars as pl
import pytest

from lang_models.cards import Aim, Curve, Thresholds
from lang_models.identify import Identifier
from pipelines.decided import Decided
from pipelines.steps.identify import identify
from schemas.decision import RELEASED, UNDECIDED, verdict
from schemas.policy import Policy
from schemas.settings import RunSettings
from tests.fasttext_files import write_model
from tests.golden import rows

UDHR = {row["expected"]: row["text"] for row in rows("identify/udhr.jsonl")}
MIXED = rows("identify/mixed.jsonl")[0]["text"]


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """A second model: it knows three languages, and takes Basque for Swahili."""
    path = tmp_path_factory.mktemp("model") / "second.bin"
    words = {
        "eng_Latn": UDHR["eng_Latn"],
        "swh_Latn": UDHR["eus_Latn"],
        "eus_Latn": "hitzik gabe",
    }
    sha256 = write_model(path, {tag: " ".join(set(text.split())) for tag, text in words.items()})
    return Identifier.load(str(path), sha256)


def run(policy=None, second=None, languages="all", aim=None, identifier=None):
    settings = RunSettings(name="t", version="1", sources=["x"], output="o", languages=languages)
    return SimpleNamespace(
        identifier=identifier or Identifier.load(),
        second_identifier=second,
        policy=Policy(**(policy or {})),
        settings=settings,
        decided=Decided(),
        aim=aim,
    )


def outcomes(texts, chosen):
    """Outcome, rule, measure and limit of each document."""
    frame = pl.DataFrame({"text": pl.Series(texts, dtype=pl.String)}).with_columns(UNDECIDED)
    found = identify(frame, chosen)
    assert found.columns == ["text", "decision", "language"]
    decision = found["decision"].struct.unnest()
    return decision.select("outcome", "rule", "measure", "limit").rows()


@pytest.mark.parametrize("answer", ["quarantine", "remove"])
def test_what_cannot_be_told_goes_where_the_policy_says_with_its_reason(answer):
    outcome = {"quarantine": "quarantined", "remove": "removed"}[answer]
    texts = ["Habari", "12 345", "Jumla 053368 237746\n" * 3, UDHR["ell_Grek"]]
    found = outcomes(texts, run({"undetermined_language": answer}))
    assert found == [
        (outcome, "undetermined-too-short", 6.0, 12.0),
        (outcome, "undetermined-no-letters", 0.0, 1.0),
        (outcome, "undetermined-numbers", pytest.approx(12 / 17), 0.5),
        (None, None, None, None),
    ]


@pytest.mark.parametrize(
    ("answer", "outcome"), [("keep", None), ("quarantine", "quarantined"), ("remove", "removed")]
)
def test_mixed_documents_go_where_the_policy_says(answer, outcome):
    found = outcomes([MIXED, UDHR["ell_Grek"]], run({"mixed_language": answer}))
    rule, measure, limit = found[0][1:]
    assert found[0][0] == outcome
    assert found[1] == (None, None, None, None)
    if outcome:
        assert (rule, limit) == ("mixed-language", 0.1)
        assert measure > limit


@pytest.mark.parametrize(
    ("answer", "outcome"), [("keep", None), ("quarantine", "quarantined"), ("remove", "removed")]
)
def test_documents_over_which_two_models_disagree_go_where_the_policy_says(answer, outcome, other):
    texts = [UDHR["eus_Latn"], UDHR["eng_Latn"], UDHR["ell_Grek"], None]
    found = outcomes(texts, run({"models_disagree": answer}, second=other))
    rule = "models-disagree" if outcome else None
    assert found == [(outcome, rule, None, None), *[(None,) * 4] * 3]


def test_what_the_second_model_said_is_recorded_whatever_the_policy(other):
    texts = pl.DataFrame({"text": [UDHR["eus_Latn"], UDHR["eng_Latn"], UDHR["ell_Grek"], None]})
    frame = texts.with_columns(UNDECIDED)
    found = identify(frame, run({"models_disagree": "keep"}, second=other))["language"]
    said = found.struct.field("second_model").to_list()
    assert [one and one["agrees"] for one in said] == [False, True, None, None]
    assert said[0]["tag"] == "swh_Latn"
    assert found.is_null().to_list() == [False, False, False, True]


def test_without_a_second_model_its_field_is_null():
    frame = pl.DataFrame({"text": [UDHR["eng_Latn"]]}).with_columns(UNDECIDED)
    found = identify(frame, run())["language"].struct.field("second_model")
    assert found.to_list() == [None]


def test_a_call_under_the_threshold_of_its_language_waits_in_quarantine():
    identifier = Identifier.load()
    card = identifier.card.model_copy(
        update={
            "name": "made.card.json@00000000",
            "thresholds": {
                "ell_Grek": Thresholds(for_precision={"0.9": 1.0}),
                "*": Thresholds(for_precision={"0.9": 0.3}),
            },
            "calibration": {"*": Curve(x=(0.0, 1.0), y=(0.0, 1.0))},
        }
    )
    strict = SimpleNamespace(
        judge=identifier.judge, languages=identifier.languages, card=card, name=identifier.name
    )
    texts = [UDHR["ell_Grek"], UDHR["eng_Latn"]]
    found = outcomes(texts, run(aim=Aim("precision", 0.9), identifier=strict))
    outcome, rule, measure, limit = found[0]
    assert (outcome, rule, limit) == ("quarantined", "language-score", 1.0)
    assert 0.9 < measure < 1.0
    assert found[1] == (None, None, None, None)


def test_a_language_that_the_run_does_not_want_is_removed_after_all_else():
    texts = [UDHR["ell_Grek"], UDHR["eng_Latn"], "Habari"]
    found = outcomes(texts, run(languages=["eng_Latn"]))
    assert [one[:2] for one in found] == [
        ("removed", "language-not-wanted"),
        (None, None),
        ("quarantined", "undetermined-too-short"),
    ]


def test_what_is_decided_already_stays_decided():
    frame = pl.DataFrame({"text": ["Habari"]}).with_columns(
        verdict(RELEASED, "admit", "earlier").alias("decision")
    )
    assert identify(frame, run())["decision"].struct.field("rule").to_list() == ["earlier"]

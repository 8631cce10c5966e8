"""Drift: a release's documents beside the text that its limits were measured on."""

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from governance.drift import drifts
from governance.release_folder import open_release
from governance.report import make_report
from governance.validate import validate
from governance.validate.gates.drift import CHECK
from schemas.decision import REMOVED
from tests.documents import decision, row
from tests.releases import make_release
from tests.reports import text_of

QUANTILES = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
SOURCE = "Made up for this test, 2026-11-25"
REMOVED_AS_SHORT = decision(REMOVED, "screen", "short", measure=3.0, limit=20.0)
CHANCE = np.random.default_rng(7)
WORDS = CHANCE.normal(5.0, 0.4, 4000)  # letters a word in the reference text


def _reference(values=WORDS, *, tag="swh_Latn", limit=0.3, measure="mean_word_chars"):
    at = [float(f"{value:.4g}") for value in np.quantile(values, QUANTILES, method="inverted_cdf")]
    spread = {"of": "pieces", "n": len(values), "at": at, "applies": ["length_words", 50],
              "limit": limit}  # fmt: skip
    return {
        "quantiles": list(QUANTILES),
        "source": {measure: SOURCE},
        "languages": {tag: {measure: spread}},
    }


def _rows(values, tag="swh_Latn", words=100.0, first=0, measure="mean_word_chars", **changes):
    return [
        row(first + number, tag, f"Habari {first + number}",
            quality={measure: None if value is None else float(value), "length_words": words},
            **changes)
        for number, value in enumerate(values)
    ]  # fmt: skip


def _nothing(_text, _language, _country):
    return pl.DataFrame(schema={"type": pl.String})


def _found(folder, rows, **reference):
    release = make_release(folder / "1.0", rows, reference=_reference(**reference))
    return drifts(open_release(release))


def test_text_like_the_reference_does_not_drift(tmp_path):
    (one,) = _found(tmp_path, _rows(CHANCE.choice(WORDS, 300)))
    assert (one.tag, one.measure, one.documents) == ("swh_Latn", "mean_word_chars", 300)
    assert one.surplus == 0.0
    assert not one.is_too_far


def test_text_that_lost_its_spaces_drifts_and_says_in_which_direction(tmp_path):
    (one,) = _found(tmp_path, _rows(CHANCE.normal(40, 3, 200)))
    assert one.distance == pytest.approx(0.99)
    assert one.direction == "greater"
    assert one.is_too_far
    (one,) = _found(tmp_path / "again", _rows(CHANCE.normal(1.2, 0.1, 200)))
    assert one.direction == "smaller"
    assert one.is_too_far


def test_the_distance_is_that_of_kolmogorov_and_smirnov_at_the_quantiles(tmp_path):
    values = CHANCE.normal(5.3, 0.6, 250)
    (one,) = _found(tmp_path, _rows(values))
    at = np.array(_reference()["languages"]["swh_Latn"]["mean_word_chars"]["at"])
    stored = values.astype(np.float32)
    expected = max(
        abs((stored <= value).mean() - share) for value, share in zip(at, QUANTILES, strict=True)
    )
    assert one.distance == pytest.approx(expected, abs=0.02)
    assert one.below == pytest.approx([(stored <= value).mean() for value in at], abs=0.02)


def test_a_few_documents_are_no_drift_however_odd(tmp_path):
    (one,) = _found(tmp_path, _rows([40.0, 41.0, 39.0]))
    assert one.distance > 0.9
    assert not one.is_too_far


def test_a_measure_that_is_nearly_always_zero_is_compared_at_its_ties(tmp_path):
    zeros = np.r_[np.zeros(960), np.full(40, 0.1)]
    of = {"measure": "bullet_line_share"}
    (like,) = _found(tmp_path, _rows(CHANCE.choice(zeros, 300), **of), values=zeros, **of)
    assert like.surplus == 0.0
    (unlike,) = _found(tmp_path / "b", _rows(np.full(300, 0.4), **of), values=zeros, **of)
    assert unlike.distance > 0.9
    assert unlike.is_too_far


def test_removed_documents_count_too_and_those_too_short_to_be_compared_do_not(tmp_path):
    kept, removed = _rows(WORDS[:80]), _rows(WORDS[80:200], first=1000, decision=REMOVED_AS_SHORT)
    short = _rows(np.full(500, 90.0), words=20.0, first=2000, decision=REMOVED_AS_SHORT)
    unmeasured = _rows([None] * 30, first=3000, decision=REMOVED_AS_SHORT)
    (one,) = _found(tmp_path, [*kept, *removed, *short, *unmeasured])
    assert one.documents == 200
    assert not one.is_too_far


def test_only_languages_with_a_reference_are_compared(tmp_path):
    rows = [*_rows(WORDS[:50]), *_rows(np.full(400, 90.0), tag="arb_Arab", first=1000)]
    assert [one.tag for one in _found(tmp_path, rows)] == ["swh_Latn"]
    assert _found(tmp_path / "none", _rows(WORDS[:5], tag="khm_Khmr")) == ()


def test_more_comparisons_ask_for_more_evidence(tmp_path):
    rows = _rows(CHANCE.normal(5.9, 0.4, 60))
    (alone,) = _found(tmp_path, rows)
    many = _reference()
    languages = [f"aa{letter}_Latn" for letter in "abcdefghijklmnopqrst"]
    spread = many["languages"]["swh_Latn"]
    many["languages"] |= dict.fromkeys(languages, spread)
    others = [
        made
        for number, tag in enumerate(languages)
        for made in _rows(WORDS[:3], tag=tag, first=1000 * (number + 1))
    ]
    release = make_release(tmp_path / "many", [*rows, *others], reference=many)
    (among,) = (one for one in drifts(open_release(release)) if one.tag == "swh_Latn")
    assert among.distance == alone.distance
    assert among.surplus < alone.surplus


def test_the_gate_warns_and_does_not_block(tmp_path):
    release = make_release(
        tmp_path / "1.0", _rows(CHANCE.normal(40, 3, 200)), reference=_reference()
    )
    validation = validate(release, find=_nothing)
    (gate,) = (gate for gate in validation.failed if gate.id == "G-DRIFT")
    assert validation.passed
    assert (gate.figure, gate.severity) == (1, "warning")
    (reason,) = gate.reasons
    assert reason.startswith("swh_Latn is unlike the text that its limits were measured on:")
    assert reason.endswith(" mean_word_chars is greater (0.99)")
    assert gate.note == "Measures compared: 1; languages: 1"


@pytest.mark.parametrize("reference", [None, {}, {"languages": {}}])
def test_a_release_that_states_no_reference_passes_with_nothing_compared(tmp_path, reference):
    release = make_release(tmp_path / "1.0", _rows(WORDS[:5]), reference=reference)
    finding = CHECK.find(SimpleNamespace(release=open_release(release)))
    assert (finding.figure, finding.reasons) == (0, ())
    assert finding.note == "Measures compared: 0; languages: 0"


def _page(release):
    made = make_report(
        release, scrub=lambda text, _language, _country: pl.DataFrame({"text": text})
    )
    return made.pages["drift.html"], made.facts["drift"]["likeness"]


def test_the_page_names_language_and_measure_with_the_source_of_the_limit(tmp_path):
    rows = [*_rows(CHANCE.normal(40, 3, 200)), *_rows(WORDS[:200], tag="yor_Latn", first=1000)]
    reference = _reference()
    reference["languages"]["yor_Latn"] = reference["languages"]["swh_Latn"]
    html, facts = _page(make_release(tmp_path / "1.0", rows, reference=reference))
    assert facts["drifted"] == 1
    assert [one["tag"] for one in facts["languages"]] == ["swh_Latn", "yor_Latn"]
    assert "Languages compared: 2; unlike their reference: 1" in text_of(html)
    assert "<code>mean_word_chars</code><br>greater" in html
    assert SOURCE in html
    far, _, rest = html.partition("<details")
    assert "<code>yor_Latn</code>" not in far  # in the table of all languages only
    assert "<code>yor_Latn</code>" in rest


def test_the_page_says_when_all_is_like_and_when_there_is_nothing_to_compare(tmp_path):
    alike, _ = _page(make_release(tmp_path / "1.0", _rows(WORDS[:200]), reference=_reference()))
    assert "Languages compared: 1; unlike their reference: 0." in text_of(alike)
    without, facts = _page(make_release(tmp_path / "2.0", _rows(WORDS[:5])))
    assert "there is nothing to compare" in without
    assert facts["languages"] == []

"""Golden cases: each recogniser's own, national numbers, and plain text of forty scripts."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from governance import pii

CASES = Path(__file__).parent.parent / "cases" / "pii"
WITH_MASKED = sorted(path for path in CASES.glob("*.jsonl") if path.stem != "national_id_numbers")


def load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").rstrip().split("\n")]


def scrub(text: str, language: str | None, country: str | None) -> str:
    columns = (pl.Series([value], dtype=pl.String) for value in (text, language, country))
    return str(pii.scrub(*columns)["text"][0])


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{path.stem}: {case['label']}")
        for path in WITH_MASKED
        for case in load(path)
    ],
)
def test_case_is_masked_as_written(case: dict[str, Any]) -> None:
    assert scrub(case["text"], case["language"], case["country"]) == case["masked"]


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(number, id=f"{number['country']} {number['module']}")
        for number in load(CASES / "national_id_numbers.jsonl")
    ],
)
@pytest.mark.parametrize("with_country", [True, False])
def test_national_number_is_found_after_its_cue(number: dict[str, str], with_country: bool) -> None:
    text = f"Amina ({number['cue']}: {number['value']})"
    masked = scrub(text, None, number["country"] if with_country else None)
    assert masked in {
        f"Amina ({number['cue']}: [{kind}])" for kind in ("NATIONAL_ID", "PHONE_NUMBER")
    }


def test_cases_mask_the_same_in_one_batch_and_between_long_plain_text() -> None:
    cases = [case for path in WITH_MASKED for case in load(path)]
    plain = "".join(case["text"] + "\n" for case in load(CASES / "plain_text.jsonl"))
    text = pl.Series([f"{plain}\n\n{case['text']}\n\n{plain}" for case in cases])
    columns = (pl.Series([case[key] for case in cases]) for key in ("language", "country"))
    masked = pii.scrub(text, *columns)["text"].to_list()
    assert masked == [f"{plain}\n\n{case['masked']}\n\n{plain}" for case in cases]

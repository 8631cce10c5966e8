"""The packaged models tell the languages of a small slice at least as well as when it was pinned."""

import json

import pytest

from tests.benchmarks.language_goals import macro_f1
from tests.benchmarks.language_slice import FOLDER, PARTS, models, pinned, scores


def test_every_packaged_model_is_pinned_with_its_digest():
    assert {name: it["sha256"] for name, it in pinned().items()} == models()


@pytest.mark.parametrize("model", sorted(models()))
def test_no_pinned_score_falls(model):
    found, least = scores(model), pinned()[model]
    assert {part: found[part] for part in PARTS if found[part] < least[part]} == {}


def test_one_wrong_call_more_lowers_the_score():
    gold = ["swh", "swh", "yor"]
    assert macro_f1(gold, ["swh", "eng", "yor"]) < macro_f1(gold, ["swa", "swh", "yor"]) == 1


@pytest.mark.parametrize("part", PARTS)
def test_every_text_of_the_slice_has_its_language_source_and_licence(part):
    lines = (FOLDER / f"{part}.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    assert all(row["lang"] and row["source"] and row["licence"] for row in rows)
    assert len({row["text"] for row in rows}) == len(rows)

"""The gate on evaluation sets looks again itself, and trusts no record."""

import io

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from governance.validate import validate
from lang_models.passages import of_items
from lang_models.tokens import tokenise
from pipelines.compare import compare
from pipelines.evaluation import PASSAGES
from tests.articles import articles
from tests.documents import row
from tests.releases import make_release
from tests.validations import nothing

SETTINGS = {"name": "demo", "version": "2026.11.0", "dedup": {"threshold": 0.75}}
FILE = "duplicates/evaluation/exam.parquet"


def release(folder, texts, items, **changes):
    """A release with these documents, made by a run that named one evaluation set."""
    data = io.BytesIO()
    pq.write_table(pa.table([*of_items(tokenise(pl.Series(items)), 13)], schema=PASSAGES), data)
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_bytes(data.getvalue())
    asked = {"id": "exam", "paths": ["exam.jsonl"], "ngram": 13, "most": 0} | changes
    record = {"id": "exam", "passages_file": FILE}
    return make_release(
        folder,
        [row(number, text=text) for number, text in enumerate(texts)],
        settings={**SETTINGS, "decontaminate": [asked]},
        evaluation_sets=[record],
    )


def gate(folder, look=compare):
    found = validate(folder, find=nothing, compare=look)
    return next(one for one in found.gates if one.id == "G-CON")


def test_a_clean_release_passes_and_says_how_much_was_compared(tmp_path):
    one, other, third = articles()["sw"][:3]
    found = gate(release(tmp_path, [one, other], [third]))
    assert (found.judged, found.passed, found.figure) == (True, True, 0)
    assert "Documents compared: 2; evaluation sets: exam" in found.note


@pytest.mark.parametrize("hint", ["sw", "ta", "zh", "km", "ar", "ti", "mk", "ja"])
def test_a_contaminated_document_left_in_the_release_blocks_it(tmp_path, hint):
    one, other, _ = articles()[hint][:3]
    found = gate(release(tmp_path, [one, f"{other}\n{one}", other], [one]))
    assert (found.judged, found.passed, found.figure) == (True, False, 2)
    assert found.reasons == (
        "exam: released documents that hold more of its passages than they may: 2",
    )


def test_passages_that_the_run_allows_do_not_count(tmp_path):
    one = articles()["sw"][0]
    assert gate(release(tmp_path, [one], [one], most=10_000)).passed


def test_passages_that_are_gone_count_as_a_failure(tmp_path):
    folder = release(tmp_path, [articles()["sw"][0]], [articles()["sw"][1]])
    (folder / FILE).unlink()
    found = gate(folder)
    assert (found.passed, found.reasons) == (False, ("exam: its passages are not in the release",))


def test_without_anybody_who_compares_the_gate_is_not_judged(tmp_path):
    folder = release(tmp_path, [articles()["sw"][0]], [articles()["sw"][0]])
    found = gate(folder, None)
    assert (found.judged, found.passed, found.failed) == (False, False, False)


def test_a_run_without_evaluation_sets_is_not_judged_and_says_so(tmp_path):
    found = gate(make_release(tmp_path))
    assert not found.judged
    assert "names no evaluation sets" in found.note

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import polars as pl
import pytest

from governance.validate import gates
from governance.validate.expectations import SUITES, Judge, read_suite
from governance.validate.gates import GATES
from governance.validate.gates.limits import is_source
from governance.validate.shard_facts import FACTS, NAMES

DOCS = Path(__file__).parents[2] / "docs" / "validation.md"
PARAMETERS = {
    "sources": ["udhr"], "models": ["m"], "run_ids": ["r"], "settings_digests": ["s"],
    "licences": ["MIT"], "stages": ["screen"],
}  # fmt: skip


def _expectations():
    return [(name, item) for name in SUITES for item in read_suite(name)["expectations"]]


def _columns(item):
    kwargs = item["kwargs"]
    return {kwargs[key] for key in ("column", "column_A", "column_B") if key in kwargs}


def test_every_module_among_the_gates_is_in_the_tuple():
    modules = [
        import_module(f"{gates.__name__}.{one.name}") for one in iter_modules(gates.__path__)
    ]
    assert {module.CHECK.id for module in modules} == {check.id for check in GATES}
    assert len(GATES) == len(modules)


def test_every_gate_says_where_its_limit_is_from():
    assert all(is_source(check.source) for check in GATES)


def test_every_suite_file_is_named():
    folder = Path(__file__).parents[2] / "schemas" / "suites"
    assert {path.stem for path in folder.glob("*.json")} == set(SUITES)


@pytest.mark.parametrize(("suite", "item"), _expectations())
def test_every_expectation_has_a_gate_a_severity_and_a_reason(suite, item):
    assert item["meta"]["gate"] in {check.id for check in GATES}, suite
    assert item["severity"] in {"critical", "warning"}
    assert item["meta"]["why"].endswith(".")


@pytest.mark.parametrize(("suite", "item"), _expectations())
def test_no_expectation_looks_at_a_text(suite, item):
    known = set(FACTS) if suite == "release" else {*NAMES, "is_in_place", "is_explained", "path"}
    assert _columns(item) <= known - {"text", "title", "url", "native_id"}


def test_every_gate_and_every_expectation_is_in_the_docs():
    text = DOCS.read_text(encoding="utf-8")
    for check in GATES:
        assert f"`{check.id}`" in text, check.id
        assert check.title in text, check.id
    for _, item in _expectations():
        assert item["meta"]["why"] in text


def test_great_expectations_is_not_imported_before_it_is_needed():
    code = "import sys, governance.validate; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _frame(path, tags):
    """Rows of the suite for what was held back; a tag that is none makes one expectation fail."""
    return pl.DataFrame(
        {
            "doc_id": [f"{number:032x}" for number in range(len(tags))],
            "tag": tags,
            "path": [path] * len(tags),
        }
    ).with_columns(
        source=pl.lit("udhr"), run_id=pl.lit("r"), settings_digest=pl.lit("s"),
        model=pl.lit("m"), raw_hmac=pl.lit("0" * 64), is_in_place=True, score=0.5, share=0.5,
        stage=pl.lit("screen"), rule=pl.lit("short"), is_explained=True,
        kept_doc_id=pl.lit("0" * 32), similarity=1.0,
    )  # fmt: skip


def _failed(judge):
    return [item for item in judge.results() if not item.passed]


def test_small_shards_are_judged_together_and_the_bad_one_is_found(monkeypatch):
    judge = Judge("withheld", PARAMETERS)
    calls = []
    original = Judge._failing
    monkeypatch.setattr(
        Judge, "_failing", lambda self, frame: calls.append(1) or original(self, frame)
    )
    frames = [_frame(f"removed/part-{number:05}.parquet", ["swh_Latn"] * 3) for number in range(40)]
    frames[17] = _frame("removed/part-00017.parquet", ["swh_Latn", "no tag"])
    judge.judge(frames)
    (failed,) = _failed(judge)
    assert failed.columns == ("tag",)
    assert failed.shards == ("removed/part-00017.parquet",)
    assert len(calls) < 20


def test_five_bad_shards_are_named_and_no_more():
    judge = Judge("withheld", PARAMETERS)
    judge.judge([_frame(f"removed/part-{number:05}.parquet", ["bad"]) for number in range(20)])
    (failed,) = _failed(judge)
    assert len(failed.shards) == 5


def test_a_large_shard_is_judged_in_parts(monkeypatch):
    monkeypatch.setattr("governance.validate.expectations.ROWS_AT_ONCE", 10)
    judge = Judge("withheld", PARAMETERS)
    judge.judge([_frame("removed/part-00000.parquet", ["swh_Latn"] * 25 + ["bad"])])
    assert [item.columns for item in _failed(judge)] == [("tag",)]


def test_a_frame_that_lacks_a_column_fails_and_does_not_crash():
    judge = Judge("withheld", PARAMETERS)
    judge.judge([_frame("removed/part-00000.parquet", ["swh_Latn"]).drop("rule")])
    assert {item.columns for item in _failed(judge)} == {("rule",)}


def test_nothing_to_judge_passes():
    judge = Judge("withheld", PARAMETERS)
    judge.judge([])
    assert _failed(judge) == []

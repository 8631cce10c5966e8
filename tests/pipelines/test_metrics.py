"""Figures for monitoring: they are those of the record, in a format that Prometheus reads."""

import re

import pytest

from pipelines.metrics import as_text, write_metrics
from tests import runs

pytestmark = pytest.mark.xdist_group("small-run")

LINE = re.compile(r'endonym_([a-z_]+)\{((?:[a-z]+="(?:[^"\\]|\\.)*",?)+)\} (\S+)')


def _read(text):
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found)
    return [
        (one[1], dict(re.findall(r'([a-z]+)="([^"]*)"', one[2])), float(one[3])) for one in found
    ]


def test_the_figures_are_those_of_the_record(small_release, tmp_path):
    target = tmp_path / "endonym.prom"
    write_metrics(str(small_release), str(target))
    figures = _read(target.read_text(encoding="utf-8"))
    counts = runs.record(small_release)["counts"]
    for outcome in ("read", "released", "removed", "quarantined"):
        told = [
            n for name, labels, n in figures if name == "documents" and labels["outcome"] == outcome
        ]
        assert sum(told) == counts[outcome] > 0
    masked = {labels["type"]: n for name, labels, n in figures if name == "personal_data"}
    assert masked == counts["privacy"]
    assert {labels["runner"] for _, labels, _ in figures} == {"local"}


def test_every_figure_says_what_it_is_before_its_first_line(small_release, tmp_path):
    target = tmp_path / "endonym.prom"
    write_metrics(str(small_release), str(target))
    text = target.read_text(encoding="utf-8")
    for name in {name for name, _, _ in _read(text)}:
        assert text.index(f"# HELP endonym_{name} ") < text.index(f"\nendonym_{name}{{")


def test_marks_in_a_label_are_escaped():
    counts = {"by_source": {}, "languages": {}, "privacy": {}, "quarantined_by_rule": {},
              "removed_by_rule": {'a"b\\c': 1}}  # fmt: skip
    record = {"name": "n", "version": "v", "counts": counts}
    text = as_text(record, {"runner": "local", "seconds": {}})
    assert 'rule="a\\"b\\\\c"} 1' in text

"""P3: only keys, fingerprints and verdicts are shuffled; memory is bounded by the batch."""

import subprocess
import sys

import apache_beam as beam
import pytest
from apache_beam.transforms.core import GroupByKey
from apache_beam.transforms.util import Reshuffle

from pipelines.curate import curate
from pipelines.inputs import find_all
from pipelines.load import load_run
from tests import runs
from tests.made_corpus import make_corpus

SIZES = {"batch_mb": 8, "shard_mb": 8, "row_group_mb": 8, "split_mb": 16}
CARD = """
id: made
title: Made for a test
paths: ["../made/*.jsonl"]
fields: {text: text, id: id}
licence: {declared: CC0-1.0}
rights_basis: public-domain
custodian: {name: A test, contact: test@example.org}
jurisdiction: INT
collected: {from: 2026-01-01, to: 2026-01-01, how: made}
expires: null
"""


def _run(folder, megabytes):
    run = runs.make_run(folder, (), sizes=SIZES)
    (folder / "made").mkdir()
    make_corpus(folder / "made" / "a.jsonl", megabytes)
    (folder / "sources" / "made.yaml").write_text(CARD)
    return run


def _peak_mb(run):
    """Peak memory of the whole command, from the kernel."""
    program = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    command = [runs.COMMAND, "curate", str(run), "--json", "--workers", "1", "--no-report"]
    done = subprocess.run(
        [sys.executable, "-c", program, *command],
        capture_output=True, text=True, check=True, env=runs.environment(),
    )  # fmt: skip
    return float(done.stdout.split()[-1])


def test_ten_times_the_input_takes_less_than_15_percent_more_memory(tmp_path):
    small = _peak_mb(_run(tmp_path / "small", 10))
    large = _peak_mb(_run(tmp_path / "large", 100))
    assert large < 1.15 * small


def test_nothing_that_is_shuffled_can_hold_a_document(tmp_path):
    """Every shuffle of the graph is one of these, and none of their elements is a batch."""
    run = load_run(runs.make_run(tmp_path, ("notes",)))
    pipeline = beam.Pipeline()
    curate(pipeline, run, find_all(run))
    shuffles = {}

    class Visitor(beam.pipeline.PipelineVisitor):
        def enter_composite_transform(self, node):
            self.visit_transform(node)

        def visit_transform(self, node):
            if isinstance(node.transform, GroupByKey | Reshuffle):
                shuffles.setdefault(node.full_label.split("/")[0], node.inputs[0].element_type)

    pipeline.visit(Visitor())
    named = {label: str(kind) for label, kind in shuffles.items()}
    assert set(named) >= {"share splits", "share parts", "by staged files", "share shards"}
    assert not any("Batch" in kind for kind in named.values())


@pytest.mark.slow
def test_a_run_of_300_megabytes_stays_under_one_and_a_half_gigabytes(tmp_path):
    folder = tmp_path / "big"
    run = runs.make_run(folder, ())
    (folder / "made").mkdir()
    make_corpus(folder / "made" / "a.jsonl", 300)
    (folder / "sources" / "made.yaml").write_text(CARD)
    assert _peak_mb(run) < 1500

"""P2: same inputs, settings, models and key give byte-identical outputs."""

from pathlib import Path

import pytest

from pipelines import curate as graph
from pipelines import job
from tests import runs

pytestmark = pytest.mark.xdist_group("small-run")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--workers", "1"),
        ("--workers", "2"),
        ("--workers", "2", "--", "--direct_running_mode=multi_processing"),
    ],
    ids=["in memory", "two threads", "two processes"],
)
def test_the_root_is_the_same_however_many_work(small_run, tmp_path, arguments):
    _, release = small_run
    again = runs.curate(runs.make_run(tmp_path), *arguments)
    assert runs.root(again) == runs.root(release)


def test_the_root_is_the_same_in_whatever_order_files_are_found(small_run, tmp_path, monkeypatch):
    _, release = small_run
    build = graph.curate

    def backwards(pipeline, run, inputs):
        build(pipeline, run, sorted(inputs, key=lambda file: file.uri[::-1]))

    monkeypatch.setattr(graph, "curate", backwards)
    summary = job.Job(runs.make_run(tmp_path), workers=1).curate(with_progress=False)
    assert runs.root(Path(summary.release)) == runs.root(release)


def test_another_key_gives_other_names_and_so_another_root(small_run, tmp_path):
    _, release = small_run
    run = runs.make_run(tmp_path)
    (tmp_path / "key").write_text("6b1f" * 16)
    assert runs.root(runs.curate(run)) != runs.root(release)

"""P2: same inputs, settings, models and key give byte-identical outputs."""

import pytest

from pipelines import curate as graph
from tests import runs

pytestmark = pytest.mark.xdist_group("small-run")


@pytest.mark.parametrize(
    ("workers", "beam"),
    [(1, ()), (2, ("--direct_running_mode=multi_processing",))],
    ids=["in one thread", "in two processes"],
)
def test_the_root_is_the_same_however_many_work(small_run, tmp_path, workers, beam):
    _, release = small_run
    again = runs.written(runs.make_run(tmp_path), workers=workers, beam=beam)
    assert runs.root(again) == runs.root(release)


def test_the_root_is_the_same_in_whatever_order_files_are_found(small_run, tmp_path, monkeypatch):
    _, release = small_run
    build = graph.curate

    def backwards(pipeline, run, inputs):
        build(pipeline, run, sorted(inputs, key=lambda file: file.uri[::-1]))

    monkeypatch.setattr(graph, "curate", backwards)
    assert runs.root(runs.written(runs.make_run(tmp_path))) == runs.root(release)


def test_another_key_gives_other_names_and_so_another_root(tmp_path):
    runs_of_two_keys = [runs.make_run(tmp_path / key, ("notes",)) for key in ("one", "other")]
    (tmp_path / "other/key").write_text("6b1f" * 16)
    assert len({runs.root(runs.written(run)) for run in runs_of_two_keys}) == 2

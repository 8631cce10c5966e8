"""Again tomorrow: what is staged is not worked on again, and the plan says so beforehand."""

import json
import shutil

import pytest
import yaml

from tests import runs

FEW = ("notes", "letters", "press")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A corpus whose batches were kept, with the modification times of its staged files."""
    folder = tmp_path_factory.mktemp("kept")
    run = runs.make_run(folder, FEW, keep_staging=True)
    release = runs.written(run)
    return run, release


@pytest.fixture
def corpus(kept, tmp_path):
    run, _ = kept
    shutil.copytree(run.parent, tmp_path / "corpus")  # times of change are copied too
    return tmp_path / "corpus/run.yaml"


def _staged(run):
    return {path.name: path.stat().st_ino for path in run.parent.glob(".endonym/batches/*/*.arrow")}


def _plan(run, *arguments):
    done = runs.endonym("plan", run, "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _sources(plan):
    return {one["source"]: (one["parts"] - one["cached"], one["why"]) for one in plan["sources"]}


def _change(path, **values):
    card = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(card | values), encoding="utf-8")


def test_the_next_version_works_on_what_is_new_alone(corpus, tmp_path):
    before = _staged(corpus)
    runs.make_run(corpus.parent, (*FEW, "loan"), keep_staging=True, version="1.1.0")
    planned = _sources(_plan(corpus))
    assert planned.pop("loan") == (1, ["new"])
    assert all(one == (0, []) for one in planned.values())
    release = runs.written(corpus)
    after = _staged(corpus)
    assert before.items() < after.items()
    fresh = runs.make_run(tmp_path / "fresh", (*FEW, "loan"), keep_staging=True, version="1.1.0")
    assert runs.root(release) == runs.root(runs.written(fresh))
    journal = json.loads((release / "journal.json").read_text())
    assert 0 < journal["worked_share"] < 0.5


def test_a_change_touches_the_sources_that_it_is_about(corpus):
    assert _plan(corpus)["released"]
    later = ("--set", "version=1.1.0")
    assert _plan(corpus, *later)["to_do_bytes"] == 0
    _change(corpus.parent / "sources/notes.yaml", trust=5)
    notes = len(list((corpus.parent / "text/notes").iterdir()))
    assert _sources(_plan(corpus, *later)) == {
        "letters": (0, []), "press": (0, []), "notes": (notes, ["card changed"]),
    }  # fmt: skip
    text = next((corpus.parent / "text/letters").iterdir())
    text.write_bytes(text.read_bytes() + text.read_bytes())
    assert _sources(_plan(corpus, *later))["letters"] == (1, ["file changed"])


def test_a_policys_clocks_touch_no_batch_and_what_it_says_of_documents_touches_all(corpus):
    later = ("--set", "version=1.1.0")
    policy = corpus.parent / "policy.yaml"
    _change(policy, retention={"raw_days": 30})
    assert _plan(corpus, *later)["to_do_bytes"] == 0
    _change(policy, mixed_language="quarantine")
    assert {why for _, (why,) in _sources(_plan(corpus, *later)).values()} == {"policy changed"}


def test_a_file_that_looks_as_it_did_but_is_another_is_read(corpus, tmp_path):
    import os

    text = next((corpus.parent / "text/notes").iterdir())
    data, times = text.read_bytes(), text.stat()
    text.write_bytes(data.swapcase())
    os.utime(text, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert _plan(corpus, "--set", "version=1.1.0")["to_do_bytes"] == 0  # by size and time
    runs.make_run(tmp_path / "fresh", FEW, version="1.1.0")
    shutil.copy(text, tmp_path / "fresh/text/notes" / text.name)
    fresh = runs.root(runs.written(tmp_path / "fresh/run.yaml"))
    assert runs.root(runs.written(corpus, version="1.1.0")) == fresh


def test_without_kept_batches_everything_is_to_be_done_and_the_plan_says_how_to_keep_them(tmp_path):
    run = runs.make_run(tmp_path, ("notes",))
    assert _plan(run)["to_do_bytes"] > 0
    said = runs.endonym("plan", run).stdout
    assert "keep_staging: true" in said
    assert not (tmp_path / "out").exists()


def test_too_little_room_is_said(tmp_path, monkeypatch):
    from pipelines import planning
    from pipelines.inputs import find_all
    from pipelines.load import load_run

    monkeypatch.setattr(planning, "_free", lambda _: 10)
    run = load_run(runs.make_run(tmp_path, ("notes",)))
    assert not planning.plan_run(run, find_all(run), 1).has_room

"""A run reads from and writes onto any Beam filesystem, with the result of a run on the disk."""

import dataclasses
import json
from pathlib import Path

import pytest
import yaml

from governance.manifest import verify
from governance.validate import validate
from pipelines import curate as graph
from pipelines import files, publish
from pipelines.inputs import find_all
from pipelines.job import Job
from pipelines.load import load_run
from pipelines.runners import make_pipeline
from schemas.errors import InputError
from tests import runs
from tests.memory_filesystem import MemoryFileSystem, TreeFileSystem

#: Every way of reading: lines, columns, row groups, archives, pages, damaged files.
SOURCES = ("notes", "contributions", "loan", "crawl-text", "pages", "broken")


@pytest.fixture(params=[MemoryFileSystem, TreeFileSystem], ids=lambda system: system.scheme())
def system(request):
    request.param.clear()
    yield request.param
    request.param.clear()


@pytest.fixture
def without_judging(monkeypatch):
    """Validation takes seconds and a process, and knows nothing of where a release will lie."""
    monkeypatch.setattr("pipelines.job.judge", runs.unjudged)


def _sent_away(folder, system, sources=("notes",)):
    """A run file whose cards name files on another filesystem, where they lie now."""
    run = runs.make_run(folder, sources)
    base = f"{system.scheme()}://archive"
    for path in (folder / "text").rglob("*"):
        if path.is_file():
            system.objects[f"{base}/{path.relative_to(folder)}"] = path.read_bytes()
    for path in (folder / "sources").glob("*.yaml"):
        card = yaml.safe_load(path.read_text(encoding="utf-8"))
        card["paths"] = [one.replace("../text", f"{base}/text") for one in card["paths"]]
        path.write_text(yaml.safe_dump(card), encoding="utf-8")
    (folder / "text").rename(folder / "not-to-be-read")
    return run


def _objects(system, place):
    return {
        path.removeprefix(f"{place}/"): data
        for path, data in system.objects.items()
        if path.startswith(f"{place}/")
    }


def _on_disk(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


#: What may differ between two runs.
CLOCKS = {"journal.json"}


@pytest.mark.usefixtures("without_judging")
def test_a_run_onto_another_filesystem_leaves_what_a_run_onto_the_disk_leaves(tmp_path, system):
    run = _sent_away(tmp_path, system)
    here = Job(run, workers=1).curate(with_progress=False)
    assert here.counts["released"] > 0
    place = f"{system.scheme()}://shelf/corpus"
    there = Job(run, out=place, workers=1).curate(with_progress=False)
    assert there.release == f"{place}/1.0.0"
    assert there.counts == here.counts
    local, sent = _on_disk(tmp_path / "out/1.0.0"), _objects(system, there.release)
    assert sent.keys() == local.keys()
    assert [name for name in local if sent[name] != local[name] and name not in CLOCKS] == []
    assert verify(_fetched(there.release, system, tmp_path)) == []
    assert not list((tmp_path / ".endonym/staging").iterdir())
    again = Job(run, out=place, workers=1).curate(with_progress=False)
    assert again.was_there


@pytest.mark.slow
def test_a_release_that_was_sent_is_judged_and_reported_first(tmp_path, system):
    run = _sent_away(tmp_path, system)
    there = Job(run, out=f"{system.scheme()}://shelf/corpus", workers=1).curate(with_progress=False)
    assert there.passed
    assert there.report == f"{there.release}/report/index.html"
    assert validate(_fetched(there.release, system, tmp_path)).passed


def _fetched(release, system, folder):
    """A copy of a release, as somebody else would fetch it."""
    for name, data in _objects(system, release).items():
        (folder / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "copy" / name).write_bytes(data)
    return folder / "copy"


def test_the_graph_itself_stages_and_writes_on_any_filesystem(tmp_path, system):
    run_file = _sent_away(tmp_path, system, SOURCES)
    here = load_run(run_file)
    away = dataclasses.replace(
        here,
        state=f"{system.scheme()}://work/staging/here",
        release=f"{system.scheme()}://work/out/1.0.0",
    )
    for run in (here, away):
        with make_pipeline("local", 1, []) as pipeline:
            graph.curate(pipeline, run, find_all(run))
    local, remote = _on_disk(Path(here.output)), _objects(system, away.output)
    assert local == remote
    for folder in (lambda run: run.batches, lambda run: run.own("told")):
        staged = {path.name for path in Path(folder(here)).rglob("*") if path.is_file()}
        assert (
            {name.rpartition("/")[2] for name in _objects(system, folder(away))} == staged != set()
        )


@pytest.mark.usefixtures("without_judging")
def test_a_release_is_none_until_its_last_file_was_sent(tmp_path, system):
    run = _sent_away(tmp_path, system)
    place = f"{system.scheme()}://shelf/corpus"
    release = f"{place}/1.0.0"
    sent = []

    def pulled_out(done, total):
        sent.append(set(_objects(system, release)))
        if done == total // 2:
            raise KeyboardInterrupt

    loaded = load_run(run, out=place)
    original = publish.publish
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.job.publish", lambda run, _: original(run, pulled_out))
        with pytest.raises(KeyboardInterrupt):
            Job(run, out=place, workers=1).curate(with_progress=False)
    assert "manifest.json" not in sent[-1]
    assert "run.json" in sent[0]
    assert publish.is_released(loaded, find_all(loaded)) is False
    system.objects[f"{release}/documents/left-by-another-attempt"] = b""
    summary = Job(run, out=place, workers=1).curate(with_progress=False)
    assert summary.passed
    left = _objects(system, release)
    assert {"manifest.json", "run.json"} <= left.keys()
    assert "documents/left-by-another-attempt" not in left
    last = [path for done, path in system.log if done == "rename" and path.startswith(release)]
    assert last[-1] == f"{release}/manifest.json"


@pytest.mark.usefixtures("without_judging")
def test_what_lies_at_the_place_of_a_release_is_never_touched(tmp_path, system):
    run = _sent_away(tmp_path, system)
    place = f"{system.scheme()}://shelf/corpus"
    system.objects[f"{place}/1.0.0/holiday.jpg"] = b"mine"
    before = dict(system.objects)
    with pytest.raises(InputError, match="is there already"):
        Job(run, out=place, workers=1).curate(with_progress=False)
    assert system.objects == before
    assert not (tmp_path / ".endonym/staging/demo-1.0.0").exists()


@pytest.mark.usefixtures("without_judging")
def test_a_place_that_cannot_be_written_to_is_told_before_any_work(tmp_path, system):
    run = _sent_away(tmp_path, system)
    system.room_bytes = -1
    with pytest.raises(InputError, match=r"cannot be written \(No space left on device\)"):
        Job(run, out=f"{system.scheme()}://shelf/corpus", workers=1).curate(with_progress=False)
    assert not (tmp_path / ".endonym/staging/demo-1.0.0").exists()


@pytest.mark.usefixtures("without_judging")
def test_an_earlier_release_on_another_filesystem_is_compared_with(tmp_path, system):
    run = _sent_away(tmp_path, system)
    place = f"{system.scheme()}://shelf/corpus"
    first = Job(run, out=place, workers=1).curate(with_progress=False)
    later = {"version": "2.0.0", "dedup.against": [f"{place}/1.0.0"]}
    second = Job(run, later, workers=1).curate(with_progress=False)
    assert first.counts["released"] > 0
    assert second.counts["released"] == 0
    record = json.loads(files.read_bytes(files.join(second.release, "run.json")))
    assert record["dedup"]["against"] == ["corpus/1.0.0"]


@pytest.mark.usefixtures("without_judging")
def test_a_network_that_fails_while_reading_stops_the_run_and_quarantines_nothing(tmp_path, system):
    run = _sent_away(tmp_path, system)
    path = max((one for one in system.objects if "/notes/" in one), key=len)
    system.breaking[path] = 0
    with pytest.raises(InputError, match="reading broke off"):
        Job(run, workers=1).curate(with_progress=False)
    assert not (tmp_path / "out/1.0.0").exists()
    system.breaking.clear()
    assert Job(run, workers=1).curate(with_progress=False).passed

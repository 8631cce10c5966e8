"""A run reads from and writes onto any Beam filesystem, with the result of a run on the disk."""

import dataclasses
import json

import pytest
import yaml

from governance.manifest import verify
from pipelines import curate as graph
from pipelines import files, publish
from pipelines.inputs import find_all
from pipelines.job import Job
from pipelines.run import load_run
from pipelines.runners import make_pipeline
from schemas.errors import InputError
from tests import runs
from tests.memory_filesystem import MemoryFileSystem, TreeFileSystem

#: One source of each way of reading: lines, packed lines, columns, row groups, archives, pages.
SOURCES = ("notes", "letters", "contributions", "loan", "crawl-text", "pages", "broken")


@pytest.fixture(params=[MemoryFileSystem, TreeFileSystem], ids=lambda system: system.scheme())
def system(request):
    request.param.clear()
    yield request.param
    request.param.clear()


def _sent_away(folder, system):
    """A run file whose cards name files on another filesystem, where they lie now."""
    run = runs.make_run(folder, SOURCES)
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


def test_a_run_from_and_onto_another_filesystem_leaves_what_a_run_onto_the_disk_leaves(
    tmp_path, system
):
    run = _sent_away(tmp_path, system)
    here = Job(run, workers=1).curate(with_progress=False)
    assert here.passed
    assert here.counts["read"] > 100
    place = f"{system.scheme()}://shelf/corpus"
    there = Job(run, out=place, workers=1).curate(with_progress=False)
    assert (there.release, there.report) == (f"{place}/1.0.0", f"{place}/1.0.0/report/index.html")
    assert there.counts == here.counts
    local, sent = _on_disk(tmp_path / "out/1.0.0"), _objects(system, there.release)
    assert sent.keys() == local.keys()
    assert [name for name in local if sent[name] != local[name] and name not in CLOCKS] == []
    # Whoever fetches a copy can verify it.
    for name, data in sent.items():
        (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "copy" / name).write_bytes(data)
    assert verify(tmp_path / "copy") == []
    assert not list((tmp_path / ".endonym/staging").iterdir())
    again = Job(run, out=place, workers=1).curate(with_progress=False)
    assert again.was_there


def test_the_graph_itself_stages_and_writes_on_any_filesystem(tmp_path, system):
    run_file = _sent_away(tmp_path, system)
    here = load_run(run_file)
    away = dataclasses.replace(
        here, state=f"{system.scheme()}://work/state", release=f"{system.scheme()}://work/out/1.0.0"
    )
    for run in (here, away):
        with make_pipeline("local", 1, []) as pipeline:
            graph.curate(pipeline, run, find_all(run))
    from pathlib import Path

    local, remote = _on_disk(Path(here.output)), _objects(system, away.output)
    assert local == remote
    staged = {path.name for path in Path(here.state, "staged").iterdir()}
    assert set(_objects(system, f"{away.state}/staged")) == staged


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


def test_what_lies_at_the_place_of_a_release_is_never_touched(tmp_path, system):
    run = _sent_away(tmp_path, system)
    place = f"{system.scheme()}://shelf/corpus"
    system.objects[f"{place}/1.0.0/holiday.jpg"] = b"mine"
    before = dict(system.objects)
    with pytest.raises(InputError, match="is there already"):
        Job(run, out=place, workers=1).curate(with_progress=False)
    assert system.objects == before
    assert not (tmp_path / ".endonym/staging/demo-1.0.0").exists()


def test_a_place_that_cannot_be_written_to_is_told_before_any_work(tmp_path, system):
    run = _sent_away(tmp_path, system)
    system.room_bytes = -1
    with pytest.raises(InputError, match=r"cannot be written \(No space left on device\)"):
        Job(run, out=f"{system.scheme()}://shelf/corpus", workers=1).curate(with_progress=False)
    assert not (tmp_path / ".endonym/staging/demo-1.0.0").exists()


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


def test_a_network_that_fails_while_reading_stops_the_run_and_quarantines_nothing(tmp_path, system):
    run = _sent_away(tmp_path, system)
    path = max((one for one in system.objects if "/notes/" in one), key=len)
    system.breaking[path] = 0
    with pytest.raises(InputError, match="reading broke off"):
        Job(run, workers=1).curate(with_progress=False)
    assert not (tmp_path / "out/1.0.0").exists()
    system.breaking.clear()
    assert Job(run, workers=1).curate(with_progress=False).passed

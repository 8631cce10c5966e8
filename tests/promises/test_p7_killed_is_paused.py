"""P7: kill -9 at any moment, start again: finished work is not redone, and P2 holds."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.load import load_run
from tests import runs

#: Small batches, so that a kill finds some of them done.
SIZES = {"batch_mb": 0.2, "shard_mb": 0.5, "row_group_mb": 0.25, "split_mb": 1}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    started = time.monotonic()
    release = runs.written(runs.make_run(tmp_path_factory.mktemp("calm"), sizes=SIZES))
    # The command also starts, validates and reports, which takes as long again.
    return runs.root(release), 2 * (time.monotonic() - started)


def _kill_after(run, seconds, log):
    with log.open("w") as output:
        process = subprocess.Popen(
            [runs.COMMAND, "curate", str(run)],
            stdout=output, stderr=output, start_new_session=True, env=runs.environment(),
        )  # fmt: skip
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _killed_runs_end_the_same(folder, undisturbed, kills, seed):
    root, seconds = undisturbed
    chance = random.Random(seed)
    run = runs.make_run(folder, sizes=SIZES)
    for number in range(kills):
        # Kills fall between the first batch and the end of an undisturbed run.
        _kill_after(run, chance.uniform(0.2, 1.0) * seconds, folder / f"log-{number}")
        left = [path for path in (folder / "out").glob("*") if not path.name.startswith(".")]
        assert all((release / "manifest.json").exists() for release in left)
    assert runs.root(runs.curate(run)) == root


def test_three_kills_change_nothing(tmp_path, undisturbed):
    _killed_runs_end_the_same(tmp_path, undisturbed, 3, seed=7)


@pytest.mark.slow
def test_twenty_kills_change_nothing(tmp_path, undisturbed):
    _killed_runs_end_the_same(tmp_path, undisturbed, 20, seed=20)


def test_a_batch_that_is_staged_is_not_worked_on_again(tmp_path, undisturbed):
    run = runs.make_run(tmp_path, sizes=SIZES, keep_staging=True)
    release = runs.written(run)
    staged = {path: path.stat().st_mtime_ns for path in tmp_path.glob(".endonym/**/*.arrow")}
    release.rename(tmp_path / "moved-away")
    again = runs.written(run)
    assert staged
    assert {path: path.stat().st_mtime_ns for path in staged} == staged
    assert runs.root(again) == undisturbed[0]


#: Dies while it writes the file that its argument names.
DIES = """
import os, signal, sys
from pipelines import files
with files.create(sys.argv[1]) as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_was_writing_is_not_in_the_release(tmp_path):
    calm = runs.written(runs.make_run(tmp_path / "calm", ("notes",)))
    run = runs.make_run(tmp_path / "killed", ("notes",))
    draft = Path(load_run(run).output)
    shard = draft / "documents/language_tag=swh_Latn/part-00000.parquet"
    died = subprocess.run([sys.executable, "-c", DIES, shard], check=False)
    assert died.returncode == -signal.SIGKILL
    assert len(list(draft.rglob("*part-00000*"))) == 1
    release = runs.written(run)
    assert not list(release.rglob(".*"))
    assert runs.root(release) == runs.root(calm)


def test_two_runs_at_once_on_one_release_are_refused(tmp_path):
    import fcntl

    run = runs.make_run(tmp_path, ("notes",))
    lock = tmp_path / ".endonym/staging/demo-1.0.0.lock"
    lock.parent.mkdir(parents=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = runs.endonym("curate", run)
    assert done.returncode == 1
    assert "another run is at work" in done.stderr


def test_a_release_made_with_other_settings_is_never_overwritten(tmp_path):
    run = runs.make_run(tmp_path, ("notes",))
    release = runs.written(run)
    before = runs.root(release)
    done = runs.endonym("curate", run, "--set", "dedup.threshold=0.8")
    assert done.returncode == 1
    assert "made with other settings" in done.stderr
    assert runs.root(release) == before

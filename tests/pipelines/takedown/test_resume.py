"""A takedown that was killed or stopped anywhere goes on where it was."""

import signal
import subprocess
import sys

import pytest

from governance.takedown import cases, tombstones
from pipelines.load import load_corpus
from pipelines.takedown import apply as application
from schemas.errors import InputError
from tests import runs, takedowns

pytestmark = pytest.mark.xdist_group("takedown")


#: Applies a case and kills itself at the n-th file that becomes whole, by whatever means.
KILLED = """
import os, signal, sys
from pathlib import Path
run, case, at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
from pipelines.takedown import apply
from governance.takedown import cases, stored
from pipelines.load import load_corpus
seen = 0
replace, link, rmtree = Path.replace, os.link, apply.withdrawal.shutil.rmtree
def counted(real):
    def call(*values, **named):
        global seen
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*values, **named)
    return call
Path.replace = counted(replace)
apply.withdrawal.shutil.rmtree = counted(rmtree)
apply._judge = lambda draft, shown: None
corpus = load_corpus(run)
work = apply.begin(corpus, cases.load(corpus, case), day="2026-11-25", role="rights-officer",
                   at="2026-11-25")
apply.take_down(work)
print(seen)
"""


def _kill(run, case, at):
    return subprocess.run([sys.executable, "-c", KILLED, run, case, str(at)], check=False,
                          capture_output=True, text=True, env=runs.environment())  # fmt: skip


def _state(run, versions):
    out = run.parent / "out"
    return {
        "roots": [runs.root(out / name) for name in versions],
        "tombstones": tombstones.read(out / "tombstones")["tombstone_id"].to_list(),
        "old": [
            sorted(path.name for path in (out / name).iterdir()) for name in ("1.0.0", "1.1.0")
        ],
    }


def test_a_takedown_killed_anywhere_ends_as_if_it_was_not(located_run, tmp_path):
    located, case = located_run
    calm = takedowns.copied(located, tmp_path / "calm")
    whole = _kill(calm, case, 0)
    assert whole.returncode == 0, whole.stderr[-800:]
    steps, versions = int(whole.stdout), ("2.0.0", "3.0.0")
    killed = takedowns.copied(located, tmp_path / "killed")
    # Killed again and again, ever later: each attempt goes on where the last one stopped.
    for at in (1, 5, 13, 6, 2):
        done = _kill(killed, case, at)
        assert done.returncode in {-signal.SIGKILL, 0}
    final = _kill(killed, case, 0)
    assert final.returncode == 0, final.stderr[-800:]
    assert steps > 20
    assert _state(killed, versions) == _state(calm, versions)
    again = _kill(killed, case, 0)
    assert again.returncode == 0
    assert _state(killed, versions) == _state(calm, versions)


@pytest.mark.parametrize("at", range(len(application.STEPS)))
def test_a_takedown_stopped_before_any_step_goes_on(located_run, tmp_path, monkeypatch, at):
    located, case = located_run
    run = takedowns.copied(located, tmp_path / "corpus")
    corpus = load_corpus(run)
    monkeypatch.setattr(application, "_judge", lambda *_, **__: None)
    steps = list(application.STEPS)
    name = steps[at][0]

    def stop(_):
        raise InputError(f"stopped before {name}")

    monkeypatch.setattr(application, "STEPS", (*steps[:at], (name, stop), *steps[at + 1 :]))
    work = application.begin(corpus, cases.load(corpus, case), day="2026-11-25",
                             role="rights-officer", at="2026-11-25")  # fmt: skip
    with pytest.raises(InputError, match="stopped"):
        application.take_down(work)
    monkeypatch.setattr(application, "STEPS", tuple(steps))
    application.take_down(work)
    assert [path.name for path in corpus.live()] == ["2.0.0", "3.0.0"]

"""Random faults, one after the other, each on a run that must then end as if nothing had been.

usage: python -m tests.chaos [--faults 200] [--seed 1]

After every fault the same command is started again until it is done. Demanded each time: the
manifest root of an undisturbed run (P2), balanced books (P1), a message of one sentence without
a traceback, and no folder under the release's name that is not a whole release.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests import runs
from tests.chaos.faulty import FAULTS

SOURCES = ("notes", "press", "broken")
SIZES = {"batch_mb": 0.02, "shard_mb": 0.1, "row_group_mb": 0.05, "split_mb": 0.05}
#: Starts that a run may need to be whole again.
_STARTS = 3
OTHERS = ("kill", "truncate", "twice")


class UndoneError(AssertionError):
    """What a fault did that it must not."""


def _start(run: Path, fault: str | None = None, seed: int = 0) -> subprocess.Popen:
    plain = [runs.COMMAND, "curate", str(run), "--json", "--no-report", "--workers", "1"]
    faulty = [sys.executable, "-m", "tests.chaos.faulty", str(fault), str(seed), str(run)]
    return subprocess.Popen(
        faulty if fault else plain, cwd=runs.ROOT, env=runs.environment(), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _end(process: subprocess.Popen) -> tuple[int, str]:
    _, said = process.communicate()
    if process.returncode not in (0, 1) or "Traceback" in said:
        raise UndoneError(f"exit {process.returncode}: {said[-600:]}")
    if "secret text" in said:
        raise UndoneError("the message of an error was passed on")
    return process.returncode, said


def _kill(process: subprocess.Popen, seconds: float) -> None:
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _truncate(run: Path, chance: random.Random) -> None:
    staged = [path for path in run.parent.glob(".endonym/*/**/*") if path.is_file()]
    staged = [path for path in staged if path.suffix != ".lock" and path.stat().st_size]
    if staged:
        path = chance.choice(sorted(staged))
        os.truncate(path, chance.randrange(path.stat().st_size))


def _fault(kind: str, run: Path, seconds: float, seed: int) -> None:
    chance = random.Random(seed)
    if kind in FAULTS:
        status, said = _end(_start(run, kind, seed))
        if status == 1 and len(said.strip().splitlines()[-1]) < 20:
            raise UndoneError(f"no sentence: {said[-300:]}")
    elif kind == "twice":
        first = _start(run)
        time.sleep(chance.uniform(0, seconds / 2))
        second = _start(run)
        ended = [_end(first), _end(second)]
        if {status for status, _ in ended} == {1}:
            raise UndoneError("two runs at once refused one another")
    else:
        _kill(_start(run), chance.uniform(0.2, 1.0) * seconds)
        if kind == "truncate":
            _truncate(run, chance)


def _recovered(run: Path, root: str) -> int:
    """Starts the command until it is done; how many starts it took."""
    starts, status = 0, 1
    while status and starts < _STARTS:
        for left in (run.parent / "out").glob("[!.]*"):
            if not (left / "manifest.json").exists():
                raise UndoneError("half a release lies under its name")
        status, said = _end(_start(run))
        starts += 1
    if status:
        raise UndoneError(f"it never recovers: {said[-600:]}")
    release = run.parent / "out/1.0.0"
    if runs.root(release) != root:
        raise UndoneError("the release is another one (P2)")
    gates = json.loads((release / "validation/results.json").read_text())
    if not gates["passed"]:
        raise UndoneError("it does not pass (P1)")
    return starts


def main() -> int:
    """Throws the faults and prints what came of them; 1 when one of them did harm."""
    options = argparse.ArgumentParser(prog="make chaos")
    options.add_argument("--faults", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    kinds = [*FAULTS, *OTHERS, "kill", "kill"]
    chance = random.Random(given.seed)
    harm, starts = Counter(), Counter()
    with tempfile.TemporaryDirectory() as folder:
        calm = runs.make_run(Path(folder) / "calm", SOURCES, sizes=SIZES)
        begun = time.monotonic()
        if _end(_start(calm))[0]:
            raise SystemExit("the undisturbed run fails")
        seconds, root = time.monotonic() - begun, runs.root(calm.parent / "out/1.0.0")
        for number in range(given.faults):
            kind, seed = chance.choice(kinds), chance.randrange(1 << 30)
            run = runs.make_run(Path(folder) / "stormy", SOURCES, sizes=SIZES)
            try:
                _fault(kind, run, seconds, seed)
                starts[kind, _recovered(run, root)] += 1
            except UndoneError as found:
                harm[kind] += 1
                print(f"fault {number}: {kind}, seed {seed}: {found}", flush=True)
            shutil.rmtree(run.parent)
    for (kind, attempts), times in sorted(starts.items()):
        print(f"{kind:12} {times:4} times whole again after {attempts} starts")
    print(f"{given.faults} faults, {harm.total()} did harm")
    return 1 if harm else 0


if __name__ == "__main__":
    sys.exit(main())

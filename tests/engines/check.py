"""Runs the samples on every engine and demands the release of a local run: `make test-engines`.

    python -m tests.engines.check [--all] [--keep FOLDER] [prism flink spark]

An engine that is not on this machine is NOT TESTED, and is said to be so. Exit status 1: one of
those that ran made another release, or none.
"""

import argparse
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import runs
from tests.engines.clusters import CLUSTERS, WORKERS
from tests.engines.fetch import FOLDER, PINS, missing_tools

LIMIT_SECONDS = 1800


def absent(engine):
    """Why an engine cannot be tested here, or None."""
    lacking = [tool for tool in missing_tools(engine) if tool not in {"go", "mvn"}]
    if lacking:
        return f"there is no {' and no '.join(lacking)} on this machine"
    needed = {"prism": ["bin/prism"]}.get(engine, [engine, f"{engine}-job-server.jar"])
    if any(not (FOLDER / name).exists() for name in needed):
        return "it is not fetched; `make engines` does"
    return None


def curated(run, *arguments):
    """Seconds of the clock and of processors, and the root of the release, or why there is none.

    Processors are those of this command and of what it started; a cluster's are not in it.
    """
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [runs.COMMAND, "curate", str(run), "--json", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=runs.environment(),
        timeout=LIMIT_SECONDS,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    release = run.parent / "out/1.0.0"
    root = runs.root(release) if (release / "manifest.json").exists() else None
    if root is None:
        print(done.stderr[-3000:], file=sys.stderr)
    return time.monotonic() - started, used, root


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that clusters are stopped then too
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="all samples, not a slice of them")
    parser.add_argument("--keep", type=Path, help="work here, and leave what was made")
    parser.add_argument("engines", nargs="*", default=list(CLUSTERS))
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="endonym-engines-"))
    chosen = {"sources": tuple(path.stem for path in (runs.SAMPLES / "sources").glob("*.yaml"))}
    chosen = chosen if given.all else {}
    try:
        return compare(folder, given.engines, chosen)
    finally:
        if given.keep is None:
            shutil.rmtree(folder)


def compare(folder, engines, chosen):
    seconds, used, wanted = curated(runs.make_run(folder / "local", **chosen))
    print(f"local: {seconds:.0f} s, {used:.0f} CPU s, root {wanted}", flush=True)
    said, failed = [], wanted is None
    for engine in engines:
        if why := absent(engine):
            said.append(f"{engine}: NOT TESTED, {why}")
            continue
        run, logs = runs.make_run(folder / engine, **chosen), folder / f"{engine}-logs"
        logs.mkdir(exist_ok=True)
        with CLUSTERS[engine](logs) as options:
            workers = ("--workers", str(WORKERS), "--runner", engine, "--")
            seconds, used, root = curated(run, *workers, *options)
        other = f"ANOTHER RELEASE: {root}" if root else "NO RELEASE"
        verdict = "the same release" if root == wanted else other
        failed |= root != wanted
        figures = f"{seconds:.0f} s, {used:.0f} CPU s of the command and what it started"
        said.append(f"{engine} {PINS[engine]['version']}: {verdict} ({figures})")
        print(said[-1], flush=True)
    print("\n".join(["", "Engines:", *said]))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

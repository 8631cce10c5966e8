"""Where the time of a run goes, stage by stage, with one worker.

usage: python -m tests.benchmarks.profile [--data FOLDER] [--mb 30]
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

from tests import runs
from tests.benchmarks.bench import made, run_over, sample


def main() -> None:
    """Runs the command once and prints the seconds of its journal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--mb", type=float, default=30)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = chosen.data or made(folder / "made", chosen.mb)
        size = sample(source, folder / "data", chosen.mb)
        run = run_over(folder / "data", folder / "run")
        command = [runs.COMMAND, "curate", str(run), "--json", "--workers", "1"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        journal = json.loads(
            (Path(json.loads(done.stdout)["release"]) / "journal.json").read_text()
        )
    steps = journal["seconds_by_step"]
    whole = journal["seconds"]
    print(f"{size:.1f} MB of text, one worker, seconds of the wall clock\n")
    for name, seconds in sorted(steps.items(), key=lambda item: -item[1]):
        print(f"{name:<18} {seconds:8.2f} s {size / max(seconds, 1e-9):8.1f} MB/s")
    rest = whole["curate"] - sum(steps.values())
    print(f"{'imports and Beam':<18} {rest:8.2f} s")
    for name in ("validate", "report"):
        print(f"{name:<18} {whole.get(name, 0):8.2f} s")


if __name__ == "__main__":
    main()

"""How much of a run's CPU scrubbing takes: on text as it is, and with values in a third of it.

usage: python -m tests.benchmarks.scrub_share [--data FOLDER] [--mb 30]

The goals (issue 4): at most 15 % of a run's CPU on text of ordinary density, at most twice that
where a third of the documents hold personal data. Whole commands with one worker; the CPU of a
step is that of its process while it works.
"""

import argparse
import json
import math
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import measure

ORDINARY_SHARE, DENSE_SHARE = 0.15, 0.30
#: Values are dealt at random: so many a document leave two thirds of them without one.
VALUES_A_DOCUMENT = math.log(3 / 2)
#: The steps that look for personal data before anything is written.
STEPS = ("scrub",)


@dataclass(frozen=True)
class Share:
    """CPU seconds of a whole command, and of scrubbing in it.

    Args:
        documents: share of the documents in which a value stands that we planted.
    """

    megabytes: float
    documents: float
    whole_seconds: float
    scrub_seconds: float

    @property
    def share(self) -> float:
        return self.scrub_seconds / self.whole_seconds


def shares(source: Path, work: Path, megabytes: float) -> tuple[Share, Share]:
    """Of some text as it is, and of the same text with planted values.

    Args:
        source: folder of JSONL files with `text`.
        work: an empty folder.
        megabytes: how much of it.
    """
    from tests.benchmarks.bench import sample

    size = sample(source, work / "plain", megabytes)
    documents = planted(work / "plain", work / "dense")
    return (
        _measured(work / "plain", work / "run-plain", size, 0.0),
        _measured(work / "dense", work / "run-dense", size, documents),
    )


def planted(plain: Path, dense: Path) -> float:
    """Plants a value into a third of the documents of a folder; the share that has one then."""
    import polars as pl

    from governance.proof import planting
    from governance.proof.writing import UNKNOWN, script_of

    documents = planting.read_documents(sorted(plain.glob("*.jsonl")))
    scripts = script_of(pl.Series([row["text"] for row in documents])).to_list()
    rows: list[dict[str, Any]] = []
    for script in sorted(set(scripts)):
        group = [row for row, own in zip(documents, scripts, strict=True) if own == script]
        count = 0 if script == UNKNOWN else round(VALUES_A_DOCUMENT * len(group))
        rows += (
            planting.plant(group, count, seed=1)[0]
            if count
            else [{**r, "spans": []} for r in group]
        )
    dense.mkdir()
    with (dense / "000.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            kept = {name: row[name] for name in ("id", "text")}
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")
    return sum(bool(row["spans"]) for row in rows) / len(rows)


def _measured(data: Path, folder: Path, megabytes: float, documents: float) -> Share:
    from tests.benchmarks.bench import run_over

    run = run_over(data, folder)
    command = [sys.executable, "-m", "tests.benchmarks.scrub_share", "--run", str(run)]
    whole = measure(command, folder / "log").cpu_seconds
    [journal] = (folder / "out").rglob("journal.json")
    steps = json.loads(journal.read_text())["seconds_by_step"]
    return Share(megabytes, documents, whole, sum(steps[name] for name in STEPS))


def told(plain: Share, dense: Share) -> str:
    """Both figures beside their goals, as lines of a page."""
    return (
        f"- Scrubbing takes **{plain.share:.0%}** of a run's CPU on text of ordinary density (goal:"
        f" at most {ORDINARY_SHARE:.0%}), {plain.scrub_seconds:.1f} of {plain.whole_seconds:.1f}"
        f" seconds for {plain.megabytes:.0f} MB; **{dense.share:.0%}** where {dense.documents:.0%}"
        f" of the documents hold planted values as well (goal: at most {DENSE_SHARE:.0%}).\n"
    )


def curated(run: Path) -> None:
    """The command in this process, with steps clocked by CPU and not by the wall."""
    import time
    from types import SimpleNamespace

    from pipelines import clock
    from pipelines.cli import main as command

    clock.time = SimpleNamespace(perf_counter=time.process_time)  # type: ignore[assignment,attr-defined]
    sys.argv = ["endonym", "curate", str(run), "--json", "--workers", "1"]
    command()


def main() -> None:
    """Measures and prints both shares."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--mb", type=float, default=30)
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.run:
        curated(chosen.run)
        return
    from tests.benchmarks.bench import made

    with tempfile.TemporaryDirectory() as name:
        source = chosen.data or made(Path(name) / "made", chosen.mb)
        print(told(*shares(source, Path(name) / "work", chosen.mb)))


if __name__ == "__main__":
    main()

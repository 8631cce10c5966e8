"""Endonym beside datatrove and beside fastText alone: the same files, the same work, one run.

usage: python -m tests.benchmarks.bench [--data FOLDER] [--mb 100] [--peer-python PYTHON]

Without --data, text is made from the sample corpus. The peer runs in an environment of its
own, made from tests/benchmarks/requirements.lock, on the same text; it takes minutes for what
takes Endonym seconds. Writes docs/benchmarks.md.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import yaml

from tests import runs
from tests.benchmarks import scrub_share
from tests.benchmarks.measure import Cost, measure
from tests.made_corpus import make_corpus
from tests.promises.test_p3_no_text_crosses_a_shuffle import CARD

HERE = Path(__file__).parent
MODEL = runs.ROOT / "lang_models/models/lid.176.ftz"
FILES = 4
#: What the peer looks for of personal data, in the words of a policy.
PEER_TYPES = ["EMAIL_ADDRESS", "IP_ADDRESS"]
WHOLE, EVERY, SAME = "all of it", "with every recogniser", "the same work"


@dataclass(frozen=True)
class Result:
    """One line of the table."""

    name: str
    megabytes: float
    workers: int
    cost: Cost

    @property
    def mb_per_cpu_second(self) -> float:
        return self.megabytes / self.cost.cpu_seconds

    def row(self) -> str:
        cost = self.cost
        return (
            f"| {self.name} | {self.megabytes:.0f} | {self.workers} | {cost.seconds:.1f} |"
            f" {cost.cpu_seconds:.1f} | {self.mb_per_cpu_second:.3f} | {cost.peak_mb:.0f} |"
        )


def sample(source: Path, target: Path, megabytes: float) -> float:
    """Copies whole documents from JSONL files, in turn, until there are so many megabytes of text.

    Returns:
        How many there are.
    """
    target.mkdir(parents=True)
    opened = [path.open("rb") for path in sorted(source.glob("*.jsonl"))]
    outputs = [(target / f"{number:03d}.jsonl").open("wb") for number in range(FILES)]
    size, count = 0, 0
    while opened and size < megabytes * 1e6:
        for file in list(opened):
            line = file.readline()
            if not line:
                opened.remove(file)
                continue
            outputs[count % FILES].write(line)
            size += len(json.loads(line)["text"].encode())
            count += 1
    for file in (*opened, *outputs):
        file.close()
    return size / 1e6


def run_over(data: Path, folder: Path, *, types: list[str] | None = None, **settings) -> Path:
    """A run file in a folder of its own, over the JSONL files of another.

    Args:
        data: the files.
        folder: the run's own.
        types: the only types of personal data that its policy looks for; None for all.
        settings: replace those of the run file.
    """
    run = runs.make_run(folder, (), **settings)
    if types is not None:
        policy = yaml.safe_load((folder / "policy.yaml").read_text(encoding="utf-8"))
        policy["privacy"] = {**(policy.get("privacy") or {}), "recognisers_only": types}
        (folder / "policy.yaml").write_text(yaml.safe_dump(policy), encoding="utf-8")
    card = CARD.replace("../made/*.jsonl", str(data / "*.jsonl"))
    (folder / "sources/made.yaml").write_text(card)
    return run


def endonym(data: Path, folder: Path, workers: int, megabytes: float, work: str) -> Result:
    """A run from an empty folder: all of it, or without what the peer has no counterpart of."""
    types = PEER_TYPES if work == SAME else None
    model = {} if work == WHOLE else {"model": {"path": MODEL.name}}
    run = run_over(data, folder, types=types, **model)
    command = [runs.COMMAND, "curate", str(run), "--json", "--workers", str(workers)]
    if work != WHOLE:
        command = [sys.executable, "-m", "tests.benchmarks.same_work", str(run), str(workers)]
    return Result(f"Endonym, {work}", megabytes, workers, measure(command, folder / "log"))


def datatrove(data: Path, folder: Path, workers: int, megabytes: float, python: str) -> Result:
    """datatrove's five stages."""
    folder.mkdir(parents=True)
    # From a folder of its own: its worker processes would else look for the package `tests`.
    script = shutil.copy(HERE / "peer_datatrove.py", folder / "peer.py")
    command = [python, str(script), str(data), str(folder / "out"), str(workers), str(MODEL)]
    cost = measure(command, folder / "log")
    return Result("datatrove 0.10", megabytes, workers, cost)


def fasttext_alone(data: Path) -> dict[str, float]:
    """Megabytes and CPU seconds of fastText alone, and of our own inference."""
    program = [sys.executable, "-m", "tests.benchmarks.fasttext_alone"]
    command = [*program, str(data), "--model", str(MODEL)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=runs.ROOT)
    return json.loads(done.stdout)


def peer_python() -> str:
    """An environment with the peer, made once in `.venv-bench`."""
    folder = runs.ROOT / ".venv-bench"
    python = folder / "bin/python"
    if not (folder / ".ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        install = [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r"]
        subprocess.run([*map(str, install), str(HERE / "requirements.lock")], check=True)
        (folder / ".ready").touch()
    return str(python)


def page(results: list[Result], start: Cost, alone: dict[str, float], command: str) -> str:
    """docs/benchmarks.md."""

    def of(work: str, workers: int = 2) -> Result:
        return next(one for one in results if one.workers == workers and one.name.endswith(work))

    peer = next(one for one in results if "datatrove" in one.name)

    def times(work: str) -> str:
        return f"{of(work).mb_per_cpu_second / peer.mb_per_cpu_second:.1f} times"

    limit = alone["mb"] / alone["cpu_seconds_fasttext"]
    own = alone["mb"] / alone["cpu_seconds_identify"]
    return f"""# Benchmarks

Made by `{command}` on {time.strftime("%Y-%m-%d")}; {platform.system()} {platform.machine()},
{os.cpu_count()} processors (load {os.getloadavg()[2]:.0f} in the last quarter of an hour, of this
and of other work), Python {platform.python_version()}, Endonym
{version("endonym")}, Polars {version("polars")}, Beam {version("apache-beam")}. Machines are
noisy: the ratios of one run say more than its seconds, and its CPU seconds more than those of
the clock.

Whole commands, start-up included, each from an empty folder. CPU seconds and peak memory are of
all processes and of the largest one.

| what | text, MB | workers | seconds | CPU seconds | MB per CPU second | peak MB |
|---|---|---|---|---|---|---|
{chr(10).join(result.row() for result in results)}

- **{SAME.capitalize()}** is like for like: what datatrove does here, with the peer's language model
  lid.176.ftz, the Gopher quality and repetition rules, MinHash duplicates, Parquet, and a policy
  that looks for e-mail and IP addresses only (`privacy: {{recognisers_only: {PEER_TYPES}}}`,
  as any user may write). Validation and report are left out. What a run file cannot switch off
  stays in and is paid for: rights, normalisation, spelling, the C4 and FineWeb rules, digests,
  the exact verification of duplicates, and the index for later runs. Endonym does
  **{times(SAME)}** the text of datatrove per CPU second (two workers each).
- **{EVERY.capitalize()}** adds all other recognisers of personal data, still with lid.176.ftz:
  {times(EVERY)}.
- **{WHOLE.capitalize()}** is `endonym curate` as it comes: Endonym's own language model, every
  recogniser, the Great Expectations suites, the second look for personal data and the report,
  which the peer has not: {times(WHOLE)}.
- A run over a few documents, the same work, takes {start.cpu_seconds:.1f} CPU seconds and
  {start.peak_mb:.0f} MB: that is what starting costs.
- Two workers do the same work in {of(SAME).cost.seconds:.1f} seconds of the clock, one in
  {of(SAME, 1).cost.seconds:.1f}: {of(SAME, 1).cost.seconds / of(SAME).cost.seconds:.1f} times
  as fast.
- fastText alone on the same windows reads {limit:.1f} MB of text per CPU second
  ({alone["mb_shown"]:.0f} of {alone["mb"]:.0f} MB are shown to it). Endonym tells languages with
  its own inference over the same model: {own:.1f} MB per CPU second, cutting, counting scripts
  and all; its same work as a whole reaches **{of(SAME).mb_per_cpu_second:.1f}**,
  {of(SAME).mb_per_cpu_second / limit:.0%} of fastText alone.
"""


def main() -> None:
    """Runs everything and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--mb", type=float, default=100)
    parser.add_argument("--peer-python")
    chosen = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="endonym-bench-"))
    try:
        source = chosen.data or made(work / "made", chosen.mb)
        python = chosen.peer_python or peer_python()
        sample(source, work / "warm", 1)
        endonym(work / "warm", work / "warm-run", 1, 1, WHOLE)  # compiles the kernels
        sample(source, work / "one", 1e-6)
        text = work / "text"
        size = sample(source, text, chosen.mb)
        start = endonym(work / "one", work / "start", 1, 0, SAME).cost
        results = [
            endonym(text, work / f"{name}-{workers}", workers, size, name)
            for name in (WHOLE, EVERY, SAME)
            for workers in (1, 2)
        ]
        results.append(datatrove(text, work / "d2", 2, size, python))
        alone = fasttext_alone(text)
        scrubbing = scrub_share.told(*scrub_share.shares(text, work / "share", min(30, chosen.mb)))
        (runs.ROOT / "docs/benchmarks.md").write_text(
            page(results, start, alone, _command(chosen)) + scrubbing, encoding="utf-8"
        )
        print((runs.ROOT / "docs/benchmarks.md").read_text(encoding="utf-8"))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def made(folder: Path, megabytes: float) -> Path:
    """A folder with text made from the sample corpus."""
    folder.mkdir(parents=True)
    make_corpus(folder / "made.jsonl", megabytes)
    return folder


def _command(chosen: argparse.Namespace) -> str:
    data = " DATA=…" if chosen.data else ""
    return f"make bench{data}" + (f" MB={chosen.mb:.0f}" if chosen.mb != 100 else "")


if __name__ == "__main__":
    main()

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

from tests import runs
from tests.benchmarks.measure import Cost, measure
from tests.made_corpus import make_corpus
from tests.promises.test_p3_no_text_crosses_a_shuffle import CARD

HERE = Path(__file__).parent
MODEL = runs.ROOT / "lang_models/models/lid.176.ftz"
FILES = 4


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


def run_over(data: Path, folder: Path, **settings) -> Path:
    """A run file in a folder of its own, over the JSONL files of another."""
    run = runs.make_run(folder, (), **settings)
    card = CARD.replace("../made/*.jsonl", str(data / "*.jsonl"))
    (folder / "sources/made.yaml").write_text(card)
    return run


def endonym(
    data: Path, folder: Path, workers: int, megabytes: float, *, whole: bool = True
) -> Result:
    """The command from an empty folder: all of it, or the peer's work with the peer's model."""
    run = run_over(data, folder, **({} if whole else {"model": {"path": MODEL.name}}))
    command = [runs.COMMAND, "curate", str(run), "--json", "--workers", str(workers)]
    if not whole:
        command = [sys.executable, "-m", "tests.benchmarks.same_work", str(run), str(workers)]
    cost = measure(command, folder / "log")
    name = "Endonym, all of it" if whole else "Endonym, the same work"
    return Result(name, megabytes, workers, cost)


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


def page(results: list[Result], alone: dict[str, float], command: str) -> str:
    """docs/benchmarks.md."""
    ours = next(one for one in results if one.workers == 2 and "same work" in one.name)
    whole = next(one for one in results if one.workers == 2 and "all of it" in one.name)
    peer = next(one for one in results if "datatrove" in one.name)
    limit = alone["mb"] / alone["cpu_seconds_fasttext"]
    own = alone["mb"] / alone["cpu_seconds_identify"]
    return f"""# Benchmarks

Made by `{command}` on {time.strftime("%Y-%m-%d")}; {platform.system()} {platform.machine()},
{os.cpu_count()} shared processors, Python {platform.python_version()}, Endonym
{version("endonym")}, Polars {version("polars")}, Beam {version("apache-beam")}. Machines are
noisy: the ratios of one run say more than its seconds.

Whole commands, start-up included. CPU seconds and peak memory are of all processes and of
the largest one.

| what | text, MB | workers | seconds | CPU seconds | MB per CPU second | peak MB |
|---|---|---|---|---|---|---|
{chr(10).join(result.row() for result in results)}

- Endonym does **{ours.mb_per_cpu_second / peer.mb_per_cpu_second:.1f} times** the text of
  datatrove per CPU second (two workers each). The work of both: language by lid.176.ftz, the
  Gopher quality and repetition rules, MinHash duplicates, e-mail and IP masking, Parquet.
  Endonym also does rights, normalisation, all other recognisers and rules, and the exact
  verification of duplicates in that time.
- With the Great Expectations suites, the second look for personal data and the report, which
  the peer has not, and with Endonym's own language model, it is
  {whole.mb_per_cpu_second / peer.mb_per_cpu_second:.1f} times.
- fastText alone on the same windows reads {limit:.1f} MB of text per CPU second
  ({alone["mb_shown"]:.0f} of {alone["mb"]:.0f} MB are shown to it). Endonym tells languages with
  its own inference over the same model: {own:.1f} MB per CPU second, cutting, counting scripts
  and all; its same work as a whole reaches **{ours.mb_per_cpu_second:.1f}**,
  {ours.mb_per_cpu_second / limit:.0%} of fastText alone.
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
        endonym(work / "warm", work / "warm-run", 1, 1)  # compiles the kernels
        text = work / "text"
        size = sample(source, text, chosen.mb)
        results = [
            endonym(text, work / "e1", 1, size),
            endonym(text, work / "e2", 2, size),
            endonym(text, work / "s1", 1, size, whole=False),
            endonym(text, work / "s2", 2, size, whole=False),
            datatrove(text, work / "d2", 2, size, python),
        ]
        alone = fasttext_alone(text)
        (runs.ROOT / "docs/benchmarks.md").write_text(page(results, alone, _command(chosen)))
        print((runs.ROOT / "docs/benchmarks.md").read_text())
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

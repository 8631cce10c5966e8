"""Small runs of the real command over real text, for the tests of the promises."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
import yaml

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
COMMAND = str(Path(sys.executable).parent / "endonym")
KEY = hashlib.sha256(b"a key that only tests use").hexdigest()
#: Sources that have every format, language trouble, duplicates and broken files, yet are small.
FEW = ("notes", "letters", "contributions", "broken", "legacy", "crawl-text", "pages", "press",
       "loan", "installation-guide", "manuals", "india", "east-africa")  # fmt: skip


MOST_FILES = 12


def make_run(folder: Path, sources=FEW, **settings) -> Path:
    """A run file in a folder of its own, over copies of some sample sources, with a fixed key."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources").mkdir(exist_ok=True)
    for name in sources:
        shutil.copy(SAMPLES / "sources" / f"{name}.yaml", folder / "sources")
        _copy_some(SAMPLES / "text" / name, folder / "text" / name)
    shutil.copy(SAMPLES / "policy.yaml", folder)
    (folder / "key").write_text(KEY)
    run = yaml.safe_load((SAMPLES / "run.yaml").read_text(encoding="utf-8"))
    run |= {"key": "key", "output": "out", "version": "1.0.0", "as_of": "2026-11-23", **settings}
    (folder / "run.yaml").write_text(yaml.safe_dump(run), encoding="utf-8")
    return folder / "run.yaml"


def _copy_some(source: Path, target: Path) -> None:
    """A source's files; of many small ones a dozen, since each takes a tenth of a second."""
    found = sorted(path for path in source.rglob("*") if path.is_file())
    step = -(-len(found) // MOST_FILES)
    for path in found[::step]:
        (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target / path.relative_to(source))


def environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "ENDONYM_KEY_FILE"}


def endonym(*arguments, **options) -> subprocess.CompletedProcess:
    """Runs the command; its output is text."""
    return subprocess.run(
        [COMMAND, *map(str, arguments)],
        capture_output=True, text=True, check=False, env=environment(), **options,
    )  # fmt: skip


def curate(run: Path, *arguments) -> Path:
    """Curates and gives the release; what the command said is in the message when it failed."""
    done = endonym("curate", run, "--json", *arguments)
    assert done.returncode == 0, f"exit {done.returncode}: {done.stderr[-2000:]}"
    return Path(json.loads(done.stdout)["release"])


def written(run: Path, *, workers: int = 1, beam: tuple[str, ...] = (), **overrides) -> Path:
    """Curates in this process, without validation and report: asks only what is written."""
    from pipelines.job import Job

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.job.judge", unjudged)
        job = Job(run, overrides, workers=workers, beam_options=beam)
        return Path(job.curate(with_progress=False, with_report=False).release)


def unjudged(_names, draft, *, shown):
    """In place of validation and report, which take seconds and a process."""
    assert not shown
    (draft / "validation").mkdir(exist_ok=True)
    (draft / "validation/results.json").write_text(json.dumps({"passed": True}))
    return {}


def root(release: Path) -> str:
    return json.loads((release / "manifest.json").read_text(encoding="utf-8"))["root"]


def record(release: Path) -> dict:
    return json.loads((release / "run.json").read_text(encoding="utf-8"))


def documents(release: Path, *folders: str) -> pl.DataFrame:
    """All rows of some folders of a release; of all three when none is named."""
    chosen = folders or ("documents", "removed", "quarantine")
    paths = sorted(path for name in chosen for path in (release / name).rglob("*.parquet"))
    return pl.concat([pl.read_parquet(path, hive_partitioning=False) for path in paths])

"""Small runs of the real command over real text, for the tests of the promises."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import yaml

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
COMMAND = str(Path(sys.executable).parent / "endonym")
KEY = hashlib.sha256(b"a key that only tests use").hexdigest()
#: Sources that have every format, language trouble, duplicates and broken files, yet are small.
FEW = ("notes", "letters", "contributions", "broken", "legacy", "crawl-text", "pages", "press",
       "loan", "installation-guide", "manuals", "india", "east-africa")  # fmt: skip


def make_run(folder: Path, sources=FEW, **settings) -> Path:
    """A run file in a folder of its own, over copies of some sample sources, with a fixed key."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources").mkdir(exist_ok=True)
    for name in sources:
        shutil.copy(SAMPLES / "sources" / f"{name}.yaml", folder / "sources")
        shutil.copytree(SAMPLES / "text" / name, folder / "text" / name, dirs_exist_ok=True)
    shutil.copy(SAMPLES / "policy.yaml", folder)
    (folder / "key").write_text(KEY)
    run = yaml.safe_load((SAMPLES / "run.yaml").read_text(encoding="utf-8"))
    run |= {"key": "key", "output": "out", "version": "1.0.0", "as_of": "2026-11-23", **settings}
    (folder / "run.yaml").write_text(yaml.safe_dump(run), encoding="utf-8")
    return folder / "run.yaml"


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


def root(release: Path) -> str:
    return json.loads((release / "manifest.json").read_text(encoding="utf-8"))["root"]


def record(release: Path) -> dict:
    return json.loads((release / "run.json").read_text(encoding="utf-8"))


def documents(release: Path, *folders: str) -> pl.DataFrame:
    """All rows of some folders of a release; of all three when none is named."""
    chosen = folders or ("documents", "removed", "quarantine")
    paths = sorted(path for name in chosen for path in (release / name).rglob("*.parquet"))
    return pl.concat([pl.read_parquet(path, hive_partitioning=False) for path in paths])

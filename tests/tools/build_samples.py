"""Builds samples/text and samples/canaries.yaml from the shippable data folder.

    python -m tests.tools.build_samples SHIPPABLE            writes into samples/
    python -m tests.tools.build_samples SHIPPABLE --check    compares, writes nothing

The same folder and the same versions of pyarrow, zstandard and zlib give the same bytes.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.tools.sample_parts.canaries import misplaced, planted, write_canaries
from tests.tools.sample_parts.shippable import Shippable
from tests.tools.sample_parts.sources import SOURCES

SAMPLES = Path(__file__).parents[2] / "samples"


def build(shippable: Path, samples: Path) -> None:
    """Fills `samples`/text and `samples`/canaries.yaml.

    Raises:
        ValueError: a planted value does not stand in its document, or stands elsewhere too.
    """
    data = Shippable(shippable)
    shutil.rmtree(samples / "text", ignore_errors=True)
    for name, fill in SOURCES:
        fill(samples / "text" / name, data)
    canaries = planted(data)
    if wrong := misplaced(samples, canaries):
        raise ValueError(f"not in their own document alone: {wrong}")
    write_canaries(samples / "canaries.yaml", canaries)


def differences(built: Path, samples: Path) -> list[str]:
    """Paths below text/, and the list of canaries, that are not the same in both folders."""
    names = {
        path.relative_to(root).as_posix()
        for root in (built, samples)
        for path in [*(root / "text").rglob("*"), root / "canaries.yaml"]
        if path.is_file()
    }
    return [name for name in sorted(names) if _bytes(built / name) != _bytes(samples / name)]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def main() -> int:
    """Builds or compares; 0 when done, 1 when something differs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("shippable", type=Path, help="the shippable data folder")
    parser.add_argument("--check", action="store_true", help="compare with samples/ only")
    arguments = parser.parse_args()
    if not arguments.check:
        build(arguments.shippable, SAMPLES)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        build(arguments.shippable, Path(folder))
        wrong = differences(Path(folder), SAMPLES)
    sys.stdout.write("".join(f"differs: {name}\n" for name in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

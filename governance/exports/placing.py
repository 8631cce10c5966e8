"""Puts what was rendered into its place, and copies what is handed out."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from governance import manifest
from governance.exports.export import Made
from governance.exports.order import Order
from governance.integrity import merkle
from governance.integrity.paths import INTERNAL, STATEMENT, SUMS
from schemas.errors import InputError


def check_empty(to: Path | None) -> None:
    """Refuses a folder for the copy that something lies in.

    Raises:
        InputError: it is not empty, or no folder.
    """
    if to is None or not to.exists():
        return
    if not to.is_dir() or any(to.iterdir()):
        raise InputError(f"--to {to}: is not empty; name a new or an empty folder")


def write_files(folder: Path, made: Made) -> None:
    """Puts the files in their places, each whole or not at all; what is stale goes first."""
    for name in (STATEMENT, SUMS, INTERNAL):
        (folder / name).unlink(missing_ok=True)
    for kept in ("LICENSES", "quality"):
        for path in sorted((folder / kept).rglob("*")):
            if path.is_file() and path.relative_to(folder).as_posix() not in made.files:
                path.unlink()
    put(folder, made)


def put(folder: Path, made: Made) -> None:
    """Writes what was rendered into a folder; a file that is the same already stays."""
    for name, content in made.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.read_bytes() == content:
            continue
        partial = path.with_name(f".{path.name}.partial")
        partial.write_bytes(content)
        partial.replace(path)


def shipped(folder: Path, made: Made) -> Iterable[str]:
    """What is handed out: the corpus, what was rendered, and the proofs.

    Never what was removed or quarantined, the journal, the record of the run, the validation,
    the full report, nor the list of duplicates, which tells which source held a copy of what.
    """
    documents = (path.relative_to(folder).as_posix() for path in (folder / "documents").rglob("*"))
    files = (name for name in documents if (folder / name).is_file())
    return sorted({*files, *made.files, manifest.NAME, merkle.NAME})


def copy_out(order: Order, listed: Iterable[str]) -> Path:
    """Copies what is handed out; the signed statement last."""
    to = order.to or order.folder
    signed = [STATEMENT] if order.key else []
    for name in [*sorted(listed), SUMS, *signed]:
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(order.folder / name, target)
    return to

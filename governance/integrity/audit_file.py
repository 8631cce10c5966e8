"""The file of the audit log: a line that is added is on the disk, and one writes at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import InputError

#: More than the longest line: 64 facts of two short names each.
_TAIL_BYTES = 1 << 17


def read_lines(path: Path) -> Iterator[bytes]:
    """The lines of a file with their ends; none when there is no file."""
    if path.exists():
        with path.open("rb") as file:
            yield from file


def append_line(path: Path, line: bytes) -> None:
    """Adds a line to a file and waits until it is on the disk."""
    is_new = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(line + b"\n")
        file.flush()
        os.fsync(descriptor)
    if is_new:
        _sync_folder(path.parent)


def cut_torn_line(path: Path) -> int:
    """Takes away what follows the last line end; how many bytes that was."""
    torn = tail(path)[1]
    if torn:
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size - len(torn))
            os.fsync(file.fileno())
    return len(torn)


def tail(path: Path) -> tuple[bytes | None, bytes]:
    """The last whole line without its end, None when there is none, and the bytes after it."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        *lines, torn = file.read().split(b"\n")
    return (lines[-1] if lines else None), torn


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One writer at a time; the lock goes when the process does."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Says in one sentence when the log cannot be written.

    Raises:
        InputError: there is no room, or no right to write.
    """
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{path}: the audit log cannot be written ({error.strerror}); nothing is done that"
            " cannot be entered in it; make room or give the right to write there"
        ) from None


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Files on any Beam filesystem: local, gs://, s3://, hdfs://.

Outputs appear by atomic rename, so nothing is ever half a file.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://")


def is_local(path: str) -> bool:
    """True for a plain path, False for a URI such as gs://bucket/name."""
    return not _SCHEME.match(path)


def join(folder: str, *parts: str) -> str:
    """The path of something in a folder; URIs keep their scheme."""
    return os.path.join(folder, *parts) if is_local(folder) else "/".join((folder, *parts))  # noqa: PTH118


@contextmanager
def open_input(path: str) -> Iterator[BinaryIO]:
    """The file for reading, as its raw bytes: nothing is decompressed here."""
    if is_local(path):
        with Path(path).open("rb") as file:
            yield file
        return
    remote: Any = FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED)
    with remote as file:
        yield file


@contextmanager
def create(path: str) -> Iterator[BinaryIO]:
    """A new file for writing; it appears under its name only when it is complete."""
    if not is_local(path):
        with FileSystems.create(path, compression_type=CompressionTypes.UNCOMPRESSED) as file:
            yield file  # object stores show an object only when it was written whole
        return
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def write_bytes(path: str, data: bytes) -> None:
    """Writes a whole file at once, atomically."""
    with create(path) as file:
        file.write(data)


def read_bytes(path: str) -> bytes:
    """The whole content of a small file."""
    with open_input(path) as file:
        return file.read()


def exists(path: str) -> bool:
    """True when there is a complete file of this name."""
    return Path(path).exists() if is_local(path) else bool(FileSystems.exists(path))


def listing(folder: str, suffix: str) -> list[str]:
    """The files of a folder whose names end so, sorted; none when there is no folder."""
    if is_local(folder):
        return sorted(str(path) for path in Path(folder).glob(f"[!.]*{suffix}"))
    found = FileSystems.match([join(folder, f"*{suffix}")])[0].metadata_list
    return sorted(item.path for item in found)


def sizes(pattern: str) -> dict[str, int]:
    """The files that a glob, a folder or a single path names, with their sizes in bytes.

    Hidden files (names that start with a dot) are left out. Nothing found: empty.
    """
    if not is_local(pattern):
        found = FileSystems.match([pattern, join(pattern.rstrip("/"), "**")])
        return {item.path: item.size_in_bytes for one in found for item in one.metadata_list}
    if any(mark in pattern for mark in "*?["):
        anchor = Path(pattern).anchor
        paths = Path(anchor or ".").glob(
            str(Path(pattern).relative_to(anchor) if anchor else pattern)
        )
    else:
        start = Path(pattern)
        paths = start.rglob("*") if start.is_dir() else (one for one in [start])
    return {
        str(path): path.stat().st_size
        for path in paths
        if path.is_file() and not path.name.startswith(".")
    }

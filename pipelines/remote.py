"""Files on Beam's filesystems that are not this machine's: gs://, s3://, hdfs://, others.

Object stores have no folders and list by prefix; others list one folder at a time. Both
are asked here so that globs and folders mean the same as on a disk. Beam does not take
over what is there already when it creates or renames on hdfs://, so that is removed first.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from apache_beam.io.filesystem import BeamIOError, CompressionTypes, FileMetadata, FileSystem
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions

from pipelines.files import WILDCARD
from pipelines.watched import WatchedFile, reason
from schemas.errors import InputError

_AS_IT_IS = CompressionTypes.UNCOMPRESSED
#: The extras of apache-beam that bring a filesystem.
_EXTRAS = {"gs": "gcp", "s3": "aws", "azfs": "azure", "hdfs": "hadoop"}


def use_options(options: Sequence[str]) -> None:
    """Makes Beam's options known to its filesystems, which may need them to log in."""
    FileSystems.set_options(PipelineOptions(list(options)))


@contextmanager
def _told(path: str, doing: str) -> Iterator[None]:
    """What a filesystem raises, as one sentence about the path.

    Each client of an object store has errors of its own, so all are meant.
    """
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"{path}: cannot be {doing} ({_why(path, error)})") from None


def _why(path: str, error: BaseException) -> str:
    scheme = str(FileSystems.get_scheme(path))
    known = {system.scheme() for system in FileSystem.get_all_subclasses()}
    told = reason(error)
    if scheme not in known or "install" in told:
        extra = _EXTRAS.get(scheme)
        how = f"install apache-beam[{extra}]" if extra else "give a path or another URI"
        return f"there is no filesystem for {scheme}:// here; {how}"
    if scheme == "hdfs" and "not set" in told:
        return f"{told}; give --hdfs_host, --hdfs_port and --hdfs_user after --"
    return told


@contextmanager
def open_input(path: str) -> Iterator[BinaryIO]:
    """The file for reading, as its raw bytes."""
    with _told(path, "read"):
        opened: Any = FileSystems.open(path, compression_type=_AS_IT_IS)
    with WatchedFile(opened, path).buffered() as file:
        yield file


@contextmanager
def create(path: str) -> Iterator[BinaryIO]:
    """A new file for writing; it appears under its name only when it is complete.

    It is written under a hidden name: what a writer leaves half done would else stand
    there as an object like any other.
    """
    folder, _, name = path.rpartition("/")
    draft = f"{folder}/.{name}.{os.getpid()}.{os.urandom(4).hex()}"
    with _told(path, "written"):
        file: Any = FileSystems.create(draft, compression_type=_AS_IT_IS)
    try:
        with file:
            yield file
        with _told(path, "written"):
            _remove(path)
            FileSystems.rename([draft], [path])
    except BaseException as error:
        with suppress(Exception):  # what is told is why it went wrong, not what followed
            _remove(draft)
        if isinstance(error, OSError):
            raise InputError(f"{path}: cannot be written ({_why(path, error)})") from None
        raise


def remove(path: str) -> None:
    """Removes a file, if it is there."""
    with _told(path, "removed"):
        _remove(path)


def _remove(path: str) -> None:
    if FileSystems.exists(path):
        FileSystems.delete([path])


def exists(path: str) -> bool:
    """True when there is a file of this name."""
    with _told(path, "looked for"):
        return bool(FileSystems.exists(path))


def sizes(pattern: str) -> dict[str, int]:
    """The files that a glob, a folder or a single path names, with their sizes in bytes."""
    with _told(pattern, "listed"):
        found = {item.path: item.size_in_bytes for item in _matching(pattern.rstrip("/"))}
    return {path: size for path, size in found.items() if not path.endswith("/")}  # folder marks


def _matching(pattern: str) -> Iterator[FileMetadata]:
    if FileSystems.get_filesystem(pattern).has_dirs():
        yield from _walked(pattern)
        return
    patterns = _variants(pattern)
    if not WILDCARD.search(pattern):
        is_bucket = "/" not in pattern.partition("://")[2]
        patterns = [f"{pattern}/**", *([] if is_bucket else [pattern])]
    for one in FileSystems.match(patterns):
        yield from one.metadata_list


def _walked(pattern: str) -> Iterator[FileMetadata]:
    """The same where a listing shows one folder: down from the last folder without a wildcard."""
    wild = WILDCARD.search(pattern)
    if not wild:
        start, fits = pattern, re.compile("")
    else:
        start = pattern[: wild.start()].rpartition("/")[0]
        each = map(FileSystem.translate_pattern, _variants(pattern))
        fits = re.compile("|".join(f"(?:{one.removeprefix('(?ms)')})" for one in each), re.DOTALL)
    if not FileSystems.exists(start):
        return
    for item in _below(start):
        if fits.match(item.path):
            yield item


def _below(folder: str) -> Iterator[FileMetadata]:
    """All files in a folder and under it; the file itself where the path is one."""
    inner = _children(folder)
    if inner is None:
        for one in FileSystems.match([folder]):
            yield from one.metadata_list
        return
    for item in inner:
        if item.size_in_bytes:
            yield item
        else:  # a folder has no size; so has an empty file
            yield from _below(item.path)


def _children(path: str) -> list[FileMetadata] | None:
    """What is in a folder; None for a file, which cannot be listed."""
    try:
        found = FileSystems.match([f"{path}/*"])
    except BeamIOError:
        if FileSystems.match([path])[0].metadata_list:
            return None
        raise
    return [item for one in found for item in one.metadata_list]


def _variants(pattern: str) -> list[str]:
    """The pattern, and where it has `/**/` the same without it, as a glob on a disk means it."""
    head, sign, tail = pattern.partition("/**/")
    if not sign:
        return [pattern]
    return [f"{head}{joint}{rest}" for rest in _variants(tail) for joint in ("/**/", "/")]

"""Files on any Beam filesystem: local, gs://, s3://, hdfs://.

Outputs appear under their names by a rename, so nothing is ever half a file. What goes
wrong with a file is an `InputError` that names it; a file that breaks off because the disk
or the network failed is never taken for a damaged document.
"""

import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pipelines.watched import WatchedFile, reason
from schemas.errors import InputError

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://")
#: Where a path begins to be a glob.
WILDCARD = re.compile(r"[*?\[]")
#: How the name of a local file ends while it is written.
_DRAFT = ".part"
#: What goes wrong where the files are written, and not with what is written.
_FULL_OR_CLOSED = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM,
     errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP}
)  # fmt: skip


def is_local(path: str) -> bool:
    """True for a plain path, False for a URI such as gs://bucket/name."""
    return not _SCHEME.match(path)


def join(folder: str, *parts: str) -> str:
    """The path of something in a folder; URIs keep their scheme."""
    return os.path.join(folder, *parts) if is_local(folder) else "/".join((folder, *parts))  # noqa: PTH118


def use_beam_options(options: Sequence[str]) -> None:
    """Makes Beam's options known to its filesystems, which may need them to log in."""
    from pipelines import remote  # noqa: PLC0415  # Beam takes seconds to import

    remote.use_options(options)


@contextmanager
def open_input(path: str) -> Iterator[BinaryIO]:
    """The file for reading, as its raw bytes: nothing is decompressed here.

    Raises:
        InputError: it cannot be opened, or reading it breaks off.
    """
    if not is_local(path):
        from pipelines import remote  # noqa: PLC0415

        with remote.open_input(path) as remote_file:
            yield remote_file
        return
    try:
        opened = Path(path).open("rb", buffering=0)  # noqa: SIM115  # closed with what wraps it
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({reason(error)})") from None
    with WatchedFile(opened, path).buffered() as file:
        yield file


@contextmanager
def create(path: str) -> Iterator[BinaryIO]:
    """A new file for writing; it appears under its name only when it is complete.

    Raises:
        InputError: there is no room, or no right to write there.
    """
    if not is_local(path):
        from pipelines import remote  # noqa: PLC0415

        with remote.create(path) as file:
            yield file
        return
    target = Path(path)
    draft = target.with_name(f".{target.name}.{os.getpid()}.{os.urandom(4).hex()}{_DRAFT}")
    try:
        with writing(path):
            target.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
    finally:
        with suppress(OSError):  # what went wrong is told already
            draft.unlink(missing_ok=True)


def remove_drafts(folder: str | Path) -> None:
    """What attempts that were killed left half written, in a local folder and all below it.

    Only for a folder that nobody is writing to.
    """
    for draft in Path(folder).rglob(f".*{_DRAFT}"):
        draft.unlink()


@contextmanager
def writing(path: str | Path) -> Iterator[None]:
    """A full disk, or a place that is closed to us, is told in one sentence.

    Raises:
        InputError: there is no room, or no right to write there.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL_OR_CLOSED:
            raise
        raise InputError(cannot_write(path, error)) from None


def cannot_write(path: str | Path, error: OSError) -> str:
    """The sentence about a file that cannot be written."""
    return (
        f"{path}: cannot be written ({reason(error)}); make room or give the right to write"
        " there, and start the same command again: it goes on where it stopped"
    )


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
    if is_local(path):
        return Path(path).exists()
    from pipelines import remote  # noqa: PLC0415

    return remote.exists(path)


def size(path: str) -> int | None:
    """How long a file is, in bytes; None when there is none."""
    if not is_local(path):
        return sizes(path).get(path)
    try:
        return Path(path).stat().st_size
    except FileNotFoundError:
        return None


def listing(folder: str, suffix: str) -> list[str]:
    """The files of a folder whose names end so, sorted; none when there is no folder."""
    if is_local(folder):
        return sorted(str(path) for path in Path(folder).glob(f"[!.]*{suffix}"))
    from pipelines import remote  # noqa: PLC0415

    inside = len(folder.rstrip("/")) + 1
    found = remote.sizes(folder)
    return sorted(path for path in found if path.endswith(suffix) and "/" not in path[inside:])


def sizes(pattern: str) -> dict[str, int]:
    """The files that a glob, a folder or a single path names, with their sizes in bytes.

    `*` and `?` stay within a folder, `**` reaches into all below. Hidden files and folders
    (names that start with a dot) are left out, but for what the pattern itself names.
    Nothing found: empty.

    Raises:
        InputError: the filesystem cannot be asked.
    """
    # A path loses what says nothing, such as `./`, so that it begins as what is found does.
    pattern = str(Path(pattern)) if is_local(pattern) else pattern.rstrip("/")
    if not is_local(pattern):
        from pipelines import remote  # noqa: PLC0415

        found = remote.sizes(pattern)
    elif WILDCARD.search(pattern):
        anchor = Path(pattern).anchor
        within = str(Path(pattern).relative_to(anchor) if anchor else pattern)
        found = _files(Path(anchor or ".").glob(within))
    else:
        start = Path(pattern)
        found = _files(start.rglob("*") if start.is_dir() else [start])
    named = len(_named(pattern))
    return {path: size for path, size in found.items() if "/." not in f"/{path[named:]}"}


def _files(paths: Iterable[Path]) -> dict[str, int]:
    return {str(path): path.stat().st_size for path in paths if path.is_file()}


def _named(pattern: str) -> str:
    """The folders of a pattern up to the first wildcard, or the whole one with none."""
    wild = WILDCARD.search(pattern)
    if wild:
        return pattern[: pattern.rfind("/", 0, wild.start()) + 1]
    return "" if pattern == "." else pattern


def unreadable(path: str) -> bool:
    """True for a local file that this user may not read; others tell when they are opened."""
    return is_local(path) and not os.access(path, os.R_OK)

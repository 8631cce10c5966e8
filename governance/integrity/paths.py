"""Where the proofs of a release lie, which files it holds, and how their names are shown."""

import hashlib
import os
from pathlib import Path

from schemas.errors import InputError

#: Digest of every file that is handed out; what the statement signs.
SUMS = "manifest-sha256.txt"
#: Digest of every file that stays inside; never handed out.
INTERNAL = "internal-sha256.txt"
STATEMENT = "attestation/release.intoto.jsonl"
GATES = "quality/gates.json"
REPORT = "report/steward_report.public.html"
AUDIT_HEAD = "audit/head.json"


def present(release: Path) -> list[str]:
    """Every file of the release; a link is named but never followed out of the folder."""
    found = []
    for folder, subfolders, names in os.walk(release):
        links = [name for name in subfolders if Path(folder, name).is_symlink()]
        found += [Path(folder, name).relative_to(release).as_posix() for name in names + links]
    return sorted(found)


def file_digest(path: Path) -> str:
    """sha256 of a file, 64 hexadecimal characters.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def what_is_wrong(path: Path, digest: str) -> str | None:
    """What is wrong with a file that must have this digest, or None when all is well."""
    if path.is_symlink():
        return "is a link"
    if not path.is_file():
        return "is no ordinary file"
    try:
        return None if file_digest(path) == digest else "has changed"
    except OSError:
        return "cannot be read"


def shown(path: str) -> str:
    r"""The name of a file so that it can be printed: what is no printable character is escaped.

    >>> shown("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in path
    )


def need_folder(release: Path) -> None:
    """Refuses what is no folder.

    Raises:
        InputError: there is no such folder.
    """
    if not release.is_dir():
        raise InputError(f"{release}: there is no such folder; give the folder of a release")

"""The digest by which a model's folder is named in a policy.

usage: python -m governance.pii.names.digest FOLDER
"""

import hashlib
import sys
from pathlib import Path

_LEAST_ARGUMENTS = 2


def folder_digest(folder: Path) -> str:
    """One SHA-256 over a folder: of `<sha256 of the file>  <path>` lines, sorted by path.

    Paths are relative, with slashes; bytes of caches (`__pycache__`) do not count. A file stands
    for itself. It is what `sha256sum` prints of the files in that order, digested once more.
    """
    if folder.is_file():
        return _file_digest(folder)
    files = sorted(
        (path.relative_to(folder).as_posix(), path)
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    lines = "".join(f"{_file_digest(path)}  {name}\n" for name, path in files)
    return hashlib.sha256(lines.encode()).hexdigest()


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    if len(sys.argv) != _LEAST_ARGUMENTS:
        sys.exit(__doc__)
    sys.stdout.write(folder_digest(Path(sys.argv[1])) + "\n")

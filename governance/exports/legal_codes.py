"""The texts of licences that a release can be handed out with.

A programme gives a folder with the texts that its lawyers checked. Of its own the package has
only the legal code of CC BY 4.0, as license-expression carries it whole; Creative Commons puts
its legal codes in the public domain. No other text is written out from memory, and none is fetched.
"""

import re
from importlib.resources import files
from pathlib import Path

from schemas.errors import InputError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,99}")
#: A text that is shorter is no legal text but a note about one.
_SHORTEST_CHARS = 100


def licence_texts(folder: Path | None) -> dict[str, bytes]:
    """The texts at hand, by SPDX id or `LicenseRef-…`; those of the folder come first.

    Args:
        folder: files as `CC0-1.0.txt`, UTF-8; None for those of the package alone.

    Raises:
        InputError: the folder is missing, or a file in it is no text of a licence: all at once.
    """
    found = {"CC-BY-4.0": _packaged("cc-by-4.0.LICENSE")}
    if folder is None:
        return found
    if not folder.is_dir():
        raise InputError(f"--licences {folder}: there is no such folder")
    problems = []
    for path in sorted(folder.iterdir()):
        wrong = _what_is_wrong(path)
        if wrong:
            problems.append(f"--licences {path.name[:100]!r}: {wrong}")
        else:
            found[path.stem] = path.read_bytes()
    if problems:
        raise InputError("\n".join(problems))
    return found


def _packaged(name: str) -> bytes:
    return (files("license_expression") / "data" / name).read_bytes()


def _what_is_wrong(path: Path) -> str | None:
    if path.suffix != ".txt" or not _NAME.fullmatch(path.stem) or not path.is_file():
        return "name it by the SPDX id or LicenseRef of the licence, as CC0-1.0.txt"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return "cannot be read as UTF-8"
    return None if len(text.strip()) >= _SHORTEST_CHARS else "holds no text of a licence"

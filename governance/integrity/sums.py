"""`manifest-sha256.txt`: the digest of every file that is handed out, as `sha256sum -c` reads it.

What stays inside is listed in the same form in `internal-sha256.txt`, which is not handed
out: so the folder of the release itself is proven whole, and a copy with fewer files too.

Source: the form is that of GNU `sha256sum` and of BagIt manifests (RFC 8493, 2018, 2.1.3).
"""

import re
from collections.abc import Iterable
from pathlib import Path

from governance.integrity.paths import INTERNAL, STATEMENT, SUMS, file_digest, need_folder, present
from schemas.errors import InputError

_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
_OWN = frozenset({SUMS, INTERNAL})


def write_sums(release: Path, shipped: Iterable[str] | None = None) -> Path:
    """Writes both lists: of what is handed out, and of what else lies in the folder.

    Args:
        release: the folder, with all files in place but the signed statement.
        shipped: paths from the release folder of what is handed out; every file when None.
            The lists themselves and `attestation/` may be among them and are left out.

    Returns:
        The path of `manifest-sha256.txt`. The same files give the same bytes.

    Raises:
        InputError: a file that is to be handed out is missing or is a link, or a name cannot
            stand on a line.
    """
    need_folder(release)
    there = {path for path in present(release) if is_listed(path)}
    wanted = there if shipped is None else {path for path in shipped if is_listed(path)}
    missing = sorted(wanted - there)
    if missing:
        raise InputError(f"{release}: {missing[0]} is to be handed out, but there is no such file")
    inside = there - wanted
    _write(release, SUMS, wanted)
    if inside:
        _write(release, INTERNAL, inside)
    else:
        (release / INTERNAL).unlink(missing_ok=True)
    return release / SUMS


def is_listed(path: str) -> bool:
    """True for a file that stands in one of the lists; not the lists, not the statement."""
    return path not in _OWN and path.split("/", maxsplit=1)[0] != STATEMENT.split("/")[0]


def read_sums(path: Path) -> tuple[dict[str, str], list[str]]:
    """The digests by path, and a sentence for every line that is not as it is written.

    Lines that do not count are left out of the table, so that their files are strangers.

    Raises:
        InputError: there is no such file, or it cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{path.name}: is missing or cannot be read") from None
    *lines, rest = text.split("\n")
    found: dict[str, str] = {}
    problems = [f"{path.name}: breaks off in its last line"] if rest else []
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line)
        if not match or match[2] in found or not is_listed(match[2]):
            problems.append(f"{path.name}: line {number} is not as it was written")
        else:
            found[match[2]] = match[1]
    if not problems and list(found) != sorted(found):
        problems.append(f"{path.name}: its lines are not in order")
    return found, problems


def _write(release: Path, name: str, paths: set[str]) -> None:
    lines = []
    for path in sorted(paths):
        if not path.isprintable() or "\\" in path:
            raise InputError(f"{release}: a file whose name cannot stand on a line lies there")
        if (release / path).is_symlink():
            raise InputError(f"{release / path}: is a link; a release holds its files itself")
        lines.append(f"{file_digest(release / path)}  {path}\n")
    partial = release / f".{name}.partial"
    partial.write_text("".join(lines), encoding="utf-8")
    partial.replace(release / name)

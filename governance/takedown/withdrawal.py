"""An old release is withdrawn: its content is deleted, its record and its digests are kept.

So it stays provable what there was, and no text, address or report of it is left.
"""

import shutil
from pathlib import Path

from governance.release_folder import read_json
from governance.takedown.stored import write_json

NAME = "withdrawn.json"
#: What stays: the record, the digests, the card, the signatures, and the list of what is gone.
KEPT = ("manifest.json", "run.json", "README.md", "manifest-sha256.txt", "doc_ids.merkle.json",
        "attestation", "audit", "tombstones", NAME)  # fmt: skip


def is_withdrawn(release: Path) -> bool:
    """True for a release whose content was deleted, or is about to be."""
    return bool(read_json(release / NAME))


def withdraw(release: Path, superseded_by: str, case: str, day: str) -> None:
    """Marks a release as withdrawn, then deletes its content; may be repeated after a kill."""
    if not is_withdrawn(release):
        told = {"version": release.name, "superseded_by": superseded_by, "case_ref": case,
                "withdrawn": day}  # fmt: skip
        write_json(release / NAME, told, mode=0o644)
    for path in sorted(release.iterdir()):
        if path.name not in KEPT:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def next_versions(versions: list[str], taken: set[str]) -> dict[str, str]:
    """The new major version of each release, in the order of the old ones.

    A calendar version (`2026.11.0`) keeps its year and month, which say what text it holds, and
    its last number goes up. Of other numbers the first goes up and the rest becomes 0. A name
    gets a number. What a release was called before is never used again.

    Args:
        versions: to be written again, in their order.
        taken: all versions of the corpus.

    >>> next_versions(["1.0.0", "1.2.0"], {"1.0.0", "1.2.0"})
    {'1.0.0': '2.0.0', '1.2.0': '3.0.0'}
    >>> next_versions(["2026.11.0", "autumn"], {"2026.11.0", "autumn"})
    {'2026.11.0': '2026.11.1', 'autumn': 'autumn-2'}
    """
    used, found = set(taken), {}
    for version in versions:
        found[version] = _next(version, used)
        used.add(found[version])
    return found


_FIRST_YEAR, _LAST_YEAR = 1900, 2999


def _next(version: str, used: set[str]) -> str:
    parts = version.split(".")
    if not all(part.isdigit() for part in parts):
        number = 2
        while f"{version}-{number}" in used:
            number += 1
        return f"{version}-{number}"
    numbers = [[int(part) for part in one.split(".")] for one in used
               if all(part.isdigit() for part in one.split("."))]  # fmt: skip
    if _FIRST_YEAR <= int(parts[0]) <= _LAST_YEAR:
        month = [int(part) for part in parts[:2]]
        latest = max([one[2] for one in numbers if one[:2] == month and len(one) > 2], default=0)  # noqa: PLR2004
        return ".".join([*parts[:2], str(latest + 1)])
    plain = [one[0] for one in numbers if one[0] < _FIRST_YEAR]
    return ".".join([str(max(plain) + 1), *("0" for _ in parts[1:])])

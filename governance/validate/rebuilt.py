"""Whether a second run from the same inputs made the same release, file by file."""

from datetime import date
from pathlib import Path
from typing import Any

from governance import manifest
from governance.integrity.paths import file_digest
from governance.release_folder import Release, open_release, read_json
from governance.validate.kept_records import REBUILT, keep_record
from schemas.errors import InputError, ValidationFailedError

_JOURNAL = "journal.json"
#: Paths that a record names; their number is stated whole.
_MOST_NAMED = 50


def compare_rebuilt(release: Path, other: Path, day: date) -> dict[str, Any]:
    """Holds a release against one that a second run made, and keeps what it found.

    Args:
        release: that is to be released.
        other: the folder that the second run left, with its journal.
        day: of the comparison.

    Returns:
        The record as it is kept in the release: roots, files that are the same, and those that
        are not. Every file of both is read again first.

    Raises:
        InputError: one is no release, or the other is no run of its own but a copy.
        ValidationFailedError: files of one of them are not as its manifest says.
    """
    one, two = open_release(release), open_release(other)
    _check_own_run(release, other)
    for folder in (release, other):
        changed = manifest.verify(folder, later=manifest.EXPORTED)
        if changed:
            raise ValidationFailedError(f"{folder} is not as its manifest says: {changed[0]}")
    before, after = _files(one), _files(two)
    differ = sorted(path for path in before.keys() | after.keys()
                    if before.get(path) != after.get(path))  # fmt: skip
    facts = {
        "rebuilt_root": two.manifest_root,
        "rebuilt_journal_sha256": file_digest(other / _JOURNAL),
        "files": len(before),
        "same": len(before.keys() | after.keys()) - len(differ),
        "different": len(differ),
        "different_files": differ[:_MOST_NAMED],
        "day": day.isoformat(),
    }
    return keep_record(release, REBUILT, str(one.manifest_root), facts)


def _check_own_run(release: Path, other: Path) -> None:
    if release.resolve() == other.resolve():
        raise InputError(f"{other}: is the release itself; name what a second run left")
    missing = [folder for folder in (release, other) if not (folder / _JOURNAL).is_file()]
    if missing:
        raise InputError(
            f"{missing[0]}: has no {_JOURNAL}, so it is not what a run left; a copy proves nothing"
        )
    if file_digest(release / _JOURNAL) == file_digest(other / _JOURNAL):
        raise InputError(
            f"{other}: has the journal of the same run, so it is a copy; curate again with --out"
        )


def _files(release: Release) -> dict[str, str]:
    listed = read_json(release.folder / manifest.NAME).get("files") or []
    return {str(one["path"]): str(one["sha256"]) for one in listed}

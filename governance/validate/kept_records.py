"""What was found out about a release elsewhere: kept beside its validation, bound to its files.

A record counts only for the very files that it was made for: it states the root of their
manifest, and a release that was written again needs another one.
"""

import json
from pathlib import Path
from typing import Any

from governance.release_folder import Release, read_json

FOLDER = "validation"
REBUILT, SCREENED = "rebuilt.json", "illegal-content.json"


def keep_record(release: Path, name: str, root: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Writes a record; the same facts give the same bytes.

    Args:
        release: the release folder.
        name: `REBUILT` or `SCREENED`.
        root: of the manifest of the files that it is about.
        facts: what was found.
    """
    record = {"manifest_root": root, **facts}
    path = release / FOLDER / name
    path.parent.mkdir(exist_ok=True)
    partial = path.with_name(f".{name}.partial")
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
    return record


def kept_record(release: Release, name: str) -> dict[str, Any] | None:
    """The record of that name for these files; None when there is none, or of other files."""
    found = read_json(release.folder / FOLDER / name)
    return found if found and found.get("manifest_root") == release.manifest_root else None

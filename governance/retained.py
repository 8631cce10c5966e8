"""Withheld text that was dropped when its time was over, so that a release stays provable.

`retention.json` in a release states, for files of what was removed or quarantined, what they
hold now. Such a file may differ from the manifest when it is as stated there and has no text
at all; so nobody can hide another change behind it, and nothing that is handed out can change.
"""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from governance.release_folder import read_json

NAME = "retention.json"
#: The folders whose text may be dropped.
WITHHELD = ("removed", "quarantine")


def reduced(release: Path) -> dict[str, dict[str, Any]]:
    """Files of a release that lost their text, by path: sha256, bytes and rows as they are now."""
    said = read_json(release / NAME).get("files")
    listed = said if isinstance(said, list) else []
    return {
        one["path"]: one
        for one in listed
        if isinstance(one, dict) and str(one.get("path")).split("/", 1)[0] in WITHHELD
    }


def is_without_text(file: Path) -> bool:
    """True when no document of a file has its text any more."""
    try:
        column = pq.read_table(file, columns=["text"], partitioning=None)["text"]
    except (OSError, KeyError, pa.ArrowException):
        return False
    return bool(column.null_count == len(column))

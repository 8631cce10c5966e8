"""What an export is: one thing that a release is handed out with, made from its records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from governance.exports.material import Material


@dataclass(frozen=True)
class Gap:
    """A field that no record of the release answers; it is printed and never guessed.

    Args:
        file: where the field stands, from the release folder.
        field: its name in the standard or in the file.
        missing: the record that would answer it, and where it belongs.
    """

    file: str
    field: str
    missing: str


@dataclass(frozen=True)
class Made:
    """What an export made.

    Args:
        files: path from the release folder -> bytes. The same records give the same bytes.
        gaps: fields that the records leave open.
    """

    files: Mapping[str, bytes]
    gaps: tuple[Gap, ...] = field(default=())


@dataclass(frozen=True)
class Export:
    """One thing that a release is handed out with.

    Args:
        id: its name.
        description: what it is, in one sentence for a steward.
        make: renders it from the records.
    """

    id: str
    description: str
    make: Callable[[Material], Made]

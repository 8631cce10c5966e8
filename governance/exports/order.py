"""What is asked for when a release is made, and what came of it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from governance.exports.export import Gap
from governance.validate.overlaps import Compare


@dataclass(frozen=True)
class Order:
    """What is asked for.

    Args:
        folder: what a run left.
        as_of: day of publication; None takes the run's own.
        key: private key that signs; None leaves the release unsigned.
        to: empty folder for a copy of what is handed out; None makes no copy.
        previous: release that this one follows.
        audit: folder of the corpus' audit log.
        waivers: file of waivers.
        compare: looks for passages of evaluation sets in texts.
        licences: folder with the texts of licences, as `CC0-1.0.txt`.
    """

    folder: Path
    as_of: date | None = None
    key: Path | None = None
    to: Path | None = None
    previous: Path | None = None
    audit: Path | None = None
    waivers: Path | None = None
    compare: Compare | None = None
    licences: Path | None = None


@dataclass(frozen=True)
class Issued:
    """What was made.

    Args:
        folder: of the release, or of the copy.
        files: how many files are handed out.
        gaps: fields that no record answers.
        is_signed: whether a key signed it.
    """

    folder: Path
    files: int
    gaps: tuple[Gap, ...]
    is_signed: bool

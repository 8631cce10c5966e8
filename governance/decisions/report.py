"""The digest of a release's report, which every decision on it must name."""

from pathlib import Path

from governance.report.twin import digest
from schemas.errors import InputError


def report_digest(release: Path) -> str:
    """sha256 of the numbers of a release's report: another report, another digest.

    Raises:
        InputError: the release has no report.
    """
    found = digest(release)
    if found is None:
        raise InputError(f"{release}: has no report; run endonym report first")
    return found

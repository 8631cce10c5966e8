"""Checks for unlawful content made elsewhere: kept with a release, and whether they suffice."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from governance.release_folder import open_release
from governance.validate.kept_records import SCREENED, keep_record
from schemas.errors import InputError
from schemas.illegal_checks import IllegalCheck, IllegalChecks
from schemas.yaml_files import read_record

#: Such lists are renewed daily; one that was a month old when it was applied was not the current
#: one. Decision of 2026-11-25.
MOST_DAYS_OLD = 31
#: A check holds for so long: as the card of opt-outs, half a year (C(2025) 8311, 2025-12).
MOST_DAYS_AGO = 183
ALL = "*"


def keep_checks(release: Path, checks: Path) -> dict[str, Any]:
    """Keeps the checks of a file with a release.

    Args:
        release: the folder that a run left.
        checks: YAML with `checks`.

    Returns:
        The record as it is kept.

    Raises:
        InputError: all mistakes of the file at once, with their lines; a source that the release
            does not have.
    """
    opened, given = open_release(release), read_record(checks, IllegalChecks)
    known = {str(card.get("id")) for card in opened.run.get("sources", [])} | {ALL}
    strangers = sorted({name for one in given.checks for name in one.sources} - known)
    if strangers:
        raise InputError(
            f"{checks}: the release has no source {', '.join(strangers)}; it has"
            f" {', '.join(sorted(known - {ALL}))}"
        )
    facts = {"checks": [one.model_dump(mode="json") for one in given.checks]}
    return keep_record(release, SCREENED, str(opened.manifest_root), facts)


def lacking(
    checks: list[IllegalCheck], released: dict[str, int], as_of: date | None
) -> Iterator[tuple[int, str]]:
    """What the checks leave open, with how many documents.

    Args:
        checks: as they are kept.
        released: released documents of each source.
        as_of: the day that ages are held against; None for any.
    """
    for one in checks:
        if one.found > one.removed:
            left = one.found - one.removed
            yield left, f"{one.kind} {one.name}: not all that was met is removed"
    for source, documents in sorted(released.items()):
        ours = [one for one in checks if {source, ALL} & set(one.sources)]
        if not ours:
            yield documents, f"{source}: no list and no classifier was held against it"
        elif not any(_is_current(one, as_of) for one in ours):
            why = f"every list was more than {MOST_DAYS_OLD} days old when it was applied"
            yield documents, f"{source}: {why}, or was applied more than {MOST_DAYS_AGO} days ago"


def _is_current(one: IllegalCheck, as_of: date | None) -> bool:
    is_new = (one.applied_on - one.version_day).days <= MOST_DAYS_OLD
    return is_new and (as_of is None or 0 <= (as_of - one.applied_on).days <= MOST_DAYS_AGO)

"""Lists of illegal content were applied, in their current version."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

_MISSING = (
    "The job applies no list of illegal content, since none may be passed on: say "
    "at sign-off which list was applied to the sources, by whom and when"
)


def find(_evidence: Evidence) -> Finding:
    """Says what is missing: no program can judge this from the records of a release."""
    return Finding(0, note=_MISSING, judged=False)


CHECK = Check(
    id="G-ILL",
    title="Lists of illegal content were applied, in their current version",
    unit="documents",
    limit=0,
    source="governance notes, gate G-ILL (2026-11)",
    find=find,
    moment="release",
)

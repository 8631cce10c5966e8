"""Every record read ended exactly once, and all counts agree."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence


def find(evidence: Evidence) -> Finding:
    """Counts the numbers that do not agree."""
    problems = evidence.books.imbalances
    return Finding(len(problems), problems)


CHECK = Check(
    id="G-REC",
    title="The books balance: read = released + removed + quarantined, per source and per stage",
    unit="imbalances",
    limit=0,
    source="promise P1: nothing is lost (design, 2026-11)",
    find=find,
)

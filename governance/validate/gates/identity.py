"""Every document has one id, and no id names two documents."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence


def find(evidence: Evidence) -> Finding:
    """Counts ids that stand in the release more than once, in whatever folder."""
    twice = evidence.ids.repeated()
    reasons = (f"ids that occur again: {twice}",) if twice else ()
    return Finding(twice, reasons, f"Ids compared: {evidence.ids.count:,}")


CHECK = Check(
    id="G-ID",
    title="No id names two documents, and documents stand in the order of their ids",
    unit="ids",
    limit=0,
    source="promise P1: every record ends exactly once (design, 2026-11)",
    find=find,
)

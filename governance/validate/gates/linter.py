"""No personal data in anything else that was written: records, tables, footers, pages."""

from governance.proof.scan import scan_release
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

ID = "G-PII-3"
_MOST_TOLD = 20


def find(evidence: Evidence) -> Finding:
    """Looks through every file of the release; released text is the sample of G-PII-1."""
    return told(
        [(hit.file, hit.place, hit.type) for hit in scan_release(evidence.release.folder).hits]
    )


def told(hits: list[tuple[str, str, str]]) -> Finding:
    """Findings as a gate tells them: file, place and type, never the value."""
    reasons = [f"{file}, {place}: {kind}" for file, place, kind in hits[:_MOST_TOLD]]
    if len(hits) > _MOST_TOLD:
        reasons.append(f"and {len(hits) - _MOST_TOLD:,} more; `endonym pii scan` names them all")
    return Finding(len(hits), tuple(reasons))


CHECK = Check(
    id=ID,
    title="No personal data stands in records, tables, footers or pages of the release",
    unit="findings",
    limit=0,
    source="promise P4: no unscrubbed text at rest (design, 2026-11)",
    find=find,
)

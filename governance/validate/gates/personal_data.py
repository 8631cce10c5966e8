"""A second look finds no personal data that the first should have masked."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

#: Nothing found in n documents: at most 3/n with 95 % confidence (Hanley and Lippman-Hand,
#: JAMA 249, 1983).
_RULE_OF_THREE = 3


def find(evidence: Evidence) -> Finding:
    """Counts values that the recognisers find in released documents."""
    seen = evidence.rechecked
    reasons = tuple(
        f"unmasked values of type {kind}: {count}" for kind, count in seen.found.items()
    )
    note = f"Released documents read again: {seen.documents:,}"
    if seen.is_whole:
        note += ", all of them"
    elif not seen.total:
        most = 1000 * _RULE_OF_THREE / seen.documents
        note += f"; with 95 % confidence fewer than {most:.2g} in 1,000 hold such a value"
    return Finding(seen.total, reasons, note + ". Person names are not looked for.")


CHECK = Check(
    id="G-PII-1",
    title="A second look finds no personal data left unmasked",
    unit="values",
    limit=0,
    source="promise P4: no unscrubbed text at rest (design, 2026-11)",
    find=find,
)

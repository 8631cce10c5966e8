"""A second look finds no personal data that the first should have masked."""

from governance.proof.rates import Rate
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence, policy_of
from governance.validate.recheck import Recheck

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
    note += ". Person names are not looked for."
    privacy = policy_of(evidence.release).get("privacy") or {}
    limit = privacy.get("residual_per_million")
    if limit is None:
        return Finding(seen.total, reasons, note)
    return _bounded(seen, reasons, note, float(limit))


def _bounded(seen: Recheck, reasons: tuple[str, ...], note: str, limit: float) -> Finding:
    """Holds the upper bound of what may be left against the policy, not what was found."""
    rate = Rate(min(seen.total, seen.documents), seen.documents)
    most = 1e6 * ((rate.share or 0.0) if seen.is_whole else rate.bounds[1])
    note += f" At most {most:,.0f} values in a million documents; the policy lets {limit:,.0f}."
    if most <= limit:
        return Finding(0, (), note)
    more = (
        f"with 95 % confidence no more than {most:,.0f} values are left in a million documents,"
        f" and the policy lets {limit:,.0f}: find what is left, or read more documents again"
    )
    return Finding(max(seen.total, 1), (*reasons, more), note)


CHECK = Check(
    id="G-PII-1",
    title="A second look finds no personal data left unmasked",
    unit="values",
    limit=0,
    source="promise P4: no unscrubbed text at rest (design, 2026-11)",
    find=find,
)

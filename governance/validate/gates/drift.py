"""The text is like the text that its limits were measured on."""

from collections import defaultdict

from governance.drift import Drift, drifts
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence


def find(evidence: Evidence) -> Finding:
    """Counts measures of languages that are further from their reference than its limit."""
    found = drifts(evidence.release)
    far = defaultdict(list)
    for one in found:
        if one.is_too_far:
            far[one.tag].append(one)
    reasons = tuple(_sentence(tag, ones) for tag, ones in sorted(far.items()))
    note = f"Measures compared: {len(found):,}; languages: {len({one.tag for one in found})}"
    return Finding(sum(map(len, far.values())), reasons, note)


def _sentence(tag: str, ones: list[Drift]) -> str:
    """The measures of a language that are too far, the furthest first."""
    ordered = sorted(ones, key=lambda one: (-one.distance, one.measure))
    told = (f"{one.measure} is {one.direction} ({one.distance:.2f})" for one in ordered)
    return f"{tag} is unlike the text that its limits were measured on: {', '.join(told)}"


CHECK = Check(
    id="G-DRIFT",
    title="The text of each language is like the text that its limits were measured on",
    unit="measures",
    limit=0,
    source="Kolmogorov-Smirnov distances between good sources of one language (measured 2026-11)",
    find=find,
    waivable=True,
    severity="warning",
)

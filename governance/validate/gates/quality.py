"""Every measure is a number that can be."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence


def find(evidence: Evidence) -> Finding:
    """Counts measured values that cannot be, such as a share above 1."""
    odd = int(evidence.shards["odd_measures"].sum())
    return Finding(odd, (f"measured values that cannot be: {odd}",) if odd else ())


CHECK = Check(
    id="G-QLT",
    title="Quality measures are numbers that can be: shares within 0 and 1, no negative counts",
    unit="values",
    limit=0,
    source="the definition of each measure (docs/rules.md)",
    find=find,
)

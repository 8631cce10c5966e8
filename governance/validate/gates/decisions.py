"""Every decision that the report asks for is closed, and none has expired."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

_MISSING = (
    "Decisions of stewards are no part of a release yet: the sign-off of the report stands for them"
)


def find(_evidence: Evidence) -> Finding:
    """Says what is missing: no program can judge this from the records of a release."""
    return Finding(0, note=_MISSING, judged=False)


CHECK = Check(
    id="G-DEC",
    title="Every decision that the report asks for is closed, and none has expired",
    unit="decisions",
    limit=0,
    source="governance notes, gate G-DEC (2026-11)",
    find=find,
    moment="release",
)

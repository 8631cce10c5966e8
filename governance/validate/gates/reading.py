"""People read a drawn sample of the release and agreed on it."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

_MISSING = (
    "A reading round is done by people: its protocol and result belong to the steward's sign-off"
)


def find(_evidence: Evidence) -> Finding:
    """Says what is missing: no program can judge this from the records of a release."""
    return Finding(0, note=_MISSING, judged=False)


CHECK = Check(
    id="G-HUM",
    title="People read a drawn sample of the release and agreed on it",
    unit="documents",
    limit=0,
    source="five batches of 200 documents a language (HPLT v3 protocol, 2025)",
    find=find,
    moment="release",
    waivable=True,
)

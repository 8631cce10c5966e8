"""No text of a benchmark that the corpus may be tested on is released."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

_MISSING = (
    "Benchmarks of the languages are not compared with by the job: name what was "
    "looked for, and how, at sign-off"
)


def find(_evidence: Evidence) -> Finding:
    """Says what is missing: no program can judge this from the records of a release."""
    return Finding(0, note=_MISSING, judged=False)


CHECK = Check(
    id="G-CON",
    title="No text of a benchmark that the corpus may be tested on is released",
    unit="overlaps",
    limit=0,
    source="governance notes, gate G-CON (2026-11); overlap of training text with tests: "
    "`endonym lid overlap`",
    find=find,
    moment="release",
    waivable=True,
)

"""People read a drawn sample of the release and agreed on it."""

from governance.review.judged import reading_of, rules_of, shortcomings
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

_MISSING = (
    "No reading round was taken back: endonym review round draws it, review results takes it back"
)


def find(evidence: Evidence) -> Finding:
    """Counts what the policy asks of the reading round and the round does not show."""
    rules, reading = rules_of(evidence.release), reading_of(evidence.release)
    if not reading:
        absent = (_MISSING,) if rules.required else ()
        return Finding(len(absent), absent, _MISSING, judged=rules.required)
    root = evidence.release.manifest_root
    reasons = tuple(shortcomings(reading, rules, root, evidence.as_of))
    read = sum(one["read"] for one in reading["languages"])
    told = f"Read: {read:,} documents in {len(reading['languages'])} languages,"
    return Finding(len(reasons), reasons, f"{told} round {reading['round']}")


CHECK = Check(
    id="G-HUM",
    title="People read a drawn sample of the release and agreed on it",
    unit="shortcomings",
    limit=0,
    source="the policy of the run, reading; five batches of 200 documents a language (HPLT v3"
    " protocol, 2025)",
    find=find,
    moment="release",
    waivable=True,
)

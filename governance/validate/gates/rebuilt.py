"""Shards made again from the recorded inputs are the same, byte for byte."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

_MISSING = (
    "Judging it takes the inputs and the key, which no release holds: run `endonym "
    "curate` again with another --out and compare the roots"
)


def find(_evidence: Evidence) -> Finding:
    """Says what is missing: no program can judge this from the records of a release."""
    return Finding(0, note=_MISSING, judged=False)


CHECK = Check(
    id="G-REPRO",
    title="Shards made again from the recorded inputs are the same, byte for byte",
    unit="shards",
    limit=0,
    source="promise P2: same in, same out (design, 2026-11)",
    find=find,
    moment="release",
    waivable=True,
)

"""Shards made again from the recorded inputs are the same, byte for byte."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence
from governance.validate.kept_records import REBUILT, kept_record

_MISSING = (
    "Making it again takes the inputs and the key, which no release holds: curate again with"
    " another --out, then run endonym rebuilt RELEASE OTHER"
)


def find(evidence: Evidence) -> Finding:
    """Counts the files that a second run made otherwise, from the record of the comparison."""
    found = kept_record(evidence.release, REBUILT)
    if found is None:
        return Finding(0, note=_MISSING, judged=False)
    different = int(found["different"])
    named = tuple(f"{path}: came out otherwise" for path in found["different_files"])
    note = f"Files that a second run made the same: {found['same']:,}, compared on {found['day']}"
    return Finding(different, named, note)


CHECK = Check(
    id="G-REPRO",
    title="A second run from the recorded inputs made the same files, byte for byte",
    unit="files",
    limit=0,
    source="promise P2: same in, same out (design, 2026-11)",
    find=find,
    moment="release",
    waivable=True,
)

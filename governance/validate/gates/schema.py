"""Every shard has the released columns, and no footer tells what stands in the text."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence
from schemas.corpus import SCHEMA_VERSION


def find(evidence: Evidence) -> Finding:
    """Names the files that cannot be used; what each shard's schema is, the suite judges."""
    release = evidence.release
    reasons = [
        f"{path}: is no readable Parquet file with the released columns"
        for path in release.unreadable
    ]
    if release.run.get("schema_version") != SCHEMA_VERSION:
        reasons.append(f"run.json does not state version {SCHEMA_VERSION} of the schema")
    return Finding(len(reasons), tuple(reasons))


CHECK = Check(
    id="G-SCH",
    title="Every shard has exactly the released columns, and statistics only where they are safe",
    unit="problems",
    limit=0,
    source="promise P4: footers repeat the first and last text (measured, pyarrow 25, 2026-11)",
    find=find,
)

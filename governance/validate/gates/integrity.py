"""Every file is as the run left it."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence


def find(evidence: Evidence) -> Finding:
    """Counts the files that the manifest does not vouch for; only its own names are repeated."""
    changed = evidence.changed
    named = tuple(problem for problem in changed if "is not in the manifest" not in problem)
    extra = len(changed) - len(named)
    strangers = (f"files that are not in the manifest (endonym verify names them): {extra}",)
    return Finding(len(changed), named + strangers * bool(extra))


CHECK = Check(
    id="G-INT",
    title="Every file is as the manifest says; none is missing, none was added",
    unit="files",
    limit=0,
    source="promise P2: one manifest, one release (design, 2026-11)",
    find=find,
)

"""Every document that was held back says why."""

import polars as pl

from governance.takedown import tombstones
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence, clusters
from schemas.decision import RELEASED


def find(evidence: Evidence) -> Finding:
    """Counts removals without a rule, and duplicates whose kept document is not there."""
    decisions = evidence.tables["decisions"]
    bare = (pl.col("outcome") != RELEASED) & pl.col("rule").is_null()
    silent = int(decisions.filter(bare)["documents"].sum())
    orphans = _orphans(evidence)
    reasons = []
    if silent:
        reasons.append(f"documents held back without a rule: {silent}")
    if orphans:
        reasons.append(f"duplicates of a document that is not released: {orphans}")
    return Finding(silent + orphans, tuple(reasons))


def _orphans(evidence: Evidence) -> int:
    """Documents kept in another release are not looked for here."""
    if evidence.release.run.get("dedup", {}).get("against"):
        return 0
    kept = clusters(evidence.release, ["kept_doc_id"])["kept_doc_id"]
    # A copy stays removed when the document kept in its place was taken down for its place.
    gone = tombstones.doc_ids(evidence.release.folder)
    return evidence.kept.lacks(kept.filter(~kept.is_in(gone.implode())))


CHECK = Check(
    id="G-WHY",
    title="Every removal explains itself: rule, measure, limit, or the document kept instead",
    unit="documents",
    limit=0,
    source="promise P6: every removal explains itself (design, 2026-11)",
    find=find,
)

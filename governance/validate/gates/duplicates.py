"""No text is released twice, and every copy removed was alike enough."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence, clusters


def find(evidence: Evidence) -> Finding:
    """Counts texts released twice, and copies below the threshold."""
    twice = evidence.texts.repeated()
    threshold = evidence.release.run.get("dedup", {}).get("threshold")
    similarity = clusters(evidence.release, ["similarity"])["similarity"]
    unlike = int((similarity < float(threshold)).sum()) if threshold and len(similarity) else 0
    reasons = []
    if twice:
        reasons.append(f"released texts that stand there a second time: {twice}")
    if unlike:
        reasons.append(
            f"documents removed as copies although less alike than the threshold: {unlike}"
        )
    if threshold is None:
        reasons.append("run.json does not state the threshold of the duplicates")
    figure = twice + unlike + (threshold is None)
    return Finding(figure, tuple(reasons), f"Texts compared: {evidence.texts.count:,}")


CHECK = Check(
    id="G-DUP",
    title="No text is released twice, and no copy was removed below the threshold",
    unit="documents",
    limit=0,
    source="settings, dedup.threshold; duplicates are verified (design, 2026-11)",
    find=find,
    waivable=True,
)

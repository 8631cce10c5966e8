"""No text is released twice, and every copy removed was alike enough."""

import polars as pl

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence, copies


def find(evidence: Evidence) -> Finding:
    """Counts texts released twice, and copies below the threshold."""
    twice = evidence.texts.repeated()
    threshold = evidence.release.run.get("dedup", {}).get("threshold")
    unlike = _unlike(evidence, threshold)
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


def _unlike(evidence: Evidence, threshold: float | None) -> int:
    """Copies below their threshold; documents at one address have one of their own."""
    listed = copies(evidence.release)
    if threshold is None:
        return 0
    of_address = evidence.release.run.get("dedup", {}).get("url_threshold")
    # A run that compared no addresses can have removed nothing for one.
    at_address = threshold if of_address is None else of_address
    held = pl.when("same_address").then(float(at_address)).otherwise(float(threshold))
    return int(listed.select((pl.col("similarity") < held).sum()).item())


CHECK = Check(
    id="G-DUP",
    title="No text is released twice, and no copy was removed below the threshold",
    unit="documents",
    limit=0,
    source="settings, dedup.threshold; duplicates are verified (design, 2026-11)",
    find=find,
    waivable=True,
)

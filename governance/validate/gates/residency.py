"""Every source lives where the policy lets text be held, and reports call nobody elsewhere."""

import re

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence, policy_of

#: What a browser would fetch by itself from somewhere else.
_ASSET = re.compile(
    rb"""(?i)<(?:script|img|link|iframe|source|video|audio|embed)\b[^>]*\b(?:src|href)\s*=\s*"""
    rb"""["']?\s*(?:https?:)?//|@import\s+["']?\s*(?:url\()?["']?https?:|url\(["']?https?:"""
)


def find(evidence: Evidence) -> Finding:
    """Counts sources outside the policy's zones, and pages that load something from elsewhere."""
    zones = policy_of(evidence.release).get("residency_zones") or []
    cards = evidence.release.run.get("sources", [])
    outside = [card for card in cards if zones and card.get("jurisdiction") not in zones]
    reasons = [f"source {card.get('id')} lives outside the policy's zones" for card in outside]
    pages = sorted((evidence.release.folder / "report").glob("**/*.html"))
    calling = [page for page in pages if _ASSET.search(page.read_bytes())]
    reasons += [f"report/{page.name} loads something from another place" for page in calling]
    return Finding(len(reasons), tuple(reasons), "" if zones else "The policy names no zones")


CHECK = Check(
    id="G-RES",
    title="Every source lives in a zone where the policy lets text be held",
    unit="sources and pages",
    limit=0,
    source="the policy of the run, residency_zones",
    find=find,
)

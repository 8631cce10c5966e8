"""Every source lives where the policy lets text be held."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence, policy_of


def find(evidence: Evidence) -> Finding:
    """Counts sources outside the policy's zones; a policy without zones allows all."""
    zones = policy_of(evidence.release).get("residency_zones") or []
    cards = evidence.release.run.get("sources", [])
    outside = [card for card in cards if zones and card.get("jurisdiction") not in zones]
    reasons = tuple(f"source {card.get('id')} lives outside the policy's zones" for card in outside)
    return Finding(len(outside), reasons, "" if zones else "The policy names no zones")


CHECK = Check(
    id="G-RES",
    title="Every source lives in a zone where the policy lets text be held",
    unit="sources",
    limit=0,
    source="the policy of the run, residency_zones",
    find=find,
)

"""Every released document has a licence that the policy allows."""

import polars as pl

from governance.rights import ALLOWED, standing
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence, policy_of


def find(evidence: Evidence) -> Finding:
    """Counts released documents whose concluded licence is unknown or not allowed."""
    policy = policy_of(evidence.release)
    if not policy:
        return Finding(1, ("run.json does not state the policy, so no licence can be judged",))
    allowed = frozenset(policy.get("allowed_licences", ()))
    own = frozenset(policy.get("licence_refs", ()))
    table = evidence.tables["rights"].filter(pl.col("folder") == "documents")
    by_source: dict[str, int] = {}
    for source, concluded, documents in table.select(
        "source", "concluded", "documents"
    ).iter_rows():
        if standing(concluded, allowed, own) != ALLOWED:
            by_source[source] = by_source.get(source, 0) + documents
    cards = {card.get("id") for card in evidence.release.run.get("sources", [])}
    reasons = tuple(
        "released under a licence that the policy does not allow:"
        f" {count} of {source if source in cards else 'an unknown source'}"
        for source, count in sorted(by_source.items())
    )
    return Finding(sum(by_source.values()), reasons)


CHECK = Check(
    id="G-LIC-1",
    title="Every released document has a concluded licence that the policy allows",
    unit="documents",
    limit=0,
    source="the policy of the run; SPDX 2.3, annex D (2022)",
    find=find,
)

"""TERMS.md and TAKEDOWN.md: what whoever holds a copy owes, and how text is taken back."""

from governance.exports import records
from governance.exports.export import Export, Gap, Made
from governance.exports.material import Material
from governance.exports.written import as_page

TERMS, TAKEDOWN = "TERMS.md", "TAKEDOWN.md"


def make(material: Material) -> Made:
    """Both pages, with the contact that the policy or the cards name."""
    retention = material.policy.get("retention") or {}
    facts = {
        "release": records.identity(material),
        "contacts": records.contacts(material),
        "days": retention.get("takedown_days"),
        "licences": records.licences(material),
    }
    gaps = []
    if not facts["contacts"]:
        gaps.append(Gap(TAKEDOWN, "contact", "neither the policy nor a card names one"))
    made = {TERMS: as_page("terms.md", facts), TAKEDOWN: as_page("takedown.md", facts)}
    return Made(made, tuple(gaps))


EXPORT = Export("terms", "What holders of a copy owe, and how text is taken back", make)

"""privacy_statement.md: what was looked for, what became of it, how well that is known to work."""

from typing import Any

import polars as pl

from governance.exports import records
from governance.exports.export import Export, Gap, Made
from governance.exports.material import Material
from governance.exports.written import as_page
from schemas.privacy import PrivacyPolicy

NAME = "privacy_statement.md"


def recall(material: Material) -> list[dict[str, Any]]:
    """Recall by type with its 95 % interval, as the run states it; none if not measured."""
    measured = material.run.get("privacy_evidence")
    by_type = measured.get("recall_by_type") if isinstance(measured, dict) else None
    return [
        {
            "type": kind,
            "recall": _shown(rate.get("share")),
            "low": _shown(rate.get("low")),
            "high": _shown(rate.get("high")),
            "whole": rate.get("whole"),
        }
        for kind, rate in sorted((by_type or {}).items())
    ]


def _shown(rate: float | None) -> str:
    return "not measured" if rate is None else f"{rate:.3f}"


def facts(material: Material) -> dict[str, Any]:
    """What the statement says."""
    privacy = material.policy.get("privacy")
    second = next((g for g in material.standing.gates if g.get("id") == "G-PII-1"), None)
    return {
        "release": records.identity(material),
        "masked": records.masked(material),
        "treatments": _treatments(material),
        "default": (privacy or {}).get("default") or "placeholder",
        "recall": recall(material),
        "second": second,
        "names": records.names_statement(material),
        "contacts": records.contacts(material),
        "software": material.run.get("software") or {},
    }


def _treatments(material: Material) -> list[dict[str, str]]:
    """Each type in released documents with what became of it; twice where sources differ."""
    policy = PrivacyPolicy.model_validate(material.policy.get("privacy") or {})
    table = material.tables["privacy"].filter(pl.col("folder") == "documents")
    pairs = table.select("source", "type").unique().iter_rows()
    found = {(kind, policy.treatment(source, kind)) for source, kind in pairs}
    return [{"type": kind, "treatment": treatment} for kind, treatment in sorted(found)]


def make(material: Material) -> Made:
    """The statement as a page."""
    found = facts(material)
    gaps = []
    if not found["recall"]:
        gaps.append(Gap(NAME, "measured recall", "no evaluation of the recognisers is recorded"))
    return Made({NAME: as_page("privacy_statement.md", found)}, tuple(gaps))


EXPORT = Export("privacy_statement", "Personal data: looked for, treated, left", make)

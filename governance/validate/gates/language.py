"""Every released document has a language, a score and the model that gave it."""

import polars as pl

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence


def find(evidence: Evidence) -> Finding:
    """Finds nothing of its own (the suites judge); notes how many have no named language."""
    released = evidence.tables["languages"].filter(pl.col("folder") == "documents")
    unnamed = released.filter(pl.col("tag").str.starts_with("und_"))["documents"].sum()
    note = f"Released documents in no language that the model knows: {unnamed:,}"
    return Finding(0, note=note if unnamed else "")


CHECK = Check(
    id="G-LID",
    title="Every released document has a language call: tag, score, model",
    unit="problems",
    limit=0,
    source="ISO 639-3 and ISO 15924, as FLORES writes them (design, 2026-11)",
    find=find,
)

"""Every released document has a language, a score and the model that gave it."""

import polars as pl

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence


def find(evidence: Evidence) -> Finding:
    """Finds nothing of its own (the suites judge); notes mixed and disputed documents."""
    released = evidence.tables["doubts"].filter(pl.col("folder") == "documents")
    mixed = released.filter(pl.col("mixed"))["documents"].sum()
    disputed = released.filter(~pl.col("agrees"))["documents"].sum()
    counts = {"in two languages": mixed, "over which two models disagree": disputed}
    notes = [f"{kind}: {documents:,}" for kind, documents in counts.items() if documents]
    return Finding(0, note=f"Released documents {'; '.join(notes)}" if notes else "")


CHECK = Check(
    id="G-LID",
    title="Every released document has a language call: tag, score, model",
    unit="problems",
    limit=0,
    source="ISO 639-3 and ISO 15924, as FLORES writes them (design, 2026-11)",
    find=find,
    waivable=True,
)

"""Every released document has a language, a score and the model that gave it."""

import polars as pl

from governance.review.judged import below_floor, reading_of, rules_of
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence


def find(evidence: Evidence) -> Finding:
    """Languages that people read and found below the policy's floor; the suites judge the rest.

    Notes mixed and disputed documents.
    """
    released = evidence.tables["doubts"].filter(pl.col("folder") == "documents")
    mixed = released.filter(pl.col("mixed"))["documents"].sum()
    disputed = released.filter(~pl.col("agrees"))["documents"].sum()
    counts = {"in two languages": mixed, "over which two models disagree": disputed}
    notes = [f"{kind}: {documents:,}" for kind, documents in counts.items() if documents]
    reasons = tuple(below_floor(reading_of(evidence.release), rules_of(evidence.release)))
    note = f"Released documents {'; '.join(notes)}" if notes else ""
    return Finding(len(reasons), reasons, note)


CHECK = Check(
    id="G-LID",
    title="Every released document has a language call: tag, score, model",
    unit="problems",
    limit=0,
    source="ISO 639-3 and ISO 15924, as FLORES writes them (design, 2026-11)",
    find=find,
    waivable=True,
)

"""What became of a document: released, removed or quarantined, and why."""

import polars as pl

from schemas.corpus import DECISION

RELEASED = "released"
REMOVED = "removed"
QUARANTINED = "quarantined"
OUTCOMES = (RELEASED, REMOVED, QUARANTINED)
#: What a policy's answer makes of a document.
OUTCOME_OF = {"remove": REMOVED, "quarantine": QUARANTINED}
#: The answer that decides nothing.
KEEP = "keep"
#: The stages that may decide, in the order of the job.
STAGES = (
    "read", "admit", "normalise", "identify", "scrub", "screen", "decontaminate", "duplicates",
    "release",
)  # fmt: skip

UNDECIDED = pl.lit(None, dtype=pl.Struct(DECISION)).alias("decision")


def is_open() -> pl.Expr:
    """True for the rows that no step has decided yet."""
    return pl.col("decision").struct.field("outcome").is_null()


def verdict(
    outcome: str,
    stage: str,
    rule: pl.Expr | str,
    measure: pl.Expr | float | None = None,
    limit: pl.Expr | float | None = None,
) -> pl.Expr:
    """A decision as a column: outcome, stage, rule, measured value and limit."""
    values = {
        "outcome": pl.lit(outcome),
        "stage": pl.lit(stage),
        "rule": rule if isinstance(rule, pl.Expr) else pl.lit(rule),
        "measure": measure if isinstance(measure, pl.Expr) else pl.lit(measure),
        "limit": limit if isinstance(limit, pl.Expr) else pl.lit(limit),
        "kept_doc_id": pl.lit(None),
        "similarity": pl.lit(None),
    }
    fields = [expr.cast(DECISION[name]).alias(name) for name, expr in values.items()]
    return pl.struct(fields)


def decide(
    frame: pl.DataFrame,
    when: pl.Expr,
    *,
    outcome: str,
    stage: str,
    rule: pl.Expr | str,
    measure: pl.Expr | float | None = None,
    limit: pl.Expr | float | None = None,
) -> pl.DataFrame:
    """Writes a decision into the rows that match and have none yet.

    A row is decided once: the first step that decides has the say, later ones skip
    the row. Nulls in `when` count as "does not match".

    Args:
        frame: a batch with a `decision` column.
        when: the rows meant.
        outcome: one of `OUTCOMES`.
        stage: one of `STAGES`.
        rule: name of the rule, or a column with the names.
        measure: the measured value.
        limit: the limit that it was held against.

    Returns:
        The batch with the same rows in the same order.

    >>> batch = pl.DataFrame({"words": [3, 90]}).with_columns(UNDECIDED)
    >>> decide(batch, pl.col("words") < 10, outcome=REMOVED, stage="screen", rule="short",
    ...        measure=pl.col("words"), limit=10)["decision"].struct.field("outcome").to_list()
    ['removed', None]
    """
    chosen = is_open() & when.fill_null(value=False)
    new = verdict(outcome, stage, rule, measure, limit)
    return frame.with_columns(
        pl.when(chosen).then(new).otherwise(pl.col("decision")).alias("decision")
    )

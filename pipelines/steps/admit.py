"""Admit: what we may not hold goes no further, and its text is written nowhere."""

import polars as pl

from governance import rights
from pipelines.run import Run


def admit(frame: pl.DataFrame, run: Run) -> pl.DataFrame:
    """The batch with its rights, judged by its source's card and the policy."""
    source = frame["source"].struct.field("id").first()
    return rights.admit(frame, run.card(str(source)), run.policy, run.as_of)

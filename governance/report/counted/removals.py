"""What was held back, by rule: how many, what was measured, and against which limit."""

from typing import Any

import polars as pl

from governance.report.page import Facts, Material
from schemas.decision import RELEASED, STAGES


def facts(material: Material) -> Facts:
    """The rules that held documents back, in the order of the job, the busiest first."""
    limits = material.release.run.get("limits") or []
    table = material.tables["decisions"].filter(pl.col("outcome") != RELEASED)
    rows = [
        {**row, "stage_place": _place(row["stage"]), "sources": _sources(row, limits)}
        for row in _by_rule(table).iter_rows(named=True)
    ]
    rows.sort(key=lambda row: (row["stage_place"], -row["documents"], str(row["rule"])))
    return {"rules": rows, "read": material.books.counts["read"]}


def _by_rule(table: pl.DataFrame) -> pl.DataFrame:
    return table.group_by("outcome", "stage", "rule").agg(
        pl.col("documents").sum(),
        pl.col("measure_min").min(),
        (pl.col("measure_sum").sum() / pl.col("measured").sum())
        .fill_nan(None)
        .alias("measure_mean"),
        pl.col("measure_max").max(),
        pl.col("limit_min").min(),
        pl.col("limit_max").max(),
    )


def _place(stage: str | None) -> int:
    return STAGES.index(stage) if stage in STAGES else len(STAGES)


def _sources(row: dict[str, Any], limits: list[dict[str, Any]]) -> list[str]:
    """Where the limits are from that a rule held its documents against."""
    low, high = row["limit_min"], row["limit_max"]
    found = [
        str(entry.get("source"))
        for entry in limits
        if entry.get("rule") == row["rule"]
        and low is not None
        and isinstance(entry.get("limit"), int | float)
        and low <= entry["limit"] <= high
    ]
    return list(dict.fromkeys(found))

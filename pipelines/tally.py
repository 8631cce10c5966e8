"""The counts of a run, made from the rows that were written and from nothing else."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import polars as pl

from schemas.decision import QUARANTINED, RELEASED, REMOVED, STAGES

Tally = dict[str, dict[str, int]]
#: Separates the parts of a key; it cannot stand in an id, a rule or a tag.
SEPARATOR = "\t"


def tally(rows: pl.DataFrame) -> Tally:
    """Counts of some written rows: decisions by source, languages and personal data released.

    Args:
        rows: released columns.

    Returns:
        `decisions`: rows by source, outcome, stage and rule (joined by tabs);
        `languages`: released rows by tag; `privacy`: pieces of personal data masked, by
        type. No rows: empty tables.

    >>> tally(pl.DataFrame())
    {'decisions': {}, 'languages': {}, 'privacy': {}}
    """
    if rows.is_empty():
        return {"decisions": {}, "languages": {}, "privacy": {}}
    keys = pl.concat_str(
        pl.col("source").struct.field("id"),
        *(pl.col("decision").struct.field(name) for name in ("outcome", "stage", "rule")),
        separator=SEPARATOR,
    )
    released = rows.filter(pl.col("decision").struct.field("outcome") == RELEASED)
    found = rows.select(pl.col("privacy").explode().struct.unnest()).drop_nulls("type")
    return {
        "decisions": _counts(rows.select(keys.alias("key"))),
        "languages": _counts(released.select(pl.col("language").struct.field("tag").alias("key"))),
        "privacy": dict(found.group_by("type").agg(pl.col("count").sum()).sort("type").iter_rows()),
    }


def _counts(keys: pl.DataFrame) -> dict[str, int]:
    return dict(keys.drop_nulls().group_by("key").len().sort("key").iter_rows())


def merged(tallies: Iterable[Tally]) -> dict[str, Counter[str]]:
    """The sum of many tallies, whatever their order."""
    total: dict[str, Counter[str]] = {"decisions": Counter(), "languages": Counter()}
    total["privacy"] = Counter()
    for one in tallies:
        for name, counts in one.items():
            total[name].update(counts)
    return total


def books(total: dict[str, Counter[str]]) -> dict[str, Any]:
    """The counts as the run's record holds them: in and out by source and by stage.

    Returns:
        read, released, removed, quarantined; the same by source; for each stage what came
        in, what it removed or put into quarantine, and what it passed on; and the rows by
        rule, by language and by type of personal data. Everything is sorted by name.
    """
    rows = [(*key.split(SEPARATOR), count) for key, count in sorted(total["decisions"].items())]
    table = pl.DataFrame(
        rows, schema=["source", "outcome", "stage", "rule", "rows"], orient="row",
        schema_overrides={"rows": pl.Int64, "source": pl.String, "outcome": pl.String,
                          "stage": pl.String, "rule": pl.String},
    )  # fmt: skip
    named = table.with_columns(pl.concat_str("stage", "rule", separator="/").alias("by_rule"))
    return {
        **_outcomes(table),
        "by_source": {name: _outcomes(part) for (name,), part in _sorted_groups(table)},
        "by_stage": _stages(table),
        "removed_by_rule": _sums(named, REMOVED),
        "quarantined_by_rule": _sums(named, QUARANTINED),
        "languages": dict(sorted(total["languages"].items())),
        "privacy": dict(sorted(total["privacy"].items())),
        "exact_duplicates": _sums(named, REMOVED).get("duplicates/exact-duplicate", 0),
        "near_duplicates": _sums(named, REMOVED).get("duplicates/near-duplicate", 0),
        "url_duplicates": _sums(named, REMOVED).get("duplicates/url-duplicate", 0),
    }


def _sorted_groups(table: pl.DataFrame) -> Iterable[tuple[tuple[Any, ...], pl.DataFrame]]:
    return sorted(table.group_by("source"), key=lambda group: group[0])


def _outcomes(table: pl.DataFrame) -> dict[str, int]:
    sums = dict(table.group_by("outcome").agg(pl.col("rows").sum()).iter_rows())
    return {"read": int(table["rows"].sum())} | {
        name: int(sums.get(name, 0)) for name in (RELEASED, REMOVED, QUARANTINED)
    }


def _sums(named: pl.DataFrame, outcome: str) -> dict[str, int]:
    chosen = (
        named.filter(pl.col("outcome") == outcome).group_by("by_rule").agg(pl.col("rows").sum())
    )
    return dict(chosen.sort("by_rule").iter_rows())


def _stages(table: pl.DataFrame) -> list[dict[str, Any]]:
    waiting = int(table["rows"].sum())
    rows = []
    for stage in STAGES:
        part = _outcomes(table.filter(pl.col("stage") == stage))
        left = waiting - part[REMOVED] - part[QUARANTINED]
        rows.append({"stage": stage, "in": waiting, **{k: part[k] for k in (REMOVED, QUARANTINED)},
                     "out": left})  # fmt: skip
        waiting = left
    return rows

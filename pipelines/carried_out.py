"""Which decisions of stewards a run carried out, which made no difference, and which are over."""

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from governance.optouts.places import places, wildcards
from lang_models.certainty import SCORE_LIMIT, score_limits
from lang_models.changed import DEFAULT, limits_of
from lang_models.quality import RULES
from pipelines import files
from pipelines.decided import HOST, ON_SOURCES, SOURCE
from pipelines.run import Run
from schemas.in_force import Change

APPLIED, NO_EFFECT, OVER = "applied", "no effect", "expired"
_ROWS_AT_ONCE = 20_000
_PATHS = {
    "source": "source.id", "url": "source.url", "tag": "language.tag",
    "raw_score": "language.raw_score", "rule": "decision.rule", "quality": "quality",
    "concluded": "rights.concluded",
}  # fmt: skip


def carried_out(run: Run, shards: Sequence[str]) -> list[dict[str, Any]]:
    """What became of every decision, for the run's record.

    Args:
        run: the run, its documents written.
        shards: paths of its files with documents.

    Returns:
        Each decision with `state` and `documents`: those held back by a verdict on their
        source; with the licence that was decided; or that the new limit judges otherwise than
        the old one would, whatever else was decided about them. Ordered as in the file. No
        person is named, and no comment.
    """
    counts = dict.fromkeys((one.id for one in run.decided.changes), 0)
    if counts:
        for path in shards:
            for part in _parts(files.join(run.output, path)):
                for change in run.decided.changes:
                    counts[change.id] += int(_touched(part, change, run).sum() or 0)
    told = [
        {**_as_dict(one), "documents": counts[one.id],
         "state": APPLIED if counts[one.id] or _is_only_noted(one) else NO_EFFECT}
        for one in run.decided.changes
    ]  # fmt: skip
    over = [{**_as_dict(one), "documents": 0, "state": OVER} for one in run.decided.over]
    return sorted([*told, *over], key=lambda one: (one["kind"], one["target"]))


def _as_dict(change: Change) -> dict[str, Any]:
    return change.model_dump(mode="json")


def _is_only_noted(change: Change) -> bool:
    """An approval, or a licence of media, changes no document."""
    return change.verdict == "approve" or change.scope != "text"


def _parts(path: str) -> Iterator[pl.DataFrame]:
    with files.open_input(path) as file, pq.ParquetFile(file) as shard:
        columns = list(_PATHS.values())
        for batch in shard.iter_batches(batch_size=_ROWS_AT_ONCE, columns=columns):
            table = pa.Table.from_batches([batch])
            yield pl.DataFrame(
                {name: pl.from_arrow(_leaf(table, dotted)) for name, dotted in _PATHS.items()}
            )


def _leaf(table: pa.Table, dotted: str) -> pa.ChunkedArray:
    top, *inner = dotted.split(".")
    column = table.column(top)
    return pc.struct_field(column, inner) if inner else column


def _touched(part: pl.DataFrame, change: Change, run: Run) -> pl.Series:
    """Which rows a decision made a difference to."""
    if change.kind == "source":
        _, rule = ON_SOURCES.get(change.verdict, ("", ""))
        return part.select((pl.col("source") == change.target) & (pl.col("rule") == rule))[
            "source"
        ].fill_null(value=False)
    if change.kind == "licence":
        return _is_of(part, change.target) & (part["concluded"] == str(change.value))
    return moved(part, change.target, run)


def _is_of(part: pl.DataFrame, target: str) -> pl.Series:
    if target.startswith(SOURCE):
        return part["source"] == target.removeprefix(SOURCE)
    return under(part["url"], target.removeprefix(HOST))


def under(urls: pl.Series, host: str) -> pl.Series:
    """True for addresses of a host, or of a host below it."""
    hosts = places(urls)["host"]
    below = [
        one
        for one in hosts.drop_nulls().unique().to_list()
        if host in {name.removeprefix("*.") for name in wildcards(one)}
    ]
    return hosts.is_in(below).fill_null(value=False)


def moved(part: pl.DataFrame, target: str, run: Run) -> pl.Series:
    """Rows that the limit as it was decided judges otherwise than the one in its place before."""
    tag, key = target.split(":")
    now = run.decided.limits
    before = {
        name: {one: limit for one, limit in limits.items() if (name, one) != (tag, key)}
        for name, limits in now.items()
    }
    tags = part["tag"]
    chosen = tags.is_not_null() if tag == DEFAULT else tags == tag
    if key == SCORE_LIMIT:
        limits = (score_limits(tags, run.identifier.card, run.aim, one) for one in (now, before))
        new, old = (part["raw_score"] < limit for limit in limits)
    else:
        new, old = (_breaks(part, key, one) for one in (now, before))
    return (chosen & (new.fill_null(value=False) != old.fill_null(value=False))).fill_null(
        value=False
    )


def _breaks(part: pl.DataFrame, key: str, changed: Any) -> pl.Series:  # noqa: ANN401  # Changed
    """Rows that break the one rule of a limit, by 32 bits as everywhere."""
    rule = next(rule for rule in RULES if rule.limit == key)
    tags = part["tag"].unique().to_list()
    table = {tag: limits_of(tag, changed)[key].value for tag in tags}
    limit = part["tag"].replace_strict(table, return_dtype=pl.Float32)
    measure = part["quality"].struct.field(rule.measure)
    column, least = rule.applies
    applies = part["quality"].struct.field(column) >= least
    return (measure < limit if rule.side == "min" else measure > limit) & applies

"""`review.json`: every number of the report by its name, with its unit and what it counts."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from governance.release_folder import Release
from governance.report.blocks import (
    Block,
    Chart,
    Column,
    Estimate,
    Figures,
    Grid,
    Note,
    Number,
    Prose,
    Table,
    WhatIf,
)

NAME = "review.json"
SCHEMA = "endonym.review/1"
Metrics = dict[str, dict[str, Any]]


def metrics_of(pages: Mapping[str, Sequence[Block]]) -> Metrics:
    """Every number of the pages: unit, meaning, and value or values by row.

    Args:
        pages: blocks by page id.

    Raises:
        ValueError: one name stands for two numbers; a mistake in a page.
    """
    found: Metrics = {}
    for page, blocks in pages.items():
        for block in blocks:
            for name, record in _of_block(page, block):
                if found.setdefault(name, record) != record:
                    raise ValueError(f"{name} names two different numbers")
    return found


def _of_block(page: str, block: Block) -> Iterable[tuple[str, dict[str, Any]]]:
    if isinstance(block, Prose | Note | WhatIf):
        yield from (_of_number(page, number) for number in block.numbers)
    elif isinstance(block, Figures):
        yield from (_of_number(page, number) for _, number in block.numbers)
    elif isinstance(block, Table):
        yield from _of_table(page, block)
    elif isinstance(block, Chart):
        yield from _of_table(page, block.table)
    elif isinstance(block, Grid):
        for chart in block.charts:
            yield from _of_table(page, chart.table)


def _of_number(page: str, number: Number) -> tuple[str, dict[str, Any]]:
    told = {"unit": number.unit, "means": number.means, "value": plain(number.value)}
    return f"{page}.{number.id}", told


def _of_table(page: str, table: Table) -> Iterable[tuple[str, dict[str, Any]]]:
    rows = [*table.rows, *([table.total] if table.total else [])]
    for column in table.columns:
        if column.unit:
            values = {row.key: plain(row.cells.get(column.key)) for row in rows}
            yield (
                name_of(page, table, column),
                {"unit": column.unit, "means": column.means, "values": values},
            )


def name_of(page: str, table: Table, column: Column) -> str:
    """The name of a column's numbers; `:` and the key of the row follow it on the page."""
    return f"{page}.{table.id}.{column.key}"


def plain(value: Any) -> Any:  # noqa: ANN401  # a cell
    """A value as JSON holds it; a rounded number, so that the same release gives the same bytes."""
    if isinstance(value, Estimate):
        share = value.part / value.whole if value.whole else None
        return {
            "value": share if share is None else round(share, 6), "part": value.part,
            "whole": value.whole, "low": round(value.low, 6), "high": round(value.high, 6),
        }  # fmt: skip
    return round(value, 6) if isinstance(value, float) else value


def record_of(
    release: Release, pages: Mapping[str, Sequence[Block]], desk: Mapping[str, Any]
) -> dict[str, Any]:
    """What `review.json` holds: the release, the verdict with its reasons, and every number.

    Args:
        release: the open release.
        pages: blocks by page id.
        desk: the facts of the first page.
    """
    return {
        "schema": SCHEMA,
        "release": str(release.run.get("name")),
        "version": str(release.run.get("version")),
        "manifest_root": release.manifest_root,
        "verdict": {"may_be_released": desk["may_be_released"], "reasons": desk["reasons"]},
        "metrics": metrics_of(pages),
    }


def as_bytes(record: Mapping[str, Any]) -> bytes:
    """The JSON as it is written: sorted, one metric a line at most."""
    metrics = record["metrics"]
    lines = [f"  {_dump(name)}: {_dump(metrics[name])}" for name in sorted(metrics)]
    rest = {name: value for name, value in sorted(record.items()) if name != "metrics"}
    head = "".join(f" {_dump(name)}: {_dump(value)},\n" for name, value in rest.items())
    body = ",\n".join(lines)
    return f'{{\n{head} "metrics": {{\n{body}\n }}\n}}\n'.encode()


def _dump(value: Any) -> str:  # noqa: ANN401  # whatever JSON can hold
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(twin: bytes) -> str:
    """The digest that decisions name: sha256 of the bytes of `review.json`."""
    return hashlib.sha256(twin).hexdigest()


def digest(release: Path) -> str | None:
    """The digest of the report that lies in a release, or None when there is none.

    Args:
        release: the release folder.
    """
    path = release / "report" / NAME
    return digest_of(path.read_bytes()) if path.is_file() else None

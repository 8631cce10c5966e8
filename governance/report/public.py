"""The public edition: the same blocks without passages, controls and numbers that are too small.

A count below ten can point at a person. Where a row holds one, all its counts are hidden, for the
others would give it away; where a single row is hidden, a second one is, for the sum would. What is
drawn from hidden numbers is left out with them.

Source: usual practice of official statistics, threshold 10 and complementary suppression
(governance notes §6.3, 2026-11).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from governance.report.blocks import (
    COUNTED,
    Block,
    Chart,
    Column,
    Figures,
    Grid,
    Note,
    Number,
    Prose,
    Row,
    Table,
)
from governance.report.small_cells import SMALL, SMALLEST_SHOWN, WITHHELD


def published(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a page as they may be shown outside."""
    return [_published(block) for block in blocks if block.is_public]


def _published(block: Block) -> Block:
    if isinstance(block, Table):
        return _table(block)[0]
    if isinstance(block, Chart):
        table, is_whole = _table(block.table)
        return replace(block, table=table) if is_whole else replace(table, folded="")
    if isinstance(block, Grid):
        return replace(block, charts=[one for one in block.charts if _table(one.table)[1]])
    if isinstance(block, Prose | Note):
        return replace(block, numbers=_numbers(block.numbers))
    if isinstance(block, Figures):
        hidden = _numbers([number for _, number in block.numbers])
        names = [name for name, _ in block.numbers]
        return replace(block, numbers=list(zip(names, hidden, strict=True)))
    return block


def is_small(value: Any, unit: str) -> bool:  # noqa: ANN401  # a cell
    """True for a count from 1 to 9."""
    return unit in COUNTED and type(value) is int and 0 < value < SMALLEST_SHOWN


def _numbers(numbers: Sequence[Number]) -> list[Number]:
    """Small ones hidden; of those with the same unit a second one, if only one would be."""
    hidden = {one.id for one in numbers if is_small(one.value, one.unit)}
    for unit in {one.unit for one in numbers if one.id in hidden}:
        same = [one for one in numbers if one.unit == unit and type(one.value) is int]
        if sum(one.id in hidden for one in same) == 1:
            others = [one for one in same if one.id not in hidden and one.value]
            hidden |= {min(others, key=_value).id} if others else set()
    return [replace(one, value=_words(one.value)) if one.id in hidden else one for one in numbers]


def _value(number: Number) -> tuple[int, str]:
    return (number.value, number.id) if isinstance(number.value, int) else (0, number.id)


def _words(value: Any) -> Any:  # noqa: ANN401  # a cell
    if type(value) is not int or value == 0:
        return value
    return SMALL if value < SMALLEST_SHOWN else WITHHELD


def _table(table: Table) -> tuple[Table, bool]:
    """The table as it may be shown, and whether nothing had to be hidden."""
    columns = [column for column in table.columns if column.kind != "control"]
    counted = [column for column in columns if column.unit in COUNTED]
    hidden = {row.key for row in table.rows if _has_small(row, counted)}
    if len(hidden) == 1:
        others = [row for row in table.rows if row.key not in hidden and _sum(row, counted)]
        hidden |= (
            {min(others, key=lambda row: (_sum(row, counted), row.key)).key} if others else set()
        )
    rows = [_hidden(row, columns) if row.key in hidden else row for row in table.rows]
    total = table.total
    if total and _has_small(total, counted):
        total = _hidden(total, columns)
    return replace(table, columns=columns, rows=rows, total=total), not hidden


def _has_small(row: Row, counted: Sequence[Column]) -> bool:
    return any(is_small(row.cells.get(column.key), column.unit) for column in counted)


def _sum(row: Row, counted: Sequence[Column]) -> int:
    values = [row.cells.get(column.key) for column in counted]
    return sum(value for value in values if type(value) is int)


def _hidden(row: Row, columns: Sequence[Column]) -> Row:
    cells = dict(row.cells)
    for column in columns:
        value = cells.get(column.key)
        if column.unit in COUNTED:
            cells[column.key] = _words(value)
        elif column.unit and value is not None:
            cells[column.key] = WITHHELD
        elif isinstance(value, Markup) and "<svg" in value:
            cells[column.key] = ""
    return replace(row, cells=cells)

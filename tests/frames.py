"""Small batches of documents with every released column, for tests."""

import polars as pl

from schemas.corpus import COLUMNS, empty
from schemas.decision import UNDECIDED


def frame(*rows: dict, **same) -> pl.DataFrame:
    """Documents with the given values; `source__id="radio"` sets a field of a struct.

    Whatever is not named is null; decisions are open unless one is named.
    """
    made = empty().clear(len(rows))
    for name, (kind, _) in COLUMNS.items():
        values = [_value(name, kind, {**same, **row}) for row in rows]
        made = made.with_columns(pl.Series(name, values, dtype=kind))
    is_open = not any(key.startswith("decision") for row in (*rows, same) for key in row)
    return made.with_columns(UNDECIDED) if is_open else made


def _value(name, kind, given):
    if name in given:
        return given[name]
    fields = {
        key.removeprefix(f"{name}__"): value
        for key, value in given.items()
        if key.startswith(f"{name}__")
    }
    if not fields or not isinstance(kind, pl.Struct):
        return None
    return {field.name: fields.get(field.name) for field in kind.fields}

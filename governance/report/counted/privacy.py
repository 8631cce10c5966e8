"""Personal data that was masked, by type and by source. Small counts are hidden."""

from typing import Any

import polars as pl

from governance.report.page import Facts, Material
from governance.report.small_cells import Cell, hide_count, hide_small

_NO_NAMES = "Names of persons and places are not looked for and stay in the text."


def facts(material: Material) -> Facts:
    """Values and documents by type, and documents per 1,000 by source and type."""
    table = (
        material.tables["privacy"]
        .group_by("source", "type")
        .agg(pl.col("documents").sum(), pl.col("values").sum())
    )
    read = {name: row["read"] for name, row in material.books.counts["by_source"].items()}
    types = table["type"].unique().sort().to_list()
    sources = sorted(read)
    held = {(source, kind): count for source, kind, count in _cells(table, "documents")}
    values = table.group_by("type").agg(pl.col("values").sum())
    columns = {
        kind: hide_small([held.get((source, kind), 0) for source in sources]) for kind in types
    }
    return {
        "types": [
            {
                "type": kind,
                "documents": columns[kind][-1],
                "masked": _beside(columns[kind][-1], count),
            }
            for kind, count in values.sort("type").iter_rows()
        ],
        "sources": [
            {
                "id": source,
                "read": read[source],
                "documents": {kind: columns[kind][place] for kind in types},
                "per_1000": {kind: _rate(columns[kind][place], read[source]) for kind in types},
            }
            for place, source in enumerate(sources)
        ],
        "type_names": types,
        "treatments": material.release.run.get("privacy", {}).get("used", ["placeholder"]),
        "names": names_statement(material.release.run),
    }


def names_statement(run: dict[str, Any]) -> dict[str, Any]:
    """Whether names were masked and the sentence about it, from the record of the run.

    A record that says nothing of names is of a run that did not look for them.
    """
    told = run.get("privacy", {}).get("names", {})
    return {"masked": bool(told.get("masked")), "statement": told.get("statement", _NO_NAMES)}


def _cells(table: pl.DataFrame, number: str) -> list[tuple[str, str, int]]:
    return list(table.select("source", "type", number).iter_rows())


def _beside(documents: Cell, values: int) -> Cell:
    """The number of values, hidden wherever that of documents is."""
    return hide_count(values) if isinstance(documents, int) else documents


def _rate(documents: Cell, read: int) -> float | str:
    return round(1000 * documents / read, 1) if isinstance(documents, int) else documents

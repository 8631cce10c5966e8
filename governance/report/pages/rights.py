"""Under which licence each source is held, and why it may be."""

import re
from typing import Any

import polars as pl

from governance.release_folder import FOLDERS
from governance.report.page import Facts, Material, Page

#: What may be shown of a licence that a record declares; anything else is its own words.
_EXPRESSION = re.compile(r"[A-Za-z0-9.+()-]+(?: [A-Za-z0-9.+()-]+){0,8}")


def facts(material: Material) -> Facts:
    """Cards with custodian and jurisdiction, and documents by licence and source."""
    counts = material.books.counts["by_source"]
    return {
        "sources": [
            _card(card, counts.get(card.get("id"), {}))
            for card in material.release.run.get("sources", [])
        ],
        "licences": _licences(material.tables["rights"]),
    }


def _card(card: dict[str, Any], counts: dict[str, int]) -> dict[str, Any]:
    custodian = card.get("custodian")
    licence = card.get("licence") or {}
    return {
        "id": card.get("id"),
        "title": card.get("title"),
        "custodian": custodian.get("name") if isinstance(custodian, dict) else custodian,
        "jurisdiction": card.get("jurisdiction"),
        "basis": card.get("rights_basis"),
        "declared": licence.get("declared"),
        "concluded": licence.get("concluded"),
        "expires": card.get("expires"),
        "read": counts.get("read", 0),
        "released": counts.get("released", 0),
    }


def _licences(table: pl.DataFrame) -> list[dict[str, Any]]:
    shown = [
        pl.col(name).map_elements(_shown, return_dtype=pl.String, skip_nulls=False)
        for name in ("declared", "concluded")
    ]
    outcome = pl.col("folder").replace_strict(FOLDERS, return_dtype=pl.String).alias("outcome")
    named = table.with_columns(*shown, outcome)
    keys = ("source", "declared", "concluded", "basis")
    sums = [
        pl.col("documents").filter(pl.col("outcome") == outcome).sum().alias(outcome)
        for outcome in FOLDERS.values()
    ]
    return named.group_by(keys).agg(sums).sort(keys, nulls_last=True).to_dicts()


def _shown(licence: str | None) -> str:
    if not licence:
        return "none"
    return licence if _EXPRESSION.fullmatch(licence) else "in words of its own"


PAGE = Page("rights", "Licences and rights", facts)

"""Under which licence each source is held, and why it may be."""

import re
from typing import Any

import polars as pl

from governance.duties import duties
from governance.release_folder import FOLDERS
from governance.report.page import Facts, Material
from schemas.opt_outs import EVIDENCE_FILE

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
        "licences": [
            {**row, "duties": _duties(row["concluded"], material.release.run)}
            for row in _licences(material.tables["rights"])
        ],
        "opt_outs": _opt_outs(material),
    }


def _duties(concluded: str, run: dict[str, Any]) -> str | None:
    """What the licence asks, of the best branch that the policy allows."""
    policy = run.get("policy") or {}
    own = frozenset(policy.get("licence_refs", ()))
    owed = duties(concluded, list(policy.get("allowed_licences", ())), own)
    if owed is None:
        return None
    unread = tuple(f"{name}: to be read" for name in owed.unknown)
    return ", ".join((*owed.duties, *unread)) or "none"


def _opt_outs(material: Material) -> list[dict[str, Any]]:
    """Answers by protocol and value: hosts and documents; none without any crawl."""
    path = material.release.folder / EVIDENCE_FILE
    if not path.is_file():
        return []
    keys = ["protocol", "value"]
    table = pl.read_parquet(path, columns=[*keys, "host", "documents"], hive_partitioning=False)
    counted = table.group_by(keys).agg(pl.col("host").n_unique().alias("hosts"),
                                       pl.col("documents").sum())  # fmt: skip
    return counted.sort(keys, nulls_last=True).to_dicts()


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

"""Whether the text of each language is like the text that its limits were measured on."""

from collections import defaultdict
from typing import Any

from governance.drift import Drift, drifts
from governance.report.page import Facts, Material
from governance.tongues import tongue


def facts(material: Material) -> Facts:
    """Every measure of every language that has a reference, the languages that drift first."""
    by_tag: dict[str, list[Drift]] = defaultdict(list)
    for one in drifts(material.release):
        by_tag[one.tag].append(one)
    stated = material.release.run.get("reference") or {}
    languages = [_language(tag, ones) for tag, ones in by_tag.items()]
    languages.sort(key=lambda row: (-len(row["far"]), -row["documents"], row["tag"]))
    return {
        "languages": languages,
        "quantiles": stated.get("quantiles") or [],
        "sources": stated.get("source") or {},
        "drifted": sum(1 for row in languages if row["far"]),
    }


def _language(tag: str, ones: list[Drift]) -> dict[str, Any]:
    rows = [_row(one) for one in sorted(ones, key=lambda one: (-one.distance, one.measure))]
    return {
        "tag": tag,
        "name": tongue(tag).name,
        "documents": max(one.documents for one in ones),
        "far": [row for row in rows if row["is_too_far"]],
        "nearest_to_limit": max(rows, key=lambda row: row["surplus"] - row["limit"]),
        "measures": rows,
    }


def _row(one: Drift) -> dict[str, Any]:
    middle = len(one.at) // 2
    return {
        "measure": one.measure,
        "documents": one.documents,
        "distance": one.distance,
        "surplus": one.surplus,
        "limit": one.limit,
        "is_too_far": one.is_too_far,
        "direction": one.direction,
        "reference_middle": one.at[middle],
        "share_up_to_it": one.below[middle],
        "at": list(one.at),
        "below": list(one.below),
    }

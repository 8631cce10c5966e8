"""Which languages there are, how sure the model was of each, and where it could not tell."""

from collections import defaultdict
from dataclasses import asdict
from typing import Any

import polars as pl

from governance.release_folder import FOLDERS
from governance.report.page import Facts, Material
from governance.tally import BARS
from governance.tongues import script_name, tongue

#: Pairs of languages that are shown of those over which two models disagree.
_PAIRS = 20


def facts(material: Material) -> Facts:
    """Documents by language, kept or not, with a histogram of the scores of those kept."""
    counted: dict[Any, dict[str, Any]] = defaultdict(_blank)
    rows = material.tables["languages"].select("folder", "tag", "bar", "documents")
    for folder, tag, bar, documents in rows.iter_rows():
        row = counted[tag]
        row[FOLDERS[folder]] += documents
        if folder == "documents" and bar is not None:
            row["scores"][bar] += documents
    doubts = material.tables["doubts"]
    for tag, documents in _mixed(doubts).iter_rows():
        counted[tag]["mixed"] = documents
    unnamed = counted.pop(None, None)
    named = sorted(counted.items(), key=lambda item: (-item[1]["released"], str(item[0])))
    return {
        "bars": BARS,
        "languages": [{**asdict(tongue(tag)), "tag": tag, **row} for tag, row in named],
        "without": {} if unnamed is None else {key: unnamed[key] for key in FOLDERS.values()},
        "scripts": _scripts(named),
        "undetermined": _reasons(doubts),
        "second_model": _second_model(doubts),
        "unexpected": _unexpected(material),
    }


def _mixed(doubts: pl.DataFrame) -> pl.DataFrame:
    """Tag, and how many of the documents released in it are in two languages."""
    mixed = doubts.filter(pl.col("mixed"), pl.col("folder") == "documents")
    return mixed.group_by("tag").agg(pl.col("documents").sum())


def _reasons(doubts: pl.DataFrame) -> list[dict[str, Any]]:
    """Why no language could be told, the commonest reason first."""
    told = doubts.drop_nulls("undetermined").group_by("undetermined")
    rows = told.agg(pl.col("documents").sum()).sort(-pl.col("documents"), "undetermined")
    return rows.rename({"undetermined": "reason"}).to_dicts()


def _second_model(doubts: pl.DataFrame) -> dict[str, Any]:
    """How often a second model agreed, and the pairs of languages over which it did not."""
    counts = {
        name: int(doubts.filter(which)["documents"].sum())
        for name, which in (("agrees", pl.col("agrees")), ("disagrees", ~pl.col("agrees")))
    }
    pairs = doubts.drop_nulls("other_tag").group_by("tag", "other_tag")
    rows = pairs.agg(pl.col("documents").sum()).sort(-pl.col("documents"), "tag", "other_tag")
    return {
        **counts,
        "pairs": [
            {**row, "name": tongue(row["tag"]).name, "other_name": tongue(row["other_tag"]).name}
            for row in rows.head(_PAIRS).to_dicts()
        ],
    }


def _unexpected(material: Material) -> list[dict[str, Any]]:
    """Documents released in a language that their source's card does not name, by source."""
    cards = material.release.run.get("sources") or []
    expected = {card["id"]: card.get("expected_languages") or [] for card in cards}
    spoken = material.tables["spoken"].filter(pl.col("folder") == "documents")
    rows = spoken.sort("source", -pl.col("documents"), "tag").drop_nulls("tag").to_dicts()
    return [
        {
            "source": row["source"],
            "tag": row["tag"],
            "name": tongue(row["tag"]).name,
            "documents": row["documents"],
        }
        for row in rows
        if expected.get(row["source"]) and row["tag"] not in expected[row["source"]]
    ]


def _blank() -> dict[str, Any]:
    return dict.fromkeys(FOLDERS.values(), 0) | {"mixed": 0, "scores": [0] * BARS}


def _scripts(named: list[tuple[Any, dict[str, Any]]]) -> list[dict[str, Any]]:
    scripts: dict[str, list[int]] = defaultdict(list)
    for tag, row in named:
        if row["released"]:
            scripts[tongue(tag).script].append(row["released"])
    rows = [
        {
            "script": script,
            "name": script_name(script),
            "languages": len(documents),
            "documents": sum(documents),
        }
        for script, documents in scripts.items()
    ]
    return sorted(rows, key=lambda row: (-row["documents"], row["script"]))

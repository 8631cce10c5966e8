"""Which languages there are, and how sure the model was of each."""

from collections import defaultdict
from dataclasses import asdict
from typing import Any

from governance.release_folder import FOLDERS
from governance.report.page import Facts, Material, Page
from governance.tally import BARS
from governance.tongues import script_name, tongue


def facts(material: Material) -> Facts:
    """Documents by language, kept or not, with a histogram of the scores of those kept."""
    counted: dict[Any, dict[str, Any]] = defaultdict(_blank)
    rows = material.tables["languages"].select("folder", "tag", "bar", "documents")
    for folder, tag, bar, documents in rows.iter_rows():
        row = counted[tag]
        row[FOLDERS[folder]] += documents
        if folder == "documents" and bar is not None:
            row["scores"][bar] += documents
    unnamed = counted.pop(None, None)
    named = sorted(counted.items(), key=lambda item: (-item[1]["released"], str(item[0])))
    return {
        "bars": BARS,
        "languages": [{**asdict(tongue(tag)), "tag": tag, **row} for tag, row in named],
        "without": {} if unnamed is None else {key: unnamed[key] for key in FOLDERS.values()},
        "scripts": _scripts(named),
    }


def _blank() -> dict[str, Any]:
    return dict.fromkeys(FOLDERS.values(), 0) | {"scores": [0] * BARS}


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


PAGE = Page("languages", "Languages", facts)

"""Writes the JSON Schemas of the files that people write, for editors; or checks for drift.

usage: python -m schemas.generate [--check]
"""

import json
import sys
from pathlib import Path

from pydantic import BaseModel

from schemas.corpus import COLUMNS, FIELD_NOTES, SCHEMA_VERSION, released_schema
from schemas.decisions import DecisionFile
from schemas.policy import Policy
from schemas.reading import LabelFile
from schemas.settings import RunSettings
from schemas.source import SourceCard

FOLDER = Path(__file__).parent / "json"
MODELS: dict[str, type[BaseModel]] = {
    "run": RunSettings, "source": SourceCard, "policy": Policy, "decisions": DecisionFile,
    "reading-labels": LabelFile,
}  # fmt: skip


def contents() -> dict[str, str]:
    """File name and content of every generated schema."""
    pages = {
        f"{name}.schema.json": model.model_json_schema(by_alias=True)
        for name, model in MODELS.items()
    }
    pages["corpus.json"] = _corpus()
    return {
        name: json.dumps(page, indent=2, ensure_ascii=False) + "\n" for name, page in pages.items()
    }


def _corpus() -> dict[str, object]:
    schema = released_schema()
    columns = [
        {"name": name, "type": str(schema.field(name).type), "description": text}
        | ({"fields": FIELD_NOTES[name]} if name in FIELD_NOTES else {})
        for name, (_, text) in COLUMNS.items()
    ]
    return {"schema_version": SCHEMA_VERSION, "columns": columns}


def main(arguments: list[str]) -> int:
    """Writes the files, or with --check tells which of them differ."""
    if "--check" not in arguments:
        FOLDER.mkdir(exist_ok=True)
        for name, text in contents().items():
            (FOLDER / name).write_text(text, encoding="utf-8")
        return 0
    stale = [
        name
        for name, text in contents().items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]
    if stale:
        sys.stderr.write(f"schemas/json: {', '.join(stale)} is out of date; run `make docs`\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

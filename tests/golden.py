"""Golden cases: JSON lines in `tests/cases/<topic>/`, each with a label and a comment."""

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "cases"


def rows(path: str) -> list[dict[str, Any]]:
    """The cases of one file, as `normalise/repairs.jsonl`."""
    lines = (FOLDER / path).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def cases(path: str) -> list[Any]:
    """The same as parameters of a test; `"expect": "fail"` is a strict expected failure."""
    return [
        pytest.param(row, id=f"{row['label']}-{place}", marks=_marks(row))
        for place, row in enumerate(rows(path))
    ]


def _marks(row: dict[str, Any]) -> list[pytest.MarkDecorator]:
    is_failing = row.get("expect") == "fail"
    return [pytest.mark.xfail(reason=row["comment"], strict=True)] if is_failing else []

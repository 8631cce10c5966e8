"""Evaluation sets in two dozen scripts, and runs that name them."""

import json
from pathlib import Path
from typing import Any

import yaml

from tests import runs
from tests.articles import HINTS, articles

EMAIL = "amina.otieno@example.org"
LETTER = f"Tuma barua kwa {EMAIL} kabla ya saa nane mchana leo"


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> None:
    """Rows as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def items() -> list[dict[str, Any]]:
    """One article of every script, and one short item with personal data in it."""
    found = [{"question": articles()[hint][0], "answer": "A"} for hint in HINTS]
    return [*found, {"question": LETTER, "answer": ""}]


def asked(**changes: Any) -> dict[str, Any]:
    """The set as a run file names it."""
    return {
        "id": "exam", "paths": ["exam/*.jsonl"], "fields": ["question", "answer"], **changes
    }  # fmt: skip


def make(
    folder: Path,
    sets: list[dict[str, Any]],
    policy: dict[str, Any] | None = None,
    **settings: Any,
) -> Path:
    """A run file over one small source, with evaluation sets."""
    run = runs.make_run(folder, ("notes",), decontaminate=sets, **settings)
    write_jsonl(folder / "exam" / "one.jsonl", items())
    if policy:
        path = folder / "policy.yaml"
        told = yaml.safe_load(path.read_text(encoding="utf-8")) | policy
        path.write_text(yaml.safe_dump(told), encoding="utf-8")
    return run

"""Reads the planting plan: which invented value goes into which real text, and where."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "plants"
#: Every plan file, with its parts.
PLANS = (
    ("notes", None), ("money", None), ("regions", "india"), ("regions", "east-africa"),
    ("web", "pages"), ("web", "web"), ("web", "wet"), ("files", "legacy"), ("files", "broken"),
    ("files", "expired"), ("files", "restricted"), ("files", "unlicensed"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plant:
    """One invented value, the sentence around it ({} is the value), and its place."""

    type: str
    value: str
    sentence: str
    place: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One document to be made: a real text (`carrier`) and what is planted in it."""

    doc: str
    carrier: str
    script: str
    plants: tuple[Plant, ...]
    extra: dict[str, Any]


def read_plan(name: str, part: str | None = None) -> list[Planned]:
    """The documents of one plan file, or of one part of it, in the file's order."""
    entries = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [_planned(dict(entry)) for entry in (entries if part is None else entries[part])]


def every_plan() -> list[Planned]:
    """The documents of all plans."""
    return [planned for name, part in PLANS for planned in read_plan(name, part)]


def _planned(entry: dict[str, Any]) -> Planned:
    carrier = entry.pop("from")
    script = entry.pop("script", carrier.split("_")[1])
    plants = tuple(
        Plant(kind, value, sentence, rest[0] if rest else "after")
        for kind, value, sentence, *rest in entry.pop("put")
    )
    return Planned(entry.pop("doc"), carrier, script, plants, entry)

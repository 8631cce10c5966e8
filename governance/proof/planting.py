"""Invented values planted into real text, with the list of where each stands.

A value stands after a cue word of the document's language where the lists have one, on a line
of its own or inside one, in the digits of the document's script in half of the cases. The
planted lines are an evaluation set (`spans`); the list is for `pii scan --canaries`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import orjson
import polars as pl

from governance.pii.national_ids import entries_of
from governance.pii.territories import territories
from governance.proof.made_up import FRAMES, GENERATORS, NATIVE, NOT_PLANTED, number_of
from governance.proof.writing import UNKNOWN, in_digits, script_of
from schemas.errors import InputError

_FEWEST_CHARS = 9
_CUES = Path(__file__).parents[1] / "pii" / "cues"
#: Until the list of types and documents is given up as too short for so many values.
_ROUNDS = 60


@dataclass(frozen=True)
class Canary:
    """A planted value and where it stands."""

    value: str
    type: str
    script: str
    document: str


def plant(
    documents: list[dict[str, Any]], count: int, seed: int, country: str | None = None
) -> tuple[list[dict[str, Any]], list[Canary]]:
    """Plants values into documents, evenly over types and scripts.

    Args:
        documents: rows with `text` and `id`, and `lang` or `country` where they are known.
        count: values to plant.
        seed: the same seed and documents give the same values.
        country: of all documents, where their rows do not say it.

    Returns:
        The rows, with `spans`; and the list. Values are all different.

    Raises:
        InputError: there is no text to plant into.
    """
    texts = pl.Series([row["text"] for row in documents], dtype=pl.String)
    scripts = script_of(texts).to_list()
    chance = Random(seed)  # noqa: S311  # drawn again by seed, not secret
    turns = _turns(scripts, count, chance)
    taken: set[str] = set()
    planted: dict[int, list[tuple[str, str, str]]] = {}
    kinds = [kind for kind in GENERATORS if kind not in NOT_PLANTED]
    made, attempt = 0, 0
    for at in turns:
        if made == count:
            break
        attempt += 1
        row = documents[at]
        kind = kinds[attempt % len(kinds)]
        found = _value(kind, row, scripts[at], country, chance)
        if found is None or found[1] in taken:
            continue
        taken.add(found[1])
        planted.setdefault(at, []).append((*found, kind))
        made += 1
    return _written(documents, scripts, planted, chance)


def _turns(scripts: list[str], count: int, chance: Random) -> Iterator[int]:
    """Documents in turn, one of each script after the other, so that rare ones are there."""
    by_script: dict[str, list[int]] = {}
    for at, script in enumerate(scripts):
        if script != UNKNOWN:
            by_script.setdefault(script, []).append(at)
    if not by_script:
        raise InputError("there is no text with letters to plant into")
    for _ in range(_ROUNDS * count):
        for script in sorted(by_script):
            yield chance.choice(by_script[script])


def _value(
    kind: str, row: Mapping[str, Any], script: str, country: str | None, chance: Random
) -> tuple[str, str] | None:
    """What stands before a value, and the value as it is written; None where there is none."""
    land = row.get("country") or country
    if land is None:
        likely = sorted(territories(row.get("lang"), None).likely)
        land = likely[0] if likely else None
    generate, cue_kind = GENERATORS[kind]
    cue = _cue(cue_kind, row.get("lang"), chance)
    if kind == "NATIONAL_ID":
        known = [entry for entry in entries_of(land) if entry.cues[0]]
        if not known:
            return None
        entry = chance.choice(known)
        value, cue = number_of(entry, chance), entry.cues[0]
    else:
        value = generate(land, chance)
    if value is None or len(value) < _FEWEST_CHARS:
        return None
    if kind in NATIVE and chance.random() < 0.5:  # noqa: PLR2004  # half of them
        value = in_digits(value, script)
    return cue, value


def _cue(kind: str | None, language: object, chance: Random) -> str:
    if kind is None:
        return ""
    words = _words(kind)
    code = str(language or "").replace("-", "_").split("_")[0]
    return chance.choice(words.get(code) or words.get("any") or (kind,))


@cache
def _words(kind: str) -> dict[str, tuple[str, ...]]:
    path = _CUES / f"{kind}.tsv"
    if not path.is_file():
        return {}
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {cells[0]: tuple(word for word in cells[1].split("|") if word[0].isalpha()) or ("no",)
            for cells in lines}  # fmt: skip


def _written(
    documents: list[dict[str, Any]],
    scripts: list[str],
    planted: dict[int, list[tuple[str, str, str]]],
    chance: Random,
) -> tuple[list[dict[str, Any]], list[Canary]]:
    rows: list[dict[str, Any]] = []
    canaries: list[Canary] = []
    for at, row in enumerate(documents):
        text, spans = _with_values(str(row["text"]), planted.get(at, []), chance)
        rows.append({**row, "text": text, "spans": spans})
        canaries += [
            Canary(value, kind, scripts[at], str(row["id"]))
            for _, value, kind in planted.get(at, [])
        ]
    return rows, canaries


def _with_values(
    text: str, values: list[tuple[str, str, str]], chance: Random
) -> tuple[str, list[tuple[int, int, str]]]:
    """The text with each value after the end of some line, and where they stand now."""
    lines = text.split("\n")
    after: dict[int, list[tuple[str, str, str]]] = {}
    for one in values:
        after.setdefault(chance.randrange(len(lines)), []).append(one)
    pieces: list[str] = []
    spans: list[tuple[int, int, str]] = []
    size = 0
    for number, line in enumerate(lines):
        out = line
        for cue, value, kind in after.get(number, ()):
            joint = "\n" if chance.random() < 0.5 else " "  # noqa: PLR2004  # half of them
            before, behind = FRAMES.get(kind, ("", ""))
            out += f"{joint}{f'{cue}: ' if cue else ''}{before}"
            start = size + len(out)
            spans.append((start, start + len(value), kind))
            out += f"{value}{behind}{' ' if joint == ' ' else ''}"
        pieces.append(out)
        size += len(out) + 1
    return "\n".join(pieces), spans


def read_documents(paths: list[Path]) -> list[dict[str, Any]]:
    """The rows of JSONL files with `text`; an `id` is made where there is none.

    Raises:
        InputError: a file is missing, or a line is no JSON object with a text.
    """
    rows: list[dict[str, Any]] = []
    for path in paths:
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({type(error).__name__})") from None
        for number, line in enumerate(lines, start=1):
            if line.strip():
                rows.append(_row(line, path, number))
    return rows


def _row(line: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        row = None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InputError(f"{path}:{number}: is no JSON object with a `text`")
    row.setdefault("id", f"{path.stem}#{number}")
    if "lang" not in row and row.get("lang_hint"):
        row["lang"] = row["lang_hint"]
    return row


def write(folder: Path, rows: list[dict[str, Any]], canaries: list[Canary]) -> None:
    """`planted.jsonl` and `canaries.yaml` in a folder; the same input gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "planted.jsonl").write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    entries = (
        "- {" + ", ".join(f"{key}: {orjson.dumps(value).decode()}" for key, value in fields) + "}\n"
        for fields in (
            [(name, getattr(canary, name)) for name in Canary.__dataclass_fields__]
            for canary in canaries
        )
    )
    head = "# Invented values planted by `endonym pii plant`; none of them may be left anywhere.\n"
    (folder / "canaries.yaml").write_text(head + "".join(entries), encoding="utf-8")

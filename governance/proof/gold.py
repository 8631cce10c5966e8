"""Evaluation sets: texts with the spans that people marked, and numbers that are valid or not.

One JSON object a line. With `text`: `id`, `lang` (ISO 639), `country` (ISO 3166-1), `spans`
`[[start, end, type], …]` in code points, and, where the set has them, `hard_negatives` in the
same form: what must stay. With `value` in place of `text`: `country`, `valid` (true or false)
and `module`, the check as python-stdnum calls it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from schemas.errors import InputError
from schemas.yaml_files import read_yaml

Span = tuple[int, int, str]
_FORM = (
    'give {"id": …, "text": "…", "lang": "swh", "country": "KE", "spans": [[0, 9, "PHONE_NUMBER"]]}'
    ' or {"value": "…", "valid": true, "country": "KE"} on each line'
)


@dataclass(frozen=True)
class Line:
    """One text of a set.

    Args:
        text: as it stands in the set.
        language: ISO 639 code or tag, or None.
        country: ISO 3166-1 alpha-2, or None.
        spans: what should be found, with our types where the map has one.
        negatives: what must stay.
    """

    text: str
    language: str | None
    country: str | None
    spans: tuple[Span, ...]
    negatives: tuple[Span, ...]


@dataclass(frozen=True)
class Value:
    """One number of a set."""

    value: str
    country: str | None
    module: str | None
    is_valid: bool
    is_personal: bool


@dataclass(frozen=True)
class Gold:
    """A whole set."""

    name: str
    lines: tuple[Line, ...]
    values: tuple[Value, ...]


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The JSONL files that are named, or lie in the folders that are.

    Raises:
        InputError: something is missing, or a folder holds none.
    """
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not inside or not all(one.is_file() for one in inside):
            raise InputError(f"{path}: there is no such .jsonl file, or none in this folder")
        found += inside
    return found


def read_types(path: Path | None) -> dict[str, str | None]:
    """The map from the types of a set to ours; null: such a span counts neither way.

    Raises:
        InputError: the file is no YAML of `THEIR_TYPE: OUR_TYPE`.
    """
    if path is None:
        return {}
    found, _ = read_yaml(path)
    wrong = [key for key, value in found.items() if not isinstance(value, str | None)]
    if wrong:
        raise InputError(f"{path}: write `THEIR_TYPE: OUR_TYPE` or `: null`, not {wrong[0]}")
    return found


def read_gold(path: Path, types: Mapping[str, str | None]) -> Gold:
    r"""A set from a file; lines end in \n only, blank ones are passed over.

    Raises:
        InputError: lines that are neither form, all named by number; nothing of them is quoted.
    """
    lines: list[Line] = []
    values: list[Value] = []
    wrong: list[int] = []
    for number, raw in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            record = orjson.loads(raw)
            if "text" in record:
                lines.append(_line(record, types))
            else:
                values.append(_value(record))
        except (ValueError, TypeError, KeyError, IndexError):
            wrong.append(number)
    if wrong:
        named = ", ".join(map(str, wrong[:10])) + (" …" if len(wrong) > 10 else "")  # noqa: PLR2004
        raise InputError(f"{path}: line {named}: is no line of a set; {_FORM}")
    return Gold(path.stem, tuple(lines), tuple(values))


def _line(record: Mapping[str, Any], types: Mapping[str, str | None]) -> Line:
    text = record["text"]
    if not isinstance(text, str):
        raise TypeError
    spans = [_span(span, text) for span in record.get("spans", ())]
    named = [(start, end, types.get(kind, kind)) for start, end, kind in spans]
    return Line(
        text,
        _word(record.get("lang")),
        _word(record.get("country")),
        tuple(sorted((start, end, kind) for start, end, kind in named if kind)),
        tuple(sorted(_span(span, text) for span in record.get("hard_negatives", ()))),
    )


def _span(span: Any, text: str) -> Span:  # noqa: ANN401  # what a line holds
    start, end, kind = int(span[0]), int(span[1]), str(span[2])
    if not 0 <= start < end <= len(text):
        raise ValueError
    return start, end, kind


def _value(record: Mapping[str, Any]) -> Value:
    if not isinstance(record["value"], str) or not isinstance(record["valid"], bool):
        raise TypeError
    is_personal = record.get("personal", True)
    country, module = _word(record.get("country")), _word(record.get("module"))
    return Value(record["value"], country, module, record["valid"], bool(is_personal))


def _word(value: object) -> str | None:
    return value if isinstance(value, str) and value else None

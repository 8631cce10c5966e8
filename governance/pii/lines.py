"""`endonym pii find`: JSON lines with texts in, JSON lines with spans out."""

from collections.abc import Iterator
from itertools import count

import orjson
import polars as pl

from governance.pii.finder import search
from governance.pii.recognisers import RECOGNISERS
from schemas.errors import InputError

_BATCH_LINES = 2_000
_BATCH_BYTES = 16_000_000


def find_lines(lines: Iterator[bytes]) -> Iterator[bytes]:
    r"""For each line its id and the spans of personal data in it.

    Args:
        lines: one JSON object each: id, text, lang (ISO 639-3, or null), country
            (ISO 3166-1, or null). Blank lines are passed over.

    Yields:
        One line each, in order, with its line break:
        `{"id": …, "spans": [[start, end, type], …]}`, offsets in code points.
        Where a recogniser failed it has `"failed": true` as well.

    Raises:
        InputError: a line is not such an object; nothing of it is quoted.

    >>> list(find_lines(iter([b'{"id": 1, "text": "jo@example.org"}'])))
    [b'{"id":1,"spans":[[0,14,"EMAIL_ADDRESS"]]}\n']
    """
    batch: list[dict[str, object]] = []
    batch_bytes = 0
    for number, line in zip(count(1), lines, strict=False):
        if not line.strip():
            continue
        batch.append(_record(line, number))
        batch_bytes += len(line)
        if len(batch) == _BATCH_LINES or batch_bytes > _BATCH_BYTES:
            yield from _answers(batch)
            batch, batch_bytes = [], 0
    yield from _answers(batch)


def _record(line: bytes, number: int) -> dict[str, object]:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        record = None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise InputError(
            f"Line {number} is not a JSON object with a text:"
            ' give {"id": …, "text": "…", "lang": "swh", "country": "KE"} on each line.'
        )
    return record


def _answers(batch: list[dict[str, object]]) -> Iterator[bytes]:
    text, language, country = (
        pl.Series([_text_or_none(record.get(name)) for record in batch], dtype=pl.String)
        for name in ("text", "lang", "country")
    )
    findings = search(text, language, country, RECOGNISERS)
    spans: list[list[tuple[int, int, str]]] = [[] for _ in batch]
    for row, start, end, kind in findings.spans.iter_rows():
        spans[row].append((start, end, kind))
    failed = set(findings.failed)
    for row, record in enumerate(batch):
        answer: dict[str, object] = {"id": record.get("id"), "spans": spans[row]}
        yield orjson.dumps(answer | ({"failed": True} if row in failed else {})) + b"\n"


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None

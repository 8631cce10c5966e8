"""JSON Lines: one JSON object a line. Source: jsonlines.org; RFC 8259 for the objects."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import orjson

from pipelines.formats.encodings import UTF8, decode_as
from pipelines.formats.model import Format, Reading, Record, Split
from pipelines.formats.records.fields import as_record, named_fields
from pipelines.formats.streams.line_encoding import encoding_of
from pipelines.formats.streams.lines import Line, read_lines, split_lines

_MARK = b"\xef\xbb\xbf"


def _records(file: BinaryIO, split: Split, reading: Reading) -> Iterator[Record]:
    lines = read_lines(file, split, reading)
    declared = None if lines.encoding else reading.encoding
    encoding = encoding_of(b"", declared)[0]
    names = named_fields(reading)
    for line in lines.lines:
        if line.failure or line.data.strip():
            yield _record(line, names, encoding, lines.encoding or encoding)


def _record(line: Line, names: Mapping[str, str], encoding: str, noted: str) -> Record:
    if line.failure:
        return Record(line.offset, None, b"", failure=line.failure)
    data = line.data if line.offset else line.data.removeprefix(_MARK)
    if encoding != UTF8:
        decoded = decode_as(data, encoding)
        if decoded.text is None:
            return Record(line.offset, None, line.data, failure=decoded.failure)
        data = decoded.text.encode()
    record = Record(line.offset, None, line.data, encoding=noted)
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return _second_look(data, names, record)
    return _from_value(value, names, record, is_checked=True)


def _from_value(
    value: object, names: Mapping[str, str], record: Record, *, is_checked: bool
) -> Record:
    if not isinstance(value, dict):
        return Record(record.offset, None, record.raw, failure="json-not-object")
    return as_record(value, names, record, is_checked=is_checked)


def _second_look(data: bytes, names: Mapping[str, str], record: Record) -> Record:
    """What strict JSON refuses but others write: NaN, and halves of surrogate pairs."""
    value: Any = None
    try:
        value = json.loads(data.decode())
    except UnicodeDecodeError:
        return Record(record.offset, None, record.raw, failure="bad-utf-8")
    except (ValueError, RecursionError):
        return Record(record.offset, None, record.raw, failure="json-syntax")
    return _from_value(value, names, record, is_checked=False)


FORMAT = Format(
    name="jsonl",
    suffixes=(".jsonl", ".ndjson", ".jsonlines"),
    reader=_records,
    description="one JSON object a line; the card's fields name its keys",
    splitter=split_lines,
)

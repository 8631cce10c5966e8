"""Records of CSV and TSV: the first row names the columns, each further row is a record."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import BinaryIO

from pipelines.formats.model import WHOLE, Reading, Record, Split
from pipelines.formats.records.fields import as_record, named_fields
from pipelines.formats.streams.line_encoding import encoding_of
from pipelines.formats.streams.lines import Line, read_lines, split_lines
from pipelines.formats.streams.rows import Dialect, Row, Rows, header
from schemas.errors import InputError

_MARK = b"\xef\xbb\xbf"


def delimited_splits(
    file: BinaryIO, size_bytes: int, target_bytes: int, reading: Reading
) -> list[Split]:
    """Parts that start with a line; one part where a line end may stand in a quoted field."""
    if reading.multiline:
        return [WHOLE]
    return split_lines(file, size_bytes, target_bytes, reading)


def delimited_records(
    file: BinaryIO, split: Split, reading: Reading, dialect: Dialect
) -> Iterator[Record]:
    """The records of a part of a delimited file.

    Args:
        file: the file.
        split: the part.
        reading: as the card says.
        dialect: its delimiter holds all delimiters that may be; the right one is that which
            shows the card's column for the text.

    Raises:
        InputError: the first row has no column for the text.
    """
    lines = read_lines(file, split, reading)
    names = named_fields(reading)
    first = lines.head.split(b"\n", 1)[0]
    body = lines.lines
    if split.start == 0:
        top = next(body, None)
        if top is None:
            return
        if top.failure:
            yield from _unreadable(chain([top], body))
            return
    encoding, is_certain = encoding_of(lines.head, None if lines.encoding else reading.encoding)
    found = header(first, dialect.delimiter, names["text"], encoding)
    if found is None:
        raise InputError(
            f"the first row has no column {names['text']!r}: it must name the columns, and "
            "`fields` on the source card must name the one that holds the text"
        )
    columns, delimiter = found
    used = replace(dialect, delimiter=delimiter, encoding=encoding, is_certain=is_certain)
    for row in Rows(body, used):
        record = _record(row, columns, names)
        yield replace(record, encoding=lines.encoding) if lines.encoding else record


def _unreadable(lines: Iterator[Line]) -> Iterator[Record]:
    """A file whose first row is lost has no columns, so nothing in it can be read."""
    failed = (line for line in lines if line.failure or line.data.strip())
    for line in failed:
        yield Record(line.offset, None, line.data, failure=line.failure or "csv-no-header")


def _record(row: Row, columns: list[str], names: dict[str, str]) -> Record:
    failure = row.failure
    if not failure and len(row.fields) != len(columns):
        failure = "csv-columns"
    if failure:
        return Record(row.offset, None, row.raw, encoding=row.encoding, failure=failure)
    values = dict(zip(columns, row.fields, strict=True))
    known = Record(row.offset, None, row.raw, encoding=row.encoding)
    return as_record(values, names, known, is_checked=True)

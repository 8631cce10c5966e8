"""Rows of delimited text (CSV, TSV), each with its place.

Source: RFC 4180. Stricter than most readers in one thing: text behind a closing quote
is an error, because it mostly means that a quote was not doubled and that fields have run
into each other.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.formats.streams.line_encoding import decode_line
from pipelines.formats.streams.lines import Line


class Row(NamedTuple):
    """The fields of one row, or the reason why it could not be read."""

    offset: int
    raw: bytes
    fields: list[str]
    encoding: str = "utf-8"
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Dialect:
    """How rows are written.

    Args:
        delimiter: what stands between fields.
        encoding: of the lines, and `is_certain` as `encoding_of` says.
        limit_bytes: a longer row is a failure.
        multiline: quoted fields may hold line feeds.
        has_quotes: quotes enclose fields; otherwise they are characters like others.
    """

    delimiter: str
    limit_bytes: int
    multiline: bool
    has_quotes: bool = True
    encoding: str = "utf-8"
    is_certain: bool = True


class Rows:
    """Puts lines together to rows.

    A quote that is never closed would swallow all that follows. Then only the line
    with the quote is given up, and reading goes on with the next one.
    """

    def __init__(self, lines: Iterator[Line], dialect: Dialect) -> None:
        self._lines = lines
        self._again: deque[Line] = deque()
        self._dialect = dialect
        csv.field_size_limit(max(csv.field_size_limit(), dialect.limit_bytes))

    def __iter__(self) -> Iterator[Row]:
        """The rows; blank lines between them are left out."""
        while line := self._next():
            if line.failure:
                yield Row(line.offset, b"", [], failure=line.failure)
            elif line.data.strip(b"\r"):
                yield self._row(line)

    def _next(self) -> Line | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _row(self, first: Line) -> Row:
        row = self._parse(first.offset, first.data)
        if row.failure != "csv-quotes" or not self._dialect.multiline:
            return row
        return self._longer(row, [first])

    def _longer(self, row: Row, taken: list[Line]) -> Row:
        """Takes more lines until the open quote is closed; gives them back if it never is."""
        size = len(taken[0].data)
        while line := self._next():
            if line.failure:
                return row._replace(failure=line.failure)
            taken.append(line)
            size += len(line.data) + 1
            if size > self._dialect.limit_bytes:
                break
            if line.data.count(b'"') % 2:
                longer = self._parse(row.offset, b"\n".join(line.data for line in taken))
                if longer.failure != "csv-quotes":
                    return self._given_back(longer, taken) if longer.failure else longer
        return self._given_back(row, taken)

    def _given_back(self, row: Row, taken: list[Line]) -> Row:
        self._again.extendleft(reversed(taken[1:]))
        return row._replace(raw=taken[0].data, fields=[])

    def _parse(self, offset: int, data: bytes) -> Row:
        dialect = self._dialect
        decoded = decode_line(data, dialect.encoding, is_certain=dialect.is_certain)
        # Quotes and delimiters are ASCII, so even a row of bad bytes shows where it ends.
        text = decoded.text if decoded.text is not None else data.decode("latin-1")
        try:
            rows = list(
                csv.reader(
                    io.StringIO(text, newline="\n"),
                    delimiter=dialect.delimiter,
                    quoting=csv.QUOTE_MINIMAL if dialect.has_quotes else csv.QUOTE_NONE,
                    strict=True,
                )
            )
        except csv.Error as error:
            is_open = "unexpected end" in str(error)
            return Row(offset, data, [], failure="csv-quotes" if is_open else "csv-syntax")
        if decoded.failure or len(rows) != 1:
            return Row(offset, data, [], failure=decoded.failure or "csv-syntax")
        return Row(offset, data, rows[0], decoded.encoding)


def header(
    line: bytes, delimiters: str, column: str, encoding: str
) -> tuple[list[str], str] | None:
    """The columns of a header line and its delimiter; None if no delimiter shows the column.

    >>> header(b"id;text", ",;", "text", "utf-8")
    (['id', 'text'], ';')
    """
    bare = line.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r")
    text = decode_line(bare, encoding, is_certain=False).text or ""
    for delimiter in delimiters:
        columns = next(csv.reader([text], delimiter=delimiter), [])
        if column in columns:
            return columns, delimiter
    return None

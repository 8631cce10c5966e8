"""Plain text: a document is a file, a paragraph between blank lines, or a line."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from pipelines.formats.encodings import Decoded, decode, decode_as
from pipelines.formats.model import WHOLE, Format, Reading, Record, Split
from pipelines.formats.streams.compression import plain_pieces
from pipelines.formats.streams.content import read_content
from pipelines.formats.streams.damage import DamagedError
from pipelines.formats.streams.line_encoding import decode_line, encoding_of
from pipelines.formats.streams.lines import Line, cut_lines, line_start, read_lines, split_at


def _records(file: BinaryIO, split: Split, reading: Reading) -> Iterator[Record]:
    read = _file if reading.unit == "file" else _lines
    return read(file, split, reading)


def _file(file: BinaryIO, _split: Split, reading: Reading) -> Iterator[Record]:
    try:
        raw = read_content(file, reading)
    except DamagedError as damage:
        yield Record(0, None, b"", failure=damage.reason)
        return
    if raw:
        yield _record(0, raw, decode_as(raw, reading.encoding) if reading.encoding else decode(raw))


def _record(offset: int, raw: bytes, decoded: Decoded) -> Record:
    return Record(offset, decoded.text, raw, encoding=decoded.encoding, failure=decoded.failure)


def _lines(file: BinaryIO, split: Split, reading: Reading) -> Iterator[Record]:
    lines = read_lines(file, split, reading)
    encoding, is_certain = encoding_of(lines.head, None if lines.encoding else reading.encoding)
    units = lines.lines if reading.unit == "line" else _paragraphs(lines.lines, reading)
    for unit in units:
        if unit.failure:
            yield Record(unit.offset, None, b"", failure=unit.failure)
        elif unit.data.strip():
            data = unit.data.removesuffix(b"\r")
            data = data if unit.offset else data.removeprefix(b"\xef\xbb\xbf")
            decoded = decode_line(data, encoding, is_certain=is_certain)
            record = _record(unit.offset, data, decoded)
            yield replace(record, encoding=lines.encoding) if lines.encoding else record


def _paragraphs(lines: Iterator[Line], reading: Reading) -> Iterator[Line]:
    """Lines put together up to the next blank line; the first failure within stands for all."""
    taken: list[Line] = []
    for line in lines:
        if not line.failure and not line.data.strip():
            yield from _together(taken)
            taken = []
        elif not taken or not taken[0].failure:
            taken = _with(taken, line, reading)
    yield from _together(taken)


def _with(taken: list[Line], line: Line, reading: Reading) -> list[Line]:
    first = taken[0] if taken else line
    if line.failure:
        return [first._replace(data=b"", failure=line.failure)]
    if line.offset + len(line.data) - first.offset > reading.max_record_bytes:
        return [first._replace(data=b"", failure="record-too-large")]
    return [*taken, line]


def _together(taken: list[Line]) -> Iterator[Line]:
    if taken:
        data = b"\n".join(line.data.removesuffix(b"\r") for line in taken)
        yield Line(taken[0].offset, data, taken[0].failure)


def _splits(file: BinaryIO, size_bytes: int, target_bytes: int, reading: Reading) -> list[Split]:
    if reading.unit == "file":
        return [WHOLE]
    start_of = line_start if reading.unit == "line" else _paragraph_start
    return split_at(file, size_bytes, target_bytes, reading, start_of)


def _paragraph_start(file: BinaryIO, wanted: int) -> int | None:
    """Where the first paragraph behind a place starts, or None."""
    place = line_start(file, wanted)
    if place is None:
        return None
    after_blank = False
    for line in cut_lines(plain_pieces(file, place), place, limit_bytes=1):
        is_blank = not line.failure and not line.data.strip()
        if after_blank and not is_blank:
            return line.offset
        after_blank = after_blank or is_blank
    return None


FORMAT = Format(
    name="text",
    suffixes=(".txt", ".text"),
    reader=_records,
    description="one file a record; or, as the card says, one paragraph or one line",
    splitter=_splits,
)

"""Comma-separated values (RFC 4180), also with semicolons, tabs or bars between the fields."""

from collections.abc import Iterator
from typing import BinaryIO

from pipelines.formats.model import Format, Reading, Record, Split
from pipelines.formats.records.delimited import delimited_records, delimited_splits
from pipelines.formats.streams.rows import Dialect


def _records(file: BinaryIO, split: Split, reading: Reading) -> Iterator[Record]:
    dialect = Dialect(",;\t|", limit_bytes=reading.max_record_bytes, multiline=reading.multiline)
    return delimited_records(file, split, reading, dialect)


FORMAT = Format(
    name="csv",
    suffixes=(".csv",),
    reader=_records,
    description="one row a record; the first row names the columns",
    splitter=delimited_splits,
)

"""Tab-separated values: as CSV, or plain (text/tab-separated-values of the IANA register)."""

from collections.abc import Iterator
from typing import BinaryIO

from pipelines.formats.model import Format, Reading, Record, Split
from pipelines.formats.records.delimited import delimited_records, delimited_splits
from pipelines.formats.streams.rows import Dialect


def _records(file: BinaryIO, split: Split, reading: Reading) -> Iterator[Record]:
    dialect = Dialect(
        "\t",
        limit_bytes=reading.max_record_bytes,
        multiline=reading.multiline,
        has_quotes=reading.multiline,
    )
    return delimited_records(file, split, reading, dialect)


FORMAT = Format(
    name="tsv",
    suffixes=(".tsv", ".tab"),
    reader=_records,
    description="one row a record; quotes are plain characters if the card says multiline: false",
    splitter=delimited_splits,
)

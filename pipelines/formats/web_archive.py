"""WARC files: pages as they were fetched; and WET files, the texts of such pages.

Source: ISO 28500:2017 (WARC 1.1); Common Crawl for WET.
"""

from collections.abc import Iterator
from typing import BinaryIO

from pipelines.formats.model import Format, Reading, Record, Split
from pipelines.formats.records.archived import archived_record
from pipelines.formats.streams.archive import archive_splits, read_blocks


def _records(file: BinaryIO, split: Split, reading: Reading) -> Iterator[Record]:
    for block in read_blocks(file, split, reading):
        yield archived_record(block, reading)


WARC = Format(
    name="warc",
    suffixes=(".warc",),
    reader=_records,
    description="one response or resource a record; of pages, the main text",
    splitter=archive_splits,
    nothing="no-document",
)
WET = Format(
    name="wet",
    suffixes=(".wet",),
    reader=_records,
    description="one conversion record a record: the text that a crawler took from a page",
    splitter=archive_splits,
    nothing="no-document",
)

"""WARC files: pages as they were fetched; and WET files, the texts of such pages.

A record of the kind `response`, `resource` or `conversion` is a document. `warcinfo`,
`request`, `metadata` and `revisit` records describe documents and are none themselves.

Source: ISO 28500:2017 (WARC 1.1).
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from pipelines.formats.model import WHOLE, Format, Reading, Record, Split
from pipelines.formats.records.archived import archived_record
from pipelines.formats.records.whole import never_silent
from pipelines.formats.streams.members import is_packed, next_record

_SMALLEST_PART_BYTES = 1 << 16


def _splits(_file: BinaryIO, size_bytes: int, target_bytes: int, _reading: Reading) -> list[Split]:
    step = max(target_bytes, _SMALLEST_PART_BYTES)
    cuts = [*range(0, size_bytes, step), size_bytes]
    parts = [Split(start, end) for start, end in pairwise(cuts)]
    return parts if len(parts) > 1 else [WHOLE]


def _records(file: BinaryIO, split: Split, reading: Reading) -> Iterator[Record]:
    yield from never_silent(_archive(file, split, reading), split, "no-documents")


def _archive(file: BinaryIO, split: Split, reading: Reading) -> Iterator[Record]:
    size = file.seek(0, 2)
    end = size if split.end < 0 else split.end
    packed = is_packed(file)
    start = next_record(file, split.start, size, packed=packed)
    while start < end:
        place = start
        for record in _run(file, start, end, reading, is_last=end >= size):
            place = record.offset
            yield record
            if record.failure not in {"corrupt", "truncated"}:
                continue
            break
        else:
            return
        start = next_record(file, place + 1, size, packed=packed)


def _run(
    file: BinaryIO, start: int, end: int, reading: Reading, *, is_last: bool
) -> Iterator[Record]:
    """Records from a place on, up to the end of the part or the first damage.

    Where several records share a gzip member, their place is the end of the file, so the
    last part takes whatever comes.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    file.seek(start)
    place = start
    try:
        for found in ArchiveIterator(file, parse_http=False, record_types=WarcRecordType.any_type):
            place = found.stream_pos
            if place >= end and not is_last:
                return
            if not int(found.record_type) & int(kinds):
                continue
            yield archived_record(found, reading)
    except (OSError, ValueError):
        yield Record(place, None, b"", failure="corrupt")


WARC = Format(
    name="warc",
    suffixes=(".warc",),
    reader=_records,
    description="one page a response; its main text, without menus and footers",
    splitter=_splits,
)
WET = Format(
    name="wet",
    suffixes=(".wet",),
    reader=_records,
    description="one text a conversion record, as extracted by the crawl",
    splitter=_splits,
)

"""The documents of a web archive: packed by record, packed as a whole, or not packed.

Parts of an archive start with a record: in a packed one at a gzip member that unpacks
to the start of a record, in one that is not packed at a record found by following
the lengths from the first one on.
"""

from collections.abc import Iterator
from typing import BinaryIO

from pipelines.formats.model import WHOLE, Reading, Split
from pipelines.formats.streams.blocks import Block, blocks, read_head
from pipelines.formats.streams.compression import packing, peek, pieces, plain_pieces
from pipelines.formats.streams.lines import spans
from pipelines.formats.streams.members import Members, next_member
from pipelines.formats.streams.pull import Pull
from pipelines.formats.streams.window import Window

_HEAD_BYTES = 65_536
_NO_END = 1 << 62


def read_blocks(file: BinaryIO, split: Split, reading: Reading) -> Iterator[Block]:
    """The documents of a part of an archive, in order.

    The offset of a document is the byte where its gzip member begins. If it begins behind
    the start of its member, its number within the member is added: less than the length of the
    member, so that no two documents have the same. In an archive that is packed as a whole with
    Zstandard or bzip2 the offset counts unpacked bytes.
    """
    end = split.end if split.end >= 0 else _NO_END
    kind = packing(peek(file))
    if kind == "gzip":
        yield from _packed(Window(file), split.start, end, reading)
        return
    stream = pieces(file, reading.max_ratio) if kind else plain_pieces(file, split.start)
    for block in blocks(Pull(stream, split.start), reading.max_record_bytes):
        if block.offset >= end:
            return
        yield block


def _packed(window: Window, start: int, end: int, reading: Reading) -> Iterator[Block]:
    place: int | None = start
    while place is not None and place < end:
        members = Members(window, place, reading.max_ratio)
        last_member, number = -1, 0
        for block in blocks(Pull(iter(members)), reading.max_record_bytes):
            member, distance = members.place_of(block.offset)
            if member >= end:
                return
            number = number + 1 if member == last_member else min(distance, 1)
            last_member = member
            yield block._replace(offset=member + number)
        place = next_member(window, members.last_place + 1) if members.is_damaged else None


def archive_splits(
    file: BinaryIO, size_bytes: int, target_bytes: int, _reading: Reading
) -> list[Split]:
    """Parts of an archive that each start with a record."""
    kind = packing(peek(file))
    if size_bytes <= target_bytes or kind in {"zstd", "bzip2"}:
        return [WHOLE]
    wanted = range(target_bytes, size_bytes, target_bytes)
    find = _member_starts if kind == "gzip" else _record_starts
    return spans([0, *find(Window(file), wanted)], size_bytes)


def _member_starts(window: Window, wanted: range) -> Iterator[int]:
    last = 0
    for place in wanted:
        if place > last:
            found = next_member(window, place)
            if found is None:
                return
            last = found
            yield last


def _record_starts(window: Window, wanted: range) -> Iterator[int]:
    """Goes from record to record; behind the first broken one all is one part."""
    place = next_wanted = 0
    while next_wanted < len(wanted):
        place = _after_blank(window, place)
        head = read_head(window.peek(place, _HEAD_BYTES))
        if head is None:
            return
        if place >= wanted[next_wanted]:
            yield place
            next_wanted = (place - wanted.start) // wanted.step + 1
        place += len(head.data) + head.length_bytes


def _after_blank(window: Window, place: int) -> int:
    while window.peek(place, 1) in {b"\r", b"\n"}:
        place += 1
    return place

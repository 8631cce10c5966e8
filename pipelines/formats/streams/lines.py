"""Lines of a file or of a part of it, each with its place; the length of a line is bounded."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import BinaryIO, NamedTuple

from pipelines.formats.model import WHOLE, Reading, Split
from pipelines.formats.streams.compression import packing, peek, pieces, plain_pieces
from pipelines.formats.streams.damage import DamagedError
from pipelines.formats.streams.line_encoding import HEAD_BYTES, as_utf8, wide_form

_SCAN_BYTES = 65_536


class Line(NamedTuple):
    """One line without its line feed, or the reason why it could not be kept.

    `offset` counts unpacked bytes; in UTF-16 and UTF-32 the bytes of the text as UTF-8.
    """

    offset: int
    data: bytes
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a part of a file.

    Args:
        head: the first bytes of the whole file, unpacked; empty for an empty file.
        encoding: the form of UTF-16 or UTF-32 that the lines were in (they are UTF-8 now),
            else None.
        lines: the lines, blank ones included.
    """

    head: bytes
    encoding: str | None
    lines: Iterator[Line]


def read_lines(file: BinaryIO, split: Split, reading: Reading) -> Lines:
    """The lines of a part of a file, packed or not, in UTF-8 or another ASCII-like encoding."""
    if split != WHOLE:
        head = peek(file, HEAD_BYTES)
        lines = cut_lines(plain_pieces(file, split.start), split.start, reading.max_record_bytes)
        return Lines(head, None, _until(lines, split.end))
    head, stream = _head(pieces(file, reading.max_ratio))
    form = wide_form(head, reading.encoding)
    if form:
        head = head.decode(form, "ignore").encode()
        stream = as_utf8(stream, form)
    return Lines(head, form, cut_lines(stream, 0, reading.max_record_bytes))


def _until(lines: Iterator[Line], end: int) -> Iterator[Line]:
    for line in lines:
        if 0 <= end <= line.offset:
            return
        yield line


def _head(stream: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes of a stream, and the whole stream again; damage comes in its turn."""
    kept: list[bytes] = []
    reason = None
    try:
        while sum(map(len, kept)) < HEAD_BYTES:
            kept.append(next(stream))
    except StopIteration:
        pass
    except DamagedError as damage:
        reason = damage.reason
    rest = stream if reason is None else _damage(reason)
    return b"".join(kept), chain(kept, rest)


def _damage(reason: str) -> Iterator[bytes]:
    raise DamagedError(reason)
    yield b""


def cut_lines(stream: Iterator[bytes], offset: int, limit_bytes: int) -> Iterator[Line]:
    """The lines of a stream; a line above the limit is passed over without being kept.

    Damage to the stream gives one last line with the reason, where the line that it cut
    short began.
    """
    pending: list[bytes] = []
    size = 0
    try:
        for piece in stream:
            *ended, rest = piece.split(b"\n")
            for data in ended:
                pending.append(data)
                size += len(data)
                yield _line(offset, pending, size, limit_bytes)
                offset += size + 1
                pending, size = [], 0
            size += len(rest)
            if size <= limit_bytes:
                pending.append(rest)
            else:
                pending.clear()
    except DamagedError as damage:
        yield Line(offset, b"", damage.reason)
        return
    if size:
        yield _line(offset, pending, size, limit_bytes)


def _line(offset: int, parts: list[bytes], size: int, limit_bytes: int) -> Line:
    if size > limit_bytes:
        return Line(offset, b"", "record-too-large")
    return Line(offset, parts[0] if len(parts) == 1 else b"".join(parts))


def split_lines(
    file: BinaryIO, size_bytes: int, target_bytes: int, reading: Reading
) -> list[Split]:
    """Parts of a file that each start with a line; one part if it is packed, UTF-16 or empty."""
    return split_at(file, size_bytes, target_bytes, reading, line_start)


def split_at(
    file: BinaryIO,
    size_bytes: int,
    target_bytes: int,
    reading: Reading,
    start_of: Callable[[BinaryIO, int], int | None],
) -> list[Split]:
    """Parts of a file that start where `start_of` finds the first record behind a place."""
    if size_bytes <= target_bytes or not _can_be_cut(file, reading.encoding):
        return [WHOLE]
    starts = [0]
    for wanted in range(target_bytes, size_bytes, target_bytes):
        if wanted > starts[-1]:
            found = start_of(file, wanted)
            if found is None:
                break
            starts.append(found)
    return spans(starts, size_bytes)


def _can_be_cut(file: BinaryIO, declared: str | None) -> bool:
    """True when the file is not packed, and a line feed is one byte in its encoding."""
    head = peek(file, HEAD_BYTES)
    return not packing(head) and wide_form(head, declared) is None


def spans(starts: list[int], size_bytes: int) -> list[Split]:
    """The parts between starts; the last one ends with the file."""
    inner = [start for start in starts if start < size_bytes]
    if len(inner) == 1:
        return [WHOLE]
    return [Split(start, end) for start, end in pairwise([*inner, size_bytes])]


def line_start(file: BinaryIO, wanted: int) -> int | None:
    """Where the first line at or behind a place starts, or None."""
    place = wanted - 1
    for piece in plain_pieces(file, place, _SCAN_BYTES):
        found = piece.find(b"\n")
        if found >= 0:
            return place + found + 1
        place += len(piece)
    return None

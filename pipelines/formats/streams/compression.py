"""Unpacks gzip, Zstandard and bzip2, piece by piece, and never into unbounded memory.

What the file is packed with is told by its first bytes, not by its name.
"""

import bz2
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from pipelines.formats.model import RATIO_FLOOR_BYTES
from pipelines.formats.streams.damage import DamagedError

READ_BYTES = 262_144
#: Longest piece that is passed on.
PIECE_BYTES = 1_048_576
GZIP_MAGIC = b"\x1f\x8b\x08"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_SKIPPABLE = b"\x2a\x4d\x18"
_BZIP2_BLOCKS = (b"\x31\x41\x59\x26\x53\x59", b"\x17\x72\x45\x38\x50\x90")
#: Enough of the start of a file to know what it is packed with.
MAGIC_BYTES = 16
#: Zstandard gives all that a piece of input unpacks to at once; one block of 128 KiB takes
#: four bytes at least (RFC 8878, section 3.1.1.2), so this bounds a step to 16 MiB.
_ZSTD_FEED_BYTES = 512
_ZSTD_WINDOW_BYTES = 2**27
#: The damage that each library reports, apart from `zstandard.ZstdError`.
_BROKEN = (zlib.error, OSError, ValueError)


class _Unpacker(Protocol):
    """One member, frame or stream within a packed file."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def feed(self, data: bytes) -> Iterator[bytes]: ...


class Guard:
    """Gives up a stream that grows far beyond what text can be packed to."""

    def __init__(self, max_ratio: int) -> None:
        self._max_ratio = max_ratio
        self.packed_bytes = 0
        self.unpacked_bytes = 0

    def passed(self, piece: bytes) -> bytes:
        """The piece, counted.

        Raises:
            DamagedError: decompression-ratio.
        """
        self.unpacked_bytes += len(piece)
        allowed = max(RATIO_FLOOR_BYTES, self._max_ratio * self.packed_bytes)
        if self.unpacked_bytes > allowed:
            raise DamagedError("decompression-ratio")
        return piece


class _Gzip:
    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and not self._inner.eof:
            yield self._inner.decompress(data, PIECE_BYTES)
            data = self._inner.unconsumed_tail


class _Bzip2:
    def __init__(self) -> None:
        self._inner = bz2.BZ2Decompressor()

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield self._inner.decompress(data, PIECE_BYTES)
        while not self._inner.eof and not self._inner.needs_input:
            yield self._inner.decompress(b"", PIECE_BYTES)


class _Zstd:
    def __init__(self) -> None:
        import zstandard  # noqa: PLC0415

        self._error = zstandard.ZstdError
        self._inner = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES)
        self._frame = self._inner.decompressobj()
        self._rest = b""

    @property
    def eof(self) -> bool:
        return self._frame.eof

    @property
    def unused_data(self) -> bytes:
        return self._frame.unused_data + self._rest

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_FEED_BYTES):
            try:
                piece = self._frame.decompress(data[start : start + _ZSTD_FEED_BYTES])
            except self._error as error:
                raise DamagedError("corrupt") from error
            for cut in range(0, len(piece), PIECE_BYTES):
                yield piece[cut : cut + PIECE_BYTES]
            if self._frame.eof:
                self._rest = data[start + _ZSTD_FEED_BYTES :]
                return


def packing(head: bytes) -> str:
    r"""What a file is packed with, by its first bytes: gzip, zstd, bzip2 or nothing ('').

    >>> packing(b"\x1f\x8b\x08\x00"), packing(b"BZh is a word"), packing(b"{}")
    ('gzip', '', '')
    """
    if head.startswith(GZIP_MAGIC):
        return "gzip"
    if head.startswith(_ZSTD_MAGIC) or (head[1:4] == _ZSTD_SKIPPABLE and head[0] >> 4 == 5):  # noqa: PLR2004
        return "zstd"
    if head.startswith(b"BZh") and head[4:10] in _BZIP2_BLOCKS:
        return "bzip2"
    return ""


_UNPACKERS: dict[str, Callable[[], _Unpacker]] = {"gzip": _Gzip, "zstd": _Zstd, "bzip2": _Bzip2}


def peek(file: BinaryIO, size_bytes: int = MAGIC_BYTES, start: int = 0) -> bytes:
    """Some bytes of a file; fewer at its end. Leaves the place right behind them."""
    file.seek(start)
    found = b""
    while len(found) < size_bytes:
        more = file.read(size_bytes - len(found))
        if not more:
            break
        found += more
    return found


def plain_pieces(file: BinaryIO, start: int = 0, size_bytes: int = PIECE_BYTES) -> Iterator[bytes]:
    """The bytes of a file as they lie, from `start` on."""
    file.seek(start)
    while piece := file.read(size_bytes):
        yield piece


def pieces(file: BinaryIO, max_ratio: int) -> Iterator[bytes]:
    """The unpacked bytes of a file, in pieces of at most 1 MiB.

    All that can be unpacked comes before the exception.

    Raises:
        DamagedError: truncated, corrupt or decompression-ratio.
    """
    kind = packing(peek(file))
    if not kind:
        yield from plain_pieces(file)
        return
    file.seek(0)
    guard = Guard(max_ratio)
    for piece in _unpacked(file, kind, guard):
        if piece:
            yield guard.passed(piece)


def _unpacked(file: BinaryIO, kind: str, guard: Guard) -> Iterator[bytes]:
    unpacker, begun, rest = _UNPACKERS[kind](), False, b""
    while data := rest or file.read(READ_BYTES):
        rest = b""
        if not begun and not (data := data.lstrip(b"\0")):  # tape blocks are filled up with zeros
            continue
        guard.packed_bytes += len(data)
        begun = True
        try:
            yield from unpacker.feed(data)
        except _BROKEN as error:
            raise DamagedError("corrupt") from error
        if unpacker.eof:
            rest = unpacker.unused_data
            guard.packed_bytes -= len(rest)
            unpacker, begun = _UNPACKERS[kind](), False
    if begun:
        raise DamagedError("truncated")

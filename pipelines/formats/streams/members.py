"""The gzip members of a web archive: by custom, each record is one; some tools cut elsewhere.

Source: RFC 1952, section 2.2; ISO 28500:2017, annex D.
"""

import zlib
from bisect import bisect_right
from collections.abc import Generator, Iterator

from pipelines.formats.streams.compression import GZIP_MAGIC, PIECE_BYTES, Guard
from pipelines.formats.streams.damage import DamagedError
from pipelines.formats.streams.window import Window

#: Enough of a member to see whether it begins a record.
_START_BYTES = 4096
_RECORD_START = b"WARC/1."


class Members:
    """A run of gzip members as one stream.

    Args:
        window: the file.
        place: where the first member begins.
        max_ratio: as `Guard` takes it.
    """

    def __init__(self, window: Window, place: int, max_ratio: int) -> None:
        self._window = window
        self._guard = Guard(max_ratio)
        self._places = [place]
        self._offsets = [0]
        self.is_damaged = False

    @property
    def last_place(self) -> int:
        """Where the member begins that was read last."""
        return self._places[-1]

    def place_of(self, offset: int) -> tuple[int, int]:
        """The member that holds an unpacked byte, and the byte's distance from its start."""
        number = bisect_right(self._offsets, offset) - 1
        return self._places[number], offset - self._offsets[number]

    def __iter__(self) -> Iterator[bytes]:
        """The unpacked pieces, each at most 1 MiB.

        Raises:
            DamagedError: truncated, corrupt or decompression-ratio.
        """
        place: int | None = self.last_place
        try:
            while place is not None:
                place = yield from self._member(place)
        except (DamagedError, zlib.error) as error:
            self.is_damaged = True
            reason = error.reason if isinstance(error, DamagedError) else "corrupt"
            raise DamagedError(reason, since=self._offsets[-1]) from error

    def _member(self, place: int) -> Generator[bytes, None, int | None]:
        """One member; where the next one begins."""
        inner = zlib.decompressobj(31)
        while not inner.eof:
            data = self._window.read(place)
            if not data:
                raise DamagedError("truncated")
            piece = inner.decompress(data, PIECE_BYTES)
            taken = len(data) - len(inner.unconsumed_tail) - len(inner.unused_data)
            place += taken
            self._guard.packed_bytes += taken
            yield self._guard.passed(piece)
        following = after_padding(self._window, place)
        if following is not None:
            self._places.append(following)
            self._offsets.append(self._guard.unpacked_bytes)
        return following


def after_padding(window: Window, place: int) -> int | None:
    """Where the next member begins behind the zeros that fill up a block; None at the end."""
    while data := window.read(place):
        rest = data.lstrip(b"\0")
        place += len(data) - len(rest)
        if rest:
            return place
    return None


def next_member(window: Window, place: int) -> int | None:
    """The first place from `place` on where a member begins with a WARC record, or None."""
    while data := window.read(place):
        found = data.find(GZIP_MAGIC)
        if found < 0:
            place += max(len(data) - len(GZIP_MAGIC) + 1, 1)
        elif _begins_record(window.peek(place + found, _START_BYTES)):
            return place + found
        else:
            place += found + 1
    return None


def _begins_record(packed: bytes) -> bool:
    try:
        start = zlib.decompressobj(31).decompress(packed, len(_RECORD_START))
    except zlib.error:
        return False
    return start == _RECORD_START

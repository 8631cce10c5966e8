"""A file as bytes at places, read in large steps, so that going on or back a little is cheap."""

from typing import BinaryIO

from pipelines.formats.streams.compression import READ_BYTES


class Window:
    """Remembers what was read last."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._start = 0
        self._held = b""

    def read(self, place: int) -> bytes:
        """Some bytes from a place on; none at the end of the file."""
        at = place - self._start
        if not 0 <= at < len(self._held):
            self._file.seek(place)
            self._start, self._held, at = place, self._file.read(READ_BYTES), 0
        return self._held[at:] if at else self._held

    def peek(self, place: int, size_bytes: int) -> bytes:
        """So many bytes from a place on; fewer at the end of the file."""
        found = self.read(place)[:size_bytes]
        while len(found) < size_bytes:
            more = self.read(place + len(found))
            if not more:
                break
            found += more[: size_bytes - len(found)]
        return found

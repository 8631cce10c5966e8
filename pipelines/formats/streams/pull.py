"""Bytes taken from a stream of pieces as they are needed."""

from collections.abc import Iterator

from pipelines.formats.streams.damage import DamagedError


class Pull:
    """A stream of pieces, read by amounts instead. Holds what is asked for and one piece.

    Damage to the stream shows only when all the sound bytes before it are taken.

    Args:
        stream: the pieces.
        offset: place of the first byte.
    """

    def __init__(self, stream: Iterator[bytes], offset: int = 0) -> None:
        self._stream = stream
        self._held = b""
        self._damage: DamagedError | None = None
        self.offset = offset

    def peek(self, size_bytes: int) -> bytes:
        """The next bytes, left in their place; fewer at the end of the stream."""
        if len(self._held) < size_bytes:
            parts = [self._held]
            size = len(self._held)
            while size < size_bytes and (piece := self._next()) is not None:
                parts.append(piece)
                size += len(piece)
            self._held = b"".join(parts)
        return self._held[:size_bytes]

    def _next(self) -> bytes | None:
        try:
            return None if self._damage else next(self._stream, None)
        except DamagedError as damage:
            self._damage = damage
            return None

    def is_at_end(self) -> bool:
        """True when all bytes are taken.

        Raises:
            DamagedError: all sound bytes are taken, and behind them is damage.
        """
        if self.peek(1):
            return False
        if self._damage:
            raise self._damage
        return True

    def take(self, size_bytes: int) -> bytes:
        """The next bytes; fewer at the end of the stream."""
        found = self.peek(size_bytes)
        self._held = self._held[len(found) :]
        self.offset += len(found)
        return found

    def skip(self, size_bytes: int) -> int:
        """Passes bytes over without keeping them; how many there were."""
        left = size_bytes
        while left and self.peek(1):
            step = min(left, len(self._held))
            self._held = self._held[step:]
            self.offset += step
            left -= step
        return size_bytes - left

    def skip_to(self, mark: bytes) -> bool:
        """Passes over all bytes before a mark; False if it never comes."""
        while len(self.peek(len(mark))) == len(mark):
            found = self._held.find(mark)
            if found >= 0:
                self.skip(found)
                return True
            self.skip(len(self._held) - len(mark) + 1)
        self.skip(len(self._held))
        return False

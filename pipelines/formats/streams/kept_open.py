"""A file as Apache Arrow wants it, from one of which only read, seek, tell, close are sure."""

import io
from typing import BinaryIO


class KeptOpen(io.RawIOBase):
    """Reads another file, and leaves it open when it is closed itself."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer at the end of the file."""
        return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to a place and gives it."""
        self._file.seek(offset, whence)
        return self._file.tell()

    def tell(self) -> int:
        """The place in the file."""
        return self._file.tell()

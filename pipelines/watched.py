"""A file under watch: when the disk or the network fails, that is told, and nothing else.

Readers of documents take an `OSError` for a damaged document, which ends in quarantine. A
cable that was pulled is no property of a document: the run stops, and can be started again.
"""

import io
import os
from typing import Any, BinaryIO, cast

from schemas.errors import InputError

#: Asked of the disk or the network at once; formats read in blocks of about as much.
BLOCK_BYTES = 1 << 15


class WatchedFile(io.RawIOBase):
    """A file whose failures to read become an `InputError` with its name and the place.

    Args:
        file: opened for reading, in bytes; it is closed with this one.
        path: how the message calls it.
    """

    def __init__(self, file: Any, path: str) -> None:  # noqa: ANN401  # Beam's files have no type
        self._file, self._path = file, path

    def buffered(self) -> BinaryIO:
        """The file as readers expect it."""
        return cast("BinaryIO", io.BufferedReader(self, BLOCK_BYTES))

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def seekable(self) -> bool:
        """Whether any place can be gone to."""
        return bool(self._file.seekable())

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  # whatever has room for bytes
        """Fills a buffer; 0 at the end of the file."""
        try:
            return int(self._file.readinto(buffer) or 0)
        except Exception as error:  # clients of object stores have errors of their own
            raise InputError(
                f"{self._path}: reading broke off near byte {self._place()} ({reason(error)});"
                " when the disk or the network is well again, start the same command again"
            ) from None

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Goes to a place."""
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        """The place in the file."""
        return int(self._file.tell())

    def close(self) -> None:
        """Closes the file beneath too."""
        if not self.closed:
            super().close()
            self._file.close()

    def _place(self) -> str:
        try:
            return f"{self.tell():,}"
        except (OSError, ValueError):
            return "unknown"


def reason(error: BaseException) -> str:
    """Why a file cannot be used, in a few words: what the system says, without the path."""
    told = getattr(error, "strerror", None)
    details = getattr(error, "exception_details", None)
    if not told and details:
        return reason(next(iter(dict(details).values())))
    return str(told or str(error).split("\n")[0][:200] or type(error).__name__)

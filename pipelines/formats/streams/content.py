"""The whole content of a file, up to a limit."""

from typing import BinaryIO

from pipelines.formats.model import Reading
from pipelines.formats.streams.compression import pieces
from pipelines.formats.streams.damage import DamagedError


def read_content(file: BinaryIO, reading: Reading) -> bytes:
    """All bytes of a file, unpacked. An empty file gives no bytes.

    Raises:
        DamagedError: record-too-large, truncated, corrupt or decompression-ratio.
    """
    kept: list[bytes] = []
    size = 0
    for piece in pieces(file, reading.max_ratio):
        size += len(piece)
        if size > reading.max_record_bytes:
            raise DamagedError("record-too-large")
        kept.append(piece)
    return b"".join(kept)

"""Where the records of a web archive begin, so that a big one is read in parts."""

import re
import zlib
from typing import BinaryIO

_WINDOW_BYTES = 1 << 20
_GZIP = b"\x1f\x8b\x08"
_HEAD_BYTES = 4096
#: A record of an archive that is not packed; the blank lines end the one before it.
_PLAIN = re.compile(rb"\r\n\r\n(WARC/1\.[01]\r\n[A-Za-z])")


def is_packed(file: BinaryIO) -> bool:
    """True for an archive of gzip members."""
    file.seek(0)
    return file.read(len(_GZIP)) == _GZIP


def next_record(file: BinaryIO, at: int, size_bytes: int, *, packed: bool) -> int:
    """The first place from `at` on where a record begins; `size_bytes` when there is none."""
    if at <= 0:
        return 0
    overlap = 64
    while at < size_bytes:
        file.seek(at)
        window = file.read(_WINDOW_BYTES)
        found = _member(file, window, at) if packed else _head(window, at)
        if found is not None:
            return found
        if len(window) < _WINDOW_BYTES:
            return size_bytes
        at += len(window) - overlap
    return size_bytes


def _head(window: bytes, at: int) -> int | None:
    found = _PLAIN.search(window)
    return at + found.start(1) if found else None


def _member(file: BinaryIO, window: bytes, at: int) -> int | None:
    place = window.find(_GZIP)
    while place >= 0:
        file.seek(at + place)
        if _begins_record(file.read(_HEAD_BYTES)):
            return at + place
        place = window.find(_GZIP, place + 1)
    return None


def _begins_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, 16).startswith(b"WARC/")
    except zlib.error:
        return False

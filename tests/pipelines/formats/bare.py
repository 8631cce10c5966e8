"""Files and short cuts for the tests of the formats."""

import bz2
import gzip
import io
import json

import zstandard

from pipelines.formats import Reading, Record, by_name
from pipelines.formats.model import WHOLE

PACKERS = {
    "plain": bytes,
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "zstd": zstandard.ZstdCompressor(write_checksum=True).compress,
    "bzip2": bz2.compress,
}


class BareFile:
    """A file that can do no more than read, seek, tell and close, and reads in short steps."""

    def __init__(self, data: bytes, step_bytes: int = 1 << 30) -> None:
        self._data = io.BytesIO(data)
        self._step_bytes = step_bytes

    def read(self, size: int = -1) -> bytes:
        return self._data.read(self._step_bytes if size < 0 else min(size, self._step_bytes))

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._data.seek(offset, whence)

    def tell(self) -> int:
        return self._data.tell()

    def close(self) -> None:
        self._data.close()


def read(name: str, data: bytes, **reading) -> list[Record]:
    """All records of a file that is read whole."""
    return list(by_name(name).records(BareFile(data), WHOLE, Reading(**reading)))


def read_in_parts(name: str, data: bytes, target_bytes: int, **reading) -> list[Record]:
    """All records of a file that is read in parts."""
    how = Reading(**reading)
    file = BareFile(data)
    parts = by_name(name).splits(file, len(data), target_bytes, how)
    return [record for part in parts for record in by_name(name).records(file, part, how)]


def failures(records: list[Record]) -> list[tuple[int, str | None]]:
    """Place and failure of each record; None for a good one."""
    assert all((record.text is None) == bool(record.failure) for record in records)
    return [(record.offset, record.failure) for record in records]


def jsonl(*texts: str) -> bytes:
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)


def http(body: bytes, head: str = "Content-Type: text/html", status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\n{head}\r\n\r\n".encode() + body


def warc(content: bytes, kind: str = "response", **fields: str) -> bytes:
    """One WARC record; a response holds HTTP, the other kinds hold text."""
    media = (
        "application/http; msgtype=response" if kind in {"response", "request"} else "text/plain"
    )
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000001>",
        "WARC-Target-URI": "http://news.example.org/page",
        "WARC-Date": "2026-11-23T10:00:00Z",
        "Content-Type": media,
        "Content-Length": str(len(content)),
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + content + b"\r\n\r\n"


def page(text: str) -> bytes:
    return f"<html><head><title>T</title></head><body><p>{text}</p></body></html>".encode()


def packed_warc(*records: bytes) -> bytes:
    return b"".join(gzip.compress(record, mtime=0) for record in records)

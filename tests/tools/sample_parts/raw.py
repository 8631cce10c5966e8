"""Reads samples/text back without Endonym: every document as text, by its id.

The id is the native id of a row, the address of a web page, the path of a file that is one
document, or `path#line` for a line that cannot be read. Text, id, address and title of a
document stand together, so that a value is found wherever it was planted.
"""

import bz2
import csv
import gzip
import html
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Document = tuple[str, str]


def documents(samples: Path) -> Iterator[Document]:
    """Every document of samples/text as (id, raw text), files in the order of their names."""
    for path in sorted((samples / "text").rglob("*")):
        if path.is_file():
            yield from _file(path, path.relative_to(samples).as_posix())


def rows(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of the folder's JSONL, CSV, TSV and Parquet files, with the file's name."""
    for path in sorted(folder.iterdir()):
        kind = path.name.split(".", 1)[1]
        if kind.startswith("jsonl"):
            lines = decompressed(path).split(b"\n")
            yield from ((path.name, json.loads(line)) for line in lines if line)
        elif kind in {"csv", "tsv"}:
            yield from ((path.name, row) for row in _table(path.read_bytes(), kind))
        elif kind == "parquet":
            yield from ((path.name, row) for row in _parquet(path))


def decompressed(path: Path) -> bytes:
    """The bytes of a file without its compression, as far as they can be recovered."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        return _gunzipped(data)
    if path.suffix == ".bz2":
        return bz2.decompress(data)
    if path.suffix == ".zst":
        import zstandard  # only two files need it

        return zstandard.ZstdDecompressor().decompressobj().decompress(data)
    return data


def _gunzipped(data: bytes) -> bytes:
    out = []
    while data:
        unpacker = zlib.decompressobj(31)
        try:
            out.append(unpacker.decompress(data))
        except zlib.error:  # the checksum is wrong: what is inside can be read all the same
            out.append(zlib.decompressobj(-15).decompress(data[10:]))
            break
        data = unpacker.unused_data
    return b"".join(out)


def _file(path: Path, name: str) -> Iterator[Document]:
    data, kind = decompressed(path), path.name.split(".", 1)[1]
    if kind.startswith("jsonl"):
        yield from _json_lines(data, name)
    elif kind in {"csv", "tsv"}:
        for row in _table(data, kind):
            yield next(iter(row.values())), "\n".join(row.values())
    elif kind.startswith("warc"):
        yield from _web(data)
    elif kind == "parquet" and data.startswith(b"PAR1"):
        yield from ((row["id"], _joined(row)) for row in _parquet(path))
    else:
        yield name, html.unescape(_decoded(data, kind))


def _json_lines(data: bytes, name: str) -> Iterator[Document]:
    for number, line in enumerate(data.removesuffix(b"\n").split(b"\n"), start=1):
        try:
            row = json.loads(line)
            yield row["id"], _joined(row)
        except (ValueError, TypeError, KeyError):
            yield f"{name}#{number}", line.decode(errors="replace")


def _joined(row: dict[str, Any]) -> str:
    return "\n".join(str(value) for value in row.values())


def _table(data: bytes, kind: str) -> Iterator[dict[str, str]]:
    lines = io.StringIO(data.decode("utf-8-sig"), newline="")
    yield from csv.DictReader(lines, delimiter="\t" if kind == "tsv" else ",")


def _parquet(path: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq  # slow to import

    return list(pq.read_table(path).to_pylist())


def _decoded(data: bytes, kind: str) -> str:
    """Text of a file whose name says its encoding, else UTF-8."""
    encoding = kind.removesuffix(".txt") if kind.endswith(".txt") else "utf-8"
    return data.decode("utf-8" if encoding == "txt" else encoding, errors="replace")


def _web(data: bytes) -> Iterator[Document]:
    """Pages of a WARC or WET file: (address, address and page)."""
    while data:
        head, _, rest = data.partition(b"\r\n\r\n")
        fields = _headers(head)
        size = int(fields["content-length"])
        block, data = rest[:size], rest[size:].lstrip(b"\r\n")
        uri = fields.get("warc-target-uri")
        if uri:
            yield uri, f"{uri}\n{html.unescape(_page(block, fields['content-type']))}"


def _page(block: bytes, kind: str) -> str:
    if not kind.startswith("application/http"):
        return block.decode(errors="replace")
    head, _, body = block.partition(b"\r\n\r\n")
    fields = _headers(head)
    if fields.get("content-encoding") == "gzip" and body.startswith(b"\x1f\x8b"):
        body = gzip.decompress(body)
    charset = fields.get("content-type", "").partition("charset=")[2] or "utf-8"
    return body.decode("cp949" if charset == "windows-949" else charset, errors="replace")


def _headers(head: bytes) -> dict[str, str]:
    pairs = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
    return {key.lower(): value.strip() for key, _, value in pairs}

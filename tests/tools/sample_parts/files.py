"""Writes files whose bytes depend on their content only."""

import bz2
import csv
import gzip
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def gzipped(data: bytes) -> bytes:
    """One gzip member without a time and a name."""
    return gzip.compress(data, compresslevel=9, mtime=0)


def jsonl(rows: Iterable[Row], *, ascii_only: bool = False) -> bytes:
    """One JSON object a line; `ascii_only` writes other characters as escapes."""
    lines = (json.dumps(row, ensure_ascii=ascii_only) + "\n" for row in rows)
    return "".join(lines).encode()


def write(path: Path, data: bytes) -> None:
    """Writes bytes, compressed as the suffix says, and makes the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_compressed(path.suffix, data))


def _compressed(suffix: str, data: bytes) -> bytes:
    if suffix == ".gz":
        return gzipped(data)
    if suffix == ".bz2":
        return bz2.compress(data)
    if suffix == ".zst":
        import zstandard  # only one source needs it

        return zstandard.ZstdCompressor(level=19).compress(data)
    return data


def delimited(rows: Sequence[Row], *, tabs: bool = False, excel: bool = False) -> bytes:
    """CSV or TSV with a header; `excel` adds the byte order mark and line ends of a spreadsheet."""
    out = io.StringIO(newline="")
    ends = "\r\n" if excel else "\n"
    writer = csv.DictWriter(
        out, list(rows[0]), delimiter="\t" if tabs else ",", lineterminator=ends
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig" if excel else "utf-8")


def write_parquet(path: Path, rows: Sequence[Row], group_rows: int) -> None:
    """Parquet with several row groups, so that there is something to split."""
    import pyarrow as pa  # slow to import, only one source needs it
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pylist(list(rows))
    pq.write_table(table, path, compression="zstd", row_group_size=group_rows)

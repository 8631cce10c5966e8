"""Parquet as this project writes it: the same bytes every time, and no text in the footer."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import files
from schemas.corpus import STATISTICS_COLUMNS, released_schema

#: The default of zstd itself; higher levels gain little on text for much time.
ZSTD_LEVEL = 3
#: Pages of sixty columns are small; they are digested and written together.
_BUFFER_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its digest and its size."""

    sha256: str
    bytes: int


class _Counting:
    """A file object that counts and digests what is written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.bytes = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        self.bytes += len(data)
        return self._file.write(data)

    def tell(self) -> int:
        return self.bytes

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        """Left to whoever opened the file."""

    def written(self) -> Written:
        return Written(self._digest.hexdigest(), self.bytes)


def write_documents(path: str, groups: Iterable[pa.Table]) -> Written:
    """Writes tables of documents as one file, each a row group.

    Args:
        path: where; the file appears when it is complete.
        groups: the row groups in order, in the released schema.
    """
    schema = released_schema()
    with files.create(path) as file:
        sink = _Counting(file)
        with (
            pa.BufferedOutputStream(pa.PythonFile(sink, mode="w"), _BUFFER_BYTES) as buffered,
            pq.ParquetWriter(
                buffered,
                schema,
                compression="zstd",
                compression_level=ZSTD_LEVEL,
                use_dictionary=_dictionary_columns(),
                write_statistics=STATISTICS_COLUMNS,
                store_schema=True,
            ) as writer,
        ):
            for group in groups:
                writer.write_table(group, row_group_size=max(len(group), 1))
        return sink.written()


@cache
def _dictionary_columns() -> list[str]:
    """Columns of few different values; the others (text, digests, numbers) gain nothing."""
    few = {"language", "rights", "privacy", "decision"}
    names = [path for path in _leaves() if path.split(".")[0] in few]
    return [*names, "source.id", "source.uri", "source.collected", "source.jurisdiction"]


def _leaves() -> list[str]:
    """The dotted names of all leaf columns, as Parquet writes them."""
    sink = pa.BufferOutputStream()
    pq.write_table(released_schema().empty_table(), sink)
    parquet = pq.ParquetFile(pa.BufferReader(sink.getvalue())).schema
    return [parquet.column(index).path for index in range(len(parquet))]

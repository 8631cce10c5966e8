"""Staged batches: Arrow IPC files with one record batch for each group of rows.

Not Parquet: a batch of sixty languages is sixty small groups, which Parquet writes and
opens twenty times slower, footer by footer (docs/decisions/0005-staging-in-arrow.md).
They are not compressed: that would cost more time than the disk is worth.
"""

from collections.abc import Iterable
from functools import lru_cache

import polars as pl
import pyarrow as pa

from pipelines import files
from schemas.corpus import released_schema, to_arrow


def write_groups(path: str, frame: pl.DataFrame, sizes: Iterable[int]) -> None:
    """Writes a batch of documents with the released columns, one record batch a group.

    The batch becomes Arrow once, and groups are slices of it: sixty columns for each of a
    hundred small groups would cost more than their text.

    Args:
        path: where; the file appears when it is complete.
        frame: the documents, group after group.
        sizes: how many rows each group has.
    """
    batches = to_arrow(frame).combine_chunks().to_batches()
    first = 0
    with files.create(path) as file, pa.ipc.new_file(file, released_schema()) as writer:
        for rows in sizes:
            writer.write_batch(batches[0].slice(first, rows))
            first += rows


def read_groups(places: Iterable[tuple[str, int]]) -> pa.Table:
    """Some groups of some staged files, one after the other, in the released schema.

    Args:
        places: path and number of each group. None: no rows.
    """
    batches = [_opened(path).get_batch(number) for path, number in places]
    return pa.Table.from_batches(batches, schema=released_schema())


@lru_cache(maxsize=64)
def _opened(path: str) -> pa.RecordBatchFileReader:
    """A staged file, of which only the batches asked for are read."""
    source = pa.OSFile(path) if files.is_local(path) else pa.BufferReader(files.read_bytes(path))
    return pa.ipc.open_file(source)

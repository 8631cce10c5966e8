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


def write_groups(path: str, groups: Iterable[pl.DataFrame]) -> None:
    """Writes groups of documents, each as one record batch, with the released columns."""
    with files.create(path) as file, pa.ipc.new_file(file, released_schema()) as writer:
        for group in groups:
            (batch,) = to_arrow(group).combine_chunks().to_batches()
            writer.write_batch(batch)


def read_groups(places: Iterable[tuple[str, int]]) -> pl.DataFrame:
    """Some groups of some staged files, one after the other.

    Args:
        places: path and number of each group. None: no rows.
    """
    batches = [_opened(path).get_batch(number) for path, number in places]
    frame = pl.from_arrow(pa.Table.from_batches(batches, schema=released_schema()))
    assert isinstance(frame, pl.DataFrame)  # noqa: S101  # a table never becomes a series
    return frame


@lru_cache(maxsize=64)
def _opened(path: str) -> pa.RecordBatchFileReader:
    """A staged file, of which only the batches asked for are read."""
    source = pa.OSFile(path) if files.is_local(path) else pa.BufferReader(files.read_bytes(path))
    return pa.ipc.open_file(source)

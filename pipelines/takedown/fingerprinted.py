"""The shingles of a release's documents: from its index, or from texts that are read again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from governance.release_folder import Release, Shard, read_rows
from pipelines.dedup import index
from pipelines.takedown import query
from schemas.decision import RELEASED

_STRIDE = 2_000


@dataclass(frozen=True)
class Fingerprinted:
    """The shingles of some documents of one file.

    Args:
        path: the shard that holds them.
        doc_ids: their names.
        shingles: uint32, of each distinct.
        starts: int64, one more than there are documents.
    """

    path: str
    doc_ids: pl.Series
    shingles: np.ndarray
    starts: np.ndarray


def threshold_of(release: Release) -> float:
    """From which similarity the release counts two documents as copies."""
    return float((release.run.get("dedup") or {}).get("threshold", 0.75))


def fingerprinted(release: Release, ids: pl.Series | None = None) -> Iterator[Fingerprinted]:
    """The shingles of all documents that have text, part by part.

    Those of released documents lie in the release's own index; what was removed or is in
    quarantine, and a release whose index is missing, is read again.

    Args:
        release: an open release.
        ids: only these documents.
    """
    for shard in release.shards:
        path = release.folder / index_part(shard.path)
        if shard.outcome == RELEASED and path.is_file():
            parts: Iterable[Fingerprinted] = _indexed(path, shard.path)
        else:
            parts = _read_again(release, shard, ids)
        for part in parts:
            yield part if ids is None else _chosen(part, ids)


def index_part(path: str) -> str:
    """Where the fingerprints of a released shard lie.

    >>> index_part("documents/language_tag=swh_Latn/part-00000.parquet")
    'duplicates/index/language_tag=swh_Latn.part-00000.parquet'
    """
    return f"{index.FOLDER}/{path.removeprefix('documents/').replace('/', '.')}"


def _indexed(path: Path, shard: str) -> Iterator[Fingerprinted]:
    with pq.ParquetFile(path) as file:
        for number in range(file.num_row_groups):
            table = file.read_row_group(number, columns=["doc_id", "shingles"])
            lists = table["shingles"].combine_chunks()
            starts = lists.offsets.to_numpy().astype(np.int64)
            values = lists.values.to_numpy()[starts[0] : starts[-1]]
            names = pl.Series(pl.from_arrow(table["doc_id"])).cast(pl.String)
            yield Fingerprinted(shard, names, values, starts - starts[0])


def _read_again(release: Release, shard: Shard, ids: pl.Series | None) -> Iterator[Fingerprinted]:
    for frame in read_rows(release, shard, ["doc_id", "text"], size=_STRIDE):
        kept = frame.filter(pl.col("text").is_not_null())
        if ids is not None:
            kept = kept.filter(pl.col("doc_id").is_in(ids.implode()))
        if len(kept):
            yield Fingerprinted(shard.path, kept["doc_id"], *query.fingerprints(kept["text"]))


def _chosen(part: Fingerprinted, ids: pl.Series) -> Fingerprinted:
    from pipelines.dedup.ragged import gather  # noqa: PLC0415  # numba is slow to import

    places = part.doc_ids.is_in(ids.implode()).arg_true().to_numpy().astype(np.int64)
    values, starts = gather(np.ascontiguousarray(part.shingles), part.starts, places)
    return Fingerprinted(part.path, part.doc_ids.gather(places), values, starts)

"""All duplicates of some fingerprint tables, found in memory and without Beam."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import polars as pl
import pyarrow as pa

from pipelines.dedup.bands import Banding, banding
from pipelines.dedup.blocks import ReadRange, block, count_entries, read_part
from pipelines.dedup.components import chunks, components, condense
from pipelines.dedup.leaders import VERDICTS, verdicts
from pipelines.dedup.pairs import PARTITIONS, pairs, parts


def find_duplicates_locally(
    tables: Mapping[int, pa.Table], threshold: float, partitions: int = PARTITIONS
) -> pl.DataFrame:
    """Does in one process what a run spreads over workers.

    Args:
        tables: fingerprints by file id; new ones, and parts of earlier indexes.
        threshold: Jaccard similarity from which a document is removed.
        partitions: parts of the band space; changes the work, not the result.

    Returns:
        `leaders.VERDICTS`, by file and row.
    """
    edges = condense(pairs_of(tables.items(), banding(threshold), partitions))
    shares = chunks(components([edges]))
    decided = [verdicts(share, tables.__getitem__, threshold) for share in shares]
    return pl.concat([VERDICTS.to_frame(), *decided]).sort("file", "row")


def pairs_of(
    tables: Iterable[tuple[int, pa.Table]], cut: Banding, partitions: int = PARTITIONS
) -> Iterator[np.ndarray]:
    """The pairs that meet, for each part of the band space."""
    blocks = {file: _reader(block(table, cut)) for file, table in tables}
    entries = sum(map(count_entries, blocks.values()))
    for part in parts(entries, partitions, entries):
        yield pairs(read_part(file, read, part) for file, read in blocks.items())


def _reader(data: bytes) -> ReadRange:
    return lambda first, length: data[first : first + length]

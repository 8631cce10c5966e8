"""All duplicates of some fingerprint tables, found in memory and without Beam."""

from collections import defaultdict
from collections.abc import Mapping

import polars as pl
import pyarrow as pa

from pipelines.dedup.bands import banding
from pipelines.dedup.blocks import PARTITIONS, blocks, pairs
from pipelines.dedup.components import chunks, components, condense
from pipelines.dedup.leaders import VERDICTS, verdicts


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
    cut = banding(threshold)
    partition_to_blocks: dict[int, list[bytes]] = defaultdict(list)
    for file, table in tables.items():
        for partition, block in blocks(file, table, cut, partitions):
            partition_to_blocks[partition].append(block)
    edges = condense(pairs(partition) for partition in partition_to_blocks.values())
    shares = chunks(components([edges]))
    decided = [verdicts(share, tables.__getitem__, threshold) for share in shares]
    return pl.concat([VERDICTS.to_frame(), *decided]).sort("file", "row")

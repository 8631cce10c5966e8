"""Find duplicates: band blocks meet, pairs become groups, groups become verdicts.

Only keys, fingerprints and verdicts cross a shuffle here, never text (promise P3).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa

from pipelines import files
from pipelines.clock import clocked
from pipelines.dedup import fingerprints, index
from pipelines.dedup.bands import banding
from pipelines.dedup.blocks import blocks, pairs
from pipelines.dedup.components import Groups, chunks, components
from pipelines.dedup.fingerprints import OpenFingerprints
from pipelines.dedup.leaders import verdicts
from pipelines.run import Run
from pipelines.steps.stage import Receipt

Block = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A row group of an earlier release's index, and the number it is called by."""

    number: int
    path: str
    row_group: int


def earlier_parts(run: Run) -> list[Earlier]:
    """What the run's `dedup.against` names, as parts that count as kept already.

    Raises:
        InputError: a folder named there has no index of duplicates.
    """
    return [
        Earlier(number, path, group)
        for release in run.settings.dedup.against
        for path in index.paths(files.listing, release)
        for group, number in enumerate(index.file_ids(path, path))
    ]


@clocked("band blocks")
def staged_blocks(receipt: Receipt, run: Run) -> list[Block]:
    """Partition and block, for every part of the band space that a staged file reaches."""
    number = fingerprints.file_id(receipt.name)
    return _blocks(number, staged_prints(receipt.name, run), run)


def earlier_blocks(part: Earlier, run: Run) -> list[Block]:
    """The same for a part of an earlier index."""
    return _blocks(part.number, index.read(part.path, part.path, part.row_group), run)


def _blocks(number: int, table: pa.Table, run: Run) -> list[Block]:
    dedup = run.settings.dedup
    return blocks(number, table, banding(dedup.threshold), dedup.partitions)


@clocked("pairs")
def meet(partition_to_blocks: tuple[int, Iterable[bytes]]) -> np.ndarray:
    """The pairs that meet in one part of the band space."""
    return pairs(partition_to_blocks[1])


def groups(edges: np.ndarray) -> Iterator[Groups]:
    """Documents joined by pairs, in shares of work."""
    yield from chunks(components([edges]))


def settle(
    share: Groups, receipts: Iterable[Receipt], run: Run
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Who is kept and who goes, for some groups.

    Returns:
        The verdicts by name of the staged file that they are about: those of `leaders`,
        with the ids of the sources that the document and the kept one are from.
    """
    sources = {fingerprints.file_id(receipt.name): receipt for receipt in receipts}
    decided = verdicts(share, _opener(run), run.settings.dedup.threshold)
    names = pl.DataFrame(
        [(number, receipt.source) for number, receipt in sources.items()],
        schema={"file": pl.UInt64, "source_id": pl.String},
        orient="row",
    )
    kept = names.rename({"file": "kept_file", "source_id": "kept_source_id"})
    told = decided.join(names, on="file", how="left").join(kept, on="kept_file", how="left")
    for (number,), part in told.partition_by("file", as_dict=True, maintain_order=True).items():
        yield sources[int(number)].name, part


@clocked("record verdicts")
def record(
    name_to_verdicts: tuple[str, Iterable[pl.DataFrame]], receipts: Iterable[Receipt], run: Run
) -> list[tuple[str, int]]:
    """Writes the verdicts about one staged file; tells which row groups lose documents."""
    name, parts = name_to_verdicts
    told = pl.concat(parts).sort("row")
    receipt = next(one for one in receipts if one.name == name)
    path = run.staged(f"{name}.verdicts")
    doc_ids = pl.DataFrame(staged_prints(name, run).select(["row", "doc_id"]))
    whole = told.join(doc_ids, on="row", how="left", maintain_order="left").with_columns(
        pl.lit(run.settings.dedup.threshold).alias("threshold")
    )
    with files.create(path) as file:
        whole.drop("file", "row", "kept_file", "kept_row").write_parquet(file, statistics=False)
    ends = np.cumsum([group.rows for group in receipt.groups])
    removed = told.filter(~pl.col("is_representative"))["row"].to_numpy()
    return [(name, int(group)) for group in np.unique(np.searchsorted(ends, removed, "right"))]


def _opener(run: Run) -> OpenFingerprints:
    earlier = {part.number: part for part in earlier_parts(run)}

    def opened(number: int) -> pa.Table:
        if number in earlier:
            part = earlier[number]
            return index.read(part.path, part.path, part.row_group)
        return staged_prints(f"{number:016x}", run)

    return opened


def staged_prints(name: str, run: Run) -> pa.Table:
    """The fingerprints of a staged file; local ones are mapped, not read."""
    path = run.staged(f"{name}.prints")
    return fingerprints.read(path if files.is_local(path) else files.read_bytes(path))

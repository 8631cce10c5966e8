"""Meet: staged files leave blocks of hashes, and equal hashes make pairs of documents.

Blocks are files beside the staged ones. What crosses a shuffle are their names, the
parts of the band space, and pairs; so memory holds one part, whatever the size of the
input.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from pipelines import files
from pipelines.clock import clocked
from pipelines.dedup import fingerprints, index, pairs
from pipelines.dedup.bands import banding
from pipelines.dedup.blocks import Entries, ReadRange, block, count_entries, read_part
from pipelines.run import Run
from pipelines.steps.stage import Receipt

ENTRY_BYTES = 8


@dataclass(frozen=True, slots=True)
class Earlier:
    """A row group of an earlier release's index, and the number it is called by."""

    number: int
    path: str
    row_group: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block that lies among the staged files.

    Args:
        number: what its documents are called by, see `fingerprints.file_id`.
        source: the source of the staged file; None for a part of an earlier index.
        entries: how many it has.
    """

    number: int
    source: str | None
    entries: int


def earlier_parts(run: Run) -> list[Earlier]:
    """What the run's `dedup.against` names, as parts that count as kept already.

    Raises:
        InputError: a folder named there has no index of duplicates.
    """
    return [
        Earlier(number, path, group)
        for release in run.settings.dedup.against
        for path in index.paths(files.listing, release)
        for group, number in enumerate(_file_ids(path))
    ]


def _file_ids(path: str) -> list[int]:
    with files.open_input(path) as file:
        return index.file_ids(file, path)


@clocked("band blocks")
def staged_block(receipt: Receipt, run: Run) -> Block:
    """Writes the block of a staged file, unless an earlier attempt has."""
    return _block(fingerprints.file_id(receipt.name), receipt.source, run)


@clocked("earlier blocks")
def earlier_block(part: Earlier, run: Run) -> Block:
    """Lays a part of an earlier index beside the staged files, as if it were one of them."""
    path = run.staged(f"{part.number:016x}.prints")
    if not files.exists(path):
        with files.open_input(part.path) as file:
            prints = index.read(file, part.path, part.row_group)
        with files.create(path) as target:
            fingerprints.write(prints, target)
    return _block(part.number, None, run)


def _block(number: int, source: str | None, run: Run) -> Block:
    path = _block_path(number, run)
    if not files.exists(path):
        prints = staged_prints(f"{number:016x}", run)
        files.write_bytes(path, block(prints, banding(run.settings.dedup.threshold)))
    with _ranges(path) as read:
        return Block(number, source, count_entries(read))


def _block_path(number: int, run: Run) -> str:
    cut = banding(run.settings.dedup.threshold)
    return run.staged(f"{number:016x}.{cut.bands}x{cut.rows}.blocks")


def parts(run: Run, blocks: Iterable[Block]) -> Iterator[range]:
    """The parts of the band space, so many that one holds no more than a batch does."""
    entries = sum(one.entries for one in blocks)
    limit = run.settings.sizes.batch_mb * 1e6 / ENTRY_BYTES
    yield from pairs.parts(entries, run.settings.dedup.partitions, limit)


@clocked("pairs")
def meet(part: range, blocks: Iterable[Block], run: Run) -> np.ndarray:
    """The pairs that meet in one part of the band space."""
    return pairs.pairs(_entries(one, part, run) for one in blocks)


def _entries(one: Block, part: range, run: Run) -> Entries:
    with _ranges(_block_path(one.number, run)) as read:
        return read_part(one.number, read, part)


@contextmanager
def _ranges(path: str) -> Iterator[ReadRange]:
    with files.open_input(path) as file:

        def read(first: int, length: int) -> bytes:
            file.seek(first)
            return file.read(length)

        yield read


def staged_prints(name: str, run: Run) -> pa.Table:
    """The fingerprints of a staged file; local ones are mapped, not read."""
    path = run.staged(f"{name}.prints")
    return _mapped(path) if files.is_local(path) else fingerprints.read(files.read_bytes(path))


@lru_cache(maxsize=64)
def _mapped(path: str) -> pa.Table:
    """A file that holds many languages is asked for by the shard of each."""
    return fingerprints.read(path)


def opener(run: Run) -> Callable[[int], pa.Table]:
    """Gives fingerprints by the number of their file."""
    return lambda number: staged_prints(f"{number:016x}", run)

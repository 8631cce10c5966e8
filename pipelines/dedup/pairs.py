"""The pairs of documents that meet, found in one part of the band space at a time."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from pipelines.dedup.blocks import HASH_BITS, ROW_BITS, Entries
from pipelines.dedup.components import condense, edges_of

PARTITIONS = 64
MAX_PARTITIONS = 1 << 16
#: A part is not made smaller than this, or blocks would be read in crumbs.
LEAST_ENTRIES = 1 << 16


def parts(entries: int, at_least: int, limit_entries: float) -> list[range]:
    """The band space in equal parts, as ranges of hashes.

    Hashes are spread evenly, so parts hold about equally many entries.

    Args:
        entries: of all blocks together.
        at_least: so many parts in any case; 1 to 65,536.
        limit_entries: about so many entries of a part are held in memory, or 65,536.

    Raises:
        ValueError: at_least is out of range.

    >>> parts(100, 2, 1e6)
    [range(0, 35184372088832), range(35184372088832, 70368744177664)]
    >>> len(parts(10_000_000, 2, 1e6))
    10
    """
    if not 1 <= at_least <= MAX_PARTITIONS:
        raise ValueError(f"partitions is from 1 to {MAX_PARTITIONS}, got {at_least}")
    number = max(at_least, int(-(-entries // max(limit_entries, LEAST_ENTRIES))))
    cuts = [(at << HASH_BITS) // number for at in range(number + 1)]
    return [range(*ends) for ends in pairwise(cuts)]


def pairs(part: Iterable[Entries]) -> np.ndarray:
    """The pairs to verify that meet in one part of the band space.

    Documents with an equal entry are joined to the first of them, not to each
    other, so a million equal documents are a million pairs. What only documents
    of earlier releases share is left out.

    Args:
        part: the entries of all files, in any order.

    Returns:
        Edges (`components.EDGE`), condensed: the same whatever the order.
    """
    files, held, entries, origin = _joined(part)
    order, heads = _runs(entries >> np.uint64(ROW_BITS))
    first = np.minimum.reduceat(order, heads) if len(heads) else order
    fresh = np.logical_or.reduceat(~held[origin[order]], heads) if len(heads) else held[:0]
    lengths = np.diff(np.append(heads, len(order)))
    hub = np.repeat(first, lengths)
    linked = np.repeat(fresh, lengths) & (hub != order)
    hub, other = hub[linked], order[linked]
    rows = (entries & np.uint64((1 << ROW_BITS) - 1)).astype(np.uint32)
    return condense([edges_of(files[origin[hub]], rows[hub], files[origin[other]], rows[other])])


def _joined(part: Iterable[Entries]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    # In the order of the file ids, so that the first of a run is the smallest.
    read = sorted((one for one in part if len(one.values)), key=lambda one: one.file)
    files = np.array([one.file for one in read], np.uint64)
    held = np.array([one.is_held for one in read], bool)
    origin = np.repeat(np.arange(len(read), dtype=np.uint32), [len(one.values) for one in read])
    joined = np.concatenate([np.empty(0, np.uint64), *(one.values for one in read)])
    return files, held, joined, origin


def _runs(hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    # Places of the entries whose hash occurs more than once, and where among
    # them a new hash begins.
    order = np.argsort(hashes)
    ordered = hashes[order]
    same = ordered[1:] == ordered[:-1]
    shared = np.zeros(len(ordered), bool)
    shared[1:] |= same
    shared[:-1] |= same
    ordered = ordered[shared]
    heads = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
    return order[shared], heads

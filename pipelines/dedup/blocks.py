"""Where documents meet: one packed block for each part of the band space.

A document has one entry for each band of its signature, and one for the digest
of its text. Entries are spread over partitions by their hash, and all blocks of
one partition are looked at together: equal hashes are pairs to verify.

A block is bytes, little-endian: the file id (uint64), 1 if an earlier release
holds these documents, else 0 (uint64), then one uint64 an entry, 40 bits of
hash over 24 bits of row. A document of ordinary length thus weighs 176 bytes at
the threshold 0.75, whatever its text.
"""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from numba import njit, types

from pipelines.dedup.bands import Banding
from pipelines.dedup.components import condense, edges_of
from pipelines.dedup.fingerprints import Fingerprints
from pipelines.dedup.rank import is_held

PARTITIONS = 64
MAX_PARTITIONS = 1 << 16
ROW_BITS = 24
_HEADER = 2
_READ_U32_2D = types.Array(types.uint32, 2, "C", readonly=True)


def blocks(
    file_id: int, table: pa.Table, cut: Banding, partitions: int = PARTITIONS
) -> list[tuple[int, bytes]]:
    """The blocks of one file of fingerprints.

    Args:
        file_id: the number that its documents are called by.
        table: fingerprints; all new, or all of an earlier index.
        cut: how signatures are cut.
        partitions: 1 to 65,536, the same for all files of a run.

    Returns:
        Partition and block, by partition; a partition without an entry has none.

    Raises:
        ValueError: partitions out of range, or a row above 16,777,215.
    """
    if not 1 <= partitions <= MAX_PARTITIONS:
        raise ValueError(f"partitions is from 1 to {MAX_PARTITIONS}, got {partitions}")
    prints = Fingerprints.of(table)
    if (prints.rows >> np.uint32(ROW_BITS)).any():
        raise ValueError(f"a staged file has at most {1 << ROW_BITS} rows")
    hashes, rows = _hashes(prints, cut)
    places = (hashes >> np.uint64(48)) * np.uint64(partitions) >> np.uint64(16)
    entries = hashes << np.uint64(ROW_BITS) | rows
    order = np.argsort(places.astype(np.uint16), kind="stable")
    cuts = np.searchsorted(places[order], np.arange(partitions + 1))
    head = np.array([file_id, is_held(prints.ranks).all()], "<u8").tobytes()
    packed = entries[order].astype("<u8", copy=False)
    return [
        (int(place), head + packed[cuts[place] : cuts[place + 1]].tobytes())
        for place in np.flatnonzero(np.diff(cuts))
    ]


def pairs(partition: Iterable[bytes]) -> np.ndarray:
    """The pairs to verify that meet in one partition.

    Documents with an equal entry are joined to the first of them, not to each
    other, so a million equal documents are a million pairs. What only documents
    of earlier releases share is left out.

    Args:
        partition: all blocks of one partition, in any order.

    Returns:
        Edges (`components.EDGE`), condensed: the same whatever the order.
    """
    files, held, entries, origin = _joined(partition)
    hashes = entries >> np.uint64(ROW_BITS)
    order, heads = _runs(hashes)
    first = np.minimum.reduceat(order, heads) if len(heads) else order
    fresh = np.logical_or.reduceat(~held[origin[order]], heads) if len(heads) else held[:0]
    lengths = np.diff(np.append(heads, len(order)))
    hub = np.repeat(first, lengths)
    linked = np.repeat(fresh, lengths) & (hub != order)
    hub, other = hub[linked], order[linked]
    rows = (entries & np.uint64((1 << ROW_BITS) - 1)).astype(np.uint32)
    return condense([edges_of(files[origin[hub]], rows[hub], files[origin[other]], rows[other])])


def _joined(
    partition: Iterable[bytes],
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    # In the order of the file ids, so that the first of a run is the smallest.
    read = sorted((np.frombuffer(block, "<u8") for block in partition), key=lambda b: int(b[0]))
    files = np.array([block[0] for block in read], np.uint64)
    held = np.array([block[1] for block in read], bool)
    entries = [block[_HEADER:] for block in read]
    origin = np.repeat(np.arange(len(read), dtype=np.uint32), [len(part) for part in entries])
    joined = np.concatenate(entries) if entries else np.empty(0, np.uint64)
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


def _hashes(prints: Fingerprints, cut: Banding) -> tuple[np.ndarray, np.ndarray]:
    has_shingles = np.flatnonzero(np.diff(prints.starts))
    signatures = np.ascontiguousarray(prints.signatures[has_shingles])
    banded = np.empty((len(has_shingles), cut.bands), np.uint64)
    _mix(signatures, cut.rows, 0, banded)
    digests = np.ascontiguousarray(prints.digests).view("<u4")
    exact = np.empty((len(digests), 1), np.uint64)
    _mix(digests, digests.shape[1], cut.bands, exact)
    rows = prints.rows.astype(np.uint64)
    every_row = np.concatenate([np.repeat(rows[has_shingles], cut.bands), rows])
    return np.concatenate([banded.ravel(), exact.ravel()]), every_row


@njit(
    types.void(_READ_U32_2D, types.int64, types.int64, types.uint64[:, ::1]),
    cache=True,
    nogil=True,
)
def _mix(values: np.ndarray, width: int, number: int, out: np.ndarray) -> None:
    # out[i, band] is a hash of the band's number (counted from `number`) and of
    # its `width` values; constants of SplitMix64 (Steele, Lea and Flood 2014).
    for i in range(out.shape[0]):
        for band in range(out.shape[1]):
            mixed = np.uint64(number + band + 1) * np.uint64(0x9E3779B97F4A7C15)
            for k in range(band * width, (band + 1) * width):
                mixed = (mixed ^ np.uint64(values[i, k])) * np.uint64(0xBF58476D1CE4E5B9)
                mixed ^= mixed >> np.uint64(29)
            mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            out[i, band] = mixed ^ (mixed >> np.uint64(31))

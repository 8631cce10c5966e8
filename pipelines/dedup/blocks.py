"""What lets documents meet: a block of hashes for each staged file, read part by part.

A document has one entry for each band of its signature, one for the digest
of its text, and one for its address where addresses are compared. The entries of a
staged file are one block, ascending, so that one part of the band space is one range
of every block, and a worker that looks for pairs in that part reads no more than that.

A block is bytes, little-endian uint64: how many entries there are; 1 if an
earlier release holds the documents, else 0; a table of where the entries of each
slot of the band space begin; then the entries, 46 bits of hash over 18 bits of row.
A document of ordinary length weighs 176 bytes at the threshold 0.75, whatever its
text, and the table at most a thirtieth of that.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numba import njit, types

from pipelines.dedup.bands import Banding
from pipelines.dedup.fingerprints import Fingerprints
from pipelines.dedup.rank import is_held

ROW_BITS = 18
HASH_BITS = 64 - ROW_BITS
_WORD_BYTES = 8
_HEADER = 2
#: Entries in a slot on average. Whole slots are read, so a few entries too many.
_SLOT_ENTRIES = 64
_READ_U32_2D = types.Array(types.uint32, 2, "C", readonly=True)

#: Gives some bytes of a block: where they begin, how many.
ReadRange = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one file in one part of the band space.

    Args:
        file: the number that its documents are called by.
        is_held: an earlier release holds them.
        values: uint64, ascending.
    """

    file: int
    is_held: bool
    values: np.ndarray


def block(table: pa.Table, cut: Banding) -> bytes:
    """The block of one file of fingerprints.

    Args:
        table: fingerprints; all new, or all of an earlier index.
        cut: how signatures are cut.

    Raises:
        ValueError: a row above 262,143.
    """
    prints = Fingerprints.of(table)
    if (prints.rows >> np.uint32(ROW_BITS)).any():
        raise ValueError(f"a staged file has at most {1 << ROW_BITS:,} rows")
    hashes, rows = _hashes(prints, cut)
    entries = hashes >> np.uint64(ROW_BITS) << np.uint64(ROW_BITS) | rows
    entries.sort()
    slots = np.arange(_slots(len(entries)) + 1, dtype=np.uint64)
    begins = np.searchsorted(entries >> np.uint64(64 - _slot_bits(len(entries))), slots)
    is_old = len(prints.ranks) > 0 and is_held(prints.ranks).all()
    head = np.array([len(entries), is_old], np.uint64)
    words = np.concatenate([head, begins.astype(np.uint64), entries])
    return words.astype("<u8", copy=False).tobytes()


def count_entries(read: ReadRange) -> int:
    """How many entries a block has."""
    return int(_words(read, 0, 1)[0])


def read_part(file: int, read: ReadRange, part: range) -> Entries:
    """The entries of one block in one part of the band space.

    Args:
        file: the number that its documents are called by.
        read: gives bytes of the block; it is asked for three short ranges.
        part: a range of hashes, see `pairs.parts`.
    """
    entries, held = (int(word) for word in _words(read, 0, _HEADER))
    shift = HASH_BITS - _slot_bits(entries)
    low, high = part.start >> shift, ((part.stop - 1) >> shift) + 1
    begins = _words(read, _HEADER + low, high - low + 1)
    first = _HEADER + _slots(entries) + 1 + int(begins[0])
    values = _words(read, first, int(begins[-1] - begins[0]))
    ends = np.array([part.start, part.stop], np.uint64)
    start, stop = np.searchsorted(values >> np.uint64(ROW_BITS), ends)
    return Entries(file, bool(held), values[start:stop])


def _words(read: ReadRange, first: int, count: int) -> np.ndarray:
    data = read(_WORD_BYTES * first, _WORD_BYTES * count)
    return np.frombuffer(data, "<u8").astype(np.uint64, copy=False)


def _slots(entries: int) -> int:
    return 1 << _slot_bits(entries)


def _slot_bits(entries: int) -> int:
    # At least one: a number cannot be shifted by all of its 64 bits.
    return max(1, (entries // _SLOT_ENTRIES).bit_length())


def _hashes(prints: Fingerprints, cut: Banding) -> tuple[np.ndarray, np.ndarray]:
    has_shingles = np.flatnonzero(np.diff(prints.starts))
    signatures = np.ascontiguousarray(prints.signatures[has_shingles])
    banded = np.empty((len(has_shingles), cut.bands), np.uint64)
    _mix(signatures, cut.rows, 0, banded)
    digests = np.ascontiguousarray(prints.digests).view("<u4")
    exact = np.empty((len(digests), 1), np.uint64)
    _mix(digests, digests.shape[1], cut.bands, exact)
    rows = prints.rows.astype(np.uint64)
    is_placed = prints.addresses.any(axis=1)
    addresses = np.ascontiguousarray(prints.addresses[is_placed]).view("<u4")
    placed = np.empty((len(addresses), 1), np.uint64)
    _mix(addresses, addresses.shape[1], cut.bands + 1, placed)
    every_row = np.concatenate([np.repeat(rows[has_shingles], cut.bands), rows, rows[is_placed]])
    return np.concatenate([banded.ravel(), exact.ravel(), placed.ravel()]), every_row


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

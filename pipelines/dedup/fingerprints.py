"""What is stored of a staged file so that its duplicates can be found without its text.

One Arrow IPC file for each staged file, uncompressed, so that a reader maps it
into memory and touches only the rows that it compares. One row per document
that is still open when the batch is staged, ordered by its row there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import polars as pl
import pyarrow as pa

from pipelines.dedup.distinct import distinct
from pipelines.dedup.ragged import gather, offsets_of
from pipelines.dedup.signature import PERMUTATIONS, minhash

DIGEST_BYTES = 32
SCHEMA = pa.schema(
    [
        pa.field("row", pa.uint32(), nullable=False),
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("rank", pa.uint64(), nullable=False),
        pa.field("text_sha256", pa.binary(DIGEST_BYTES), nullable=False),
        # Little-endian uint32 x 128; null for a text too short for a shingle.
        pa.field("signature", pa.binary(4 * PERMUTATIONS)),
        # Ascending, each once.
        pa.field(
            "shingles", pa.list_(pa.field("item", pa.uint32(), nullable=False)), nullable=False
        ),
    ]
)

#: A further column, where a run compares addresses; zeros for a document without one.
ADDRESS_BYTES = 16
ADDRESS = pa.field("address", pa.binary(ADDRESS_BYTES), nullable=False)

#: Gives the fingerprints of a staged file or of a part of an earlier index.
OpenFingerprints = Callable[[int], pa.Table]


def file_id(name: str) -> int:
    """The number of a staged file, from the 16 hexadecimal characters of its name.

    Raises:
        ValueError: the name is something else.

    >>> file_id("00000000000000ff")
    255
    """
    if len(name) != 16:  # noqa: PLR2004  # 64 bits
        raise ValueError("a staged file is named by 16 hexadecimal characters")
    return int(name, 16)


def build(documents: pl.DataFrame, hashes: np.ndarray, starts: np.ndarray) -> pa.Table:
    """The fingerprints of a batch.

    Args:
        documents: one row per document of the batch: `row` (UInt32, its place
            in the staged file), `live` (Boolean; a document already decided is
            left out), `doc_id` (String), `rank` (UInt64, see `rank.rank`),
            `text_sha256` (Binary of 32 bytes); and `address` (Binary of 16 bytes or null)
            where addresses are compared.
        hashes: uint32, shingle hashes of all documents of the batch, in any order; a
            table holds those of each document ascending and each once.
        starts: int64, one more than there are documents.

    Returns:
        A table of `SCHEMA`, ordered by row; no live document: no rows.
    """
    chosen = (
        documents.with_row_index("at")
        .filter("live")
        .sort("row")
        .select("at", "row", "doc_id", "rank", "text_sha256", pl.col("^address$"))
    )
    values, offsets = distinct(*gather(hashes, starts, chosen["at"].to_numpy()))
    columns = [
        pa.array(chosen["row"].to_numpy(), pa.uint32()),
        chosen["doc_id"].to_arrow().cast(pa.string()),
        pa.array(chosen["rank"].to_numpy(), pa.uint64()),
        chosen["text_sha256"].to_arrow().cast(pa.binary(DIGEST_BYTES)),
        signature_column(minhash(values, offsets), np.diff(offsets) > 0),
        shingle_column(values, offsets),
    ]
    table = pa.Table.from_arrays(columns, schema=SCHEMA)
    if "address" not in chosen.columns:
        return table
    known = chosen["address"].fill_null(bytes(ADDRESS_BYTES)).to_arrow()
    return table.append_column(ADDRESS, known.cast(ADDRESS.type))


def signature_column(signatures: np.ndarray, present: np.ndarray) -> pa.Array:
    """Signatures as bytes; null where the document has none."""
    kept = pa.py_buffer(np.packbits(present, bitorder="little").tobytes())
    return _fixed_column("signature", np.ascontiguousarray(signatures, "<u4"), kept)


def digest_column(digests: np.ndarray) -> pa.Array:
    """Digests of texts as bytes."""
    return _fixed_column("text_sha256", np.ascontiguousarray(digests), None)


def shingle_column(values: np.ndarray, offsets: np.ndarray) -> pa.Array:
    """Shingle hashes as one list a document."""
    return pa.ListArray.from_arrays(
        pa.array(offsets, pa.int32()), pa.array(values, pa.uint32()), SCHEMA.field("shingles").type
    )


def write(table: pa.Table, file: BinaryIO) -> None:
    """Writes fingerprints to an open binary file; the same table gives the same bytes."""
    with pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table.combine_chunks())


def read(source: str | bytes) -> pa.Table:
    """Fingerprints from a local path, mapped into memory, or from the bytes of a file."""
    opened = pa.memory_map(source) if isinstance(source, str) else pa.BufferReader(source)
    return pa.ipc.open_file(opened).read_all()


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The columns of a fingerprint table as arrays, without a copy.

    Args:
        rows: uint32, ascending.
        doc_ids: Arrow strings.
        ranks: uint64.
        digests: uint8, documents x 32.
        signatures: uint32, documents x 128; undefined where there is no shingle.
        shingles: uint32, of all documents; of each ascending and each once.
        starts: int64, one more than there are documents.
        addresses: uint64, documents x 2; zeros where none is known.
    """

    rows: np.ndarray
    doc_ids: pa.StringArray
    ranks: np.ndarray
    digests: np.ndarray
    signatures: np.ndarray
    shingles: np.ndarray
    starts: np.ndarray
    addresses: np.ndarray

    @classmethod
    def of(cls, table: pa.Table) -> "Fingerprints":
        """The arrays of a table of `SCHEMA`."""
        column = {name: _one_chunk(table[name]) for name in SCHEMA.names}
        lists = column["shingles"]
        return cls(
            rows=column["row"].to_numpy(),
            doc_ids=column["doc_id"],
            ranks=column["rank"].to_numpy(),
            digests=_bytes_of(column["text_sha256"]),
            signatures=_bytes_of(column["signature"]).view("<u4"),
            shingles=lists.values.to_numpy(),
            starts=lists.offsets.to_numpy().astype(np.int64),
            addresses=_addresses(table),
        )

    def places(self, rows: np.ndarray) -> np.ndarray:
        """Where these rows of the staged file stand here.

        Raises:
            ValueError: a row has no fingerprint here.
        """
        found = np.searchsorted(self.rows, rows)
        if (found >= len(self.rows)).any() or (self.rows[found] != rows).any():
            raise ValueError("a document that should be compared has no fingerprint in its file")
        return found

    def take(self, rows: np.ndarray) -> "Fingerprints":
        """The fingerprints of these rows of the staged file, in this order.

        Raises:
            ValueError: a row has no fingerprint here.
        """
        return self.pick(self.places(rows))

    def pick(self, places: np.ndarray) -> "Fingerprints":
        """The fingerprints at these places, in this order."""
        shingles, starts = gather(self.shingles, self.starts, places)
        return Fingerprints(
            self.rows[places],
            self.doc_ids.take(pa.array(places)),
            self.ranks[places],
            self.digests[places],
            self.signatures[places],
            shingles,
            starts,
            self.addresses[places],
        )


def concatenate(parts: list[Fingerprints]) -> Fingerprints:
    """Several fingerprints as one, in this order; rows are then not ascending.

    Args:
        parts: at least one, each as `take` or `pick` made it.
    """
    lengths = np.concatenate([np.diff(part.starts) for part in parts])
    return Fingerprints(
        np.concatenate([part.rows for part in parts]),
        pa.concat_arrays([part.doc_ids for part in parts]),
        np.concatenate([part.ranks for part in parts]),
        np.concatenate([part.digests for part in parts]),
        np.concatenate([part.signatures for part in parts]),
        np.concatenate([part.shingles for part in parts]),
        offsets_of(lengths),
        np.concatenate([part.addresses for part in parts]),
    )


def _addresses(table: pa.Table) -> np.ndarray:
    if ADDRESS.name not in table.column_names:
        return np.zeros((table.num_rows, 2), np.uint64)
    return _bytes_of(_one_chunk(table[ADDRESS.name])).view("<u8")


def _fixed_column(name: str, values: np.ndarray, kept: pa.Buffer | None) -> pa.Array:
    buffers = [kept, pa.py_buffer(values.tobytes())]
    return pa.FixedSizeBinaryArray.from_buffers(SCHEMA.field(name).type, len(values), buffers)


def _one_chunk(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _bytes_of(column: pa.Array) -> np.ndarray:
    width = column.type.byte_width
    if not len(column):
        return np.empty((0, width), np.uint8)
    data = np.frombuffer(column.buffers()[1], np.uint8)
    return data.reshape(-1, width)[column.offset : column.offset + len(column)]

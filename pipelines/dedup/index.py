"""The fingerprints of what a release holds, for the runs after it.

Written beside the release as Parquet, a part for each released shard. A later
run takes every row group of it as if it were a file of fingerprints whose
documents are kept already: a new document that is similar to one of them is
removed, and nothing of the old text is read.

The shingles of a document stand ascending and each once; 32-bit hashes of five
words say little, but to one who has a text they tell whether the release holds
it, so the index is as confidential as the release.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.dedup.fingerprints import (
    SCHEMA,
    Fingerprints,
    concatenate,
    digest_column,
    shingle_column,
    signature_column,
)
from pipelines.dedup.rank import held
from schemas.errors import InputError

#: Where the parts lie in a release.
FOLDER = "duplicates/index"
#: Rows that a later run holds in memory at a time.
GROUP_DOCUMENTS = 8192
INDEX_SCHEMA = SCHEMA.remove(SCHEMA.get_field_index("row"))
#: Hashes cannot be compressed: beyond the deltas of the shingles zstd gains 2 % for 40 % more
#: time (42,000 documents: 57.7 MB in 0.23 CPU seconds, so 59.1 MB in 0.16; `pq.write_table` on
#: the index of the run of `make bench`, 2026-11-25).
_COMPRESSION = {
    "doc_id": "zstd",
    "rank": "zstd",
    "text_sha256": "none",
    "signature": "none",
    "shingles.list.element": "none",
}
_VERSION = b"1"
_VERSION_KEY, _DIGEST_KEY = b"endonym.index_version", b"endonym.index_digest"


def part(kept: Iterable[tuple[pa.Table, np.ndarray]]) -> pa.Table:
    """The index of some released documents.

    Args:
        kept: fingerprints of a staged file, and the rows of it that are released.

    Returns:
        A table of `INDEX_SCHEMA`, by `doc_id`; the same whatever files the
        documents came from. Nothing kept: no rows.
    """
    parts = [Fingerprints.of(table).take(rows) for table, rows in kept if len(rows)]
    if not parts:
        return INDEX_SCHEMA.empty_table()
    prints = concatenate(parts)
    prints = prints.pick(pc.sort_indices(prints.doc_ids).to_numpy())
    columns = [
        prints.doc_ids,
        pa.array(prints.ranks),
        digest_column(prints.digests),
        signature_column(prints.signatures, np.diff(prints.starts) > 0),
        shingle_column(prints.shingles, prints.starts),
    ]
    return pa.Table.from_arrays(columns, schema=INDEX_SCHEMA)


def write(table: pa.Table, file: BinaryIO) -> None:
    """Writes a part of the index; the same table gives the same bytes.

    No statistics are written: the least and the greatest digest of a column
    would stand readable in the footer.
    """
    marks = {_VERSION_KEY: _VERSION, _DIGEST_KEY: _digest(table)}
    pq.write_table(
        table.replace_schema_metadata(marks),
        file,
        compression=_COMPRESSION,
        use_dictionary=False,
        write_statistics=False,
        row_group_size=GROUP_DOCUMENTS,
        column_encoding={"shingles.list.element": "DELTA_BINARY_PACKED"},
    )


def paths(listing: Callable[[str, str], list[str]], release: str) -> list[str]:
    """The parts of a release's index.

    Args:
        listing: the files of a folder whose names end so, sorted.
        release: folder or URI of the release.

    Raises:
        InputError: the release has none.

    >>> paths(lambda folder, suffix: [f"{folder}/part-00000{suffix}"], "out/demo/1/")
    ['out/demo/1/duplicates/index/part-00000.parquet']
    """
    found = listing(f"{release.rstrip('/')}/{FOLDER}", ".parquet")
    if not found:
        raise InputError(
            f"{release}: there is no {FOLDER}/ in it; name the folder of a release and version"
        )
    return found


def file_ids(source: str | BinaryIO, name: str) -> list[int]:
    """The numbers that the row groups of a part are called by, in their order.

    They follow from what the part holds, not from where it lies.

    Args:
        source: path or open file.
        name: how a message calls it.

    Raises:
        InputError: it is no index of this version.
    """
    opened, marks = _open(source, name)
    names = (b"%s:%d" % (marks[_DIGEST_KEY], group) for group in range(opened.num_row_groups))
    return [int.from_bytes(hashlib.sha256(one).digest()[:8], "big") for one in names]


def read(source: str | BinaryIO, name: str, group: int) -> pa.Table:
    """The fingerprints of one row group, ranked before all new documents.

    Args:
        source: path or open file.
        name: how a message calls it.
        group: number of the row group, from 0.

    Returns:
        A table of `fingerprints.SCHEMA`; `row` counts from 0.

    Raises:
        InputError: it is no index of this version.
    """
    with _explained(name):
        table = _open(source, name)[0].read_row_group(group)
    rows = pa.array(np.arange(table.num_rows, dtype=np.uint32))
    ranks = pa.array(held(table["rank"].to_numpy()))
    table = table.set_column(table.schema.get_field_index("rank"), SCHEMA.field("rank"), ranks)
    return table.add_column(0, SCHEMA.field("row"), rows).cast(SCHEMA)


def _open(source: str | BinaryIO, name: str) -> tuple[pq.ParquetFile, dict[bytes, bytes]]:
    with _explained(name):
        opened = pq.ParquetFile(source)
    marks = opened.schema_arrow.metadata or {}
    if marks.get(_VERSION_KEY) != _VERSION or _DIGEST_KEY not in marks:
        raise InputError(
            f"{name}: this is no index of duplicates of version {_VERSION.decode()};"
            " curate that release again, or take it out of `against`"
        )
    return opened, marks


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(
            f"{name}: this is no readable index of duplicates;"
            " restore it from its release, or take it out of `against`"
        ) from error


def _digest(table: pa.Table) -> bytes:
    ids = pl.Series(table["doc_id"]).str.join("\n").item()
    texts = table["text_sha256"].combine_chunks()
    digest = hashlib.sha256(ids.encode())
    digest.update(pl.Series(texts).bin.encode("hex").str.join("\n").item().encode())
    return digest.hexdigest().encode()

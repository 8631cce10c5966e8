"""What a run writes for the index: rows per batch, where the values are known, then one file.

The values never leave the scrub step: only keyed digests do.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import polars as pl
import pyarrow.parquet as pq

from governance.keys import Keyring
from governance.pii.territories import territories
from governance.subjects import ledger
from governance.subjects.forms import forms

#: Rows of an index that are sorted at once: about 250 MB.
ROWS_AT_ONCE = 2_000_000


def references(  # a batch and what is known of it
    text: pl.Series,
    spans: pl.DataFrame,
    language: pl.Series,
    country: pl.Series,
    doc_id: pl.Series,
    keyring: Keyring,
) -> pl.DataFrame:
    """The rows of the index for the findings in a batch of texts.

    Args:
        text: as the spans were found in it, before masking.
        spans: row, start, end, type, as `governance.pii.find` gives them.
        language: tag or null, one a text.
        country: ISO 3166-1 alpha-2, "INT" or null, one a text.
        doc_id: one a text.
        keyring: of the programme.

    Returns:
        digest, type, doc_id; each once, in order. No spans: no rows.
    """
    texts = dict(zip(hit := spans["row"].unique().to_list(), text.gather(hit), strict=True))
    tags, lands, names = language.to_list(), country.to_list(), doc_id.to_list()
    written, kinds, where = [], [], []
    for row, start, end, kind in spans.iter_rows():
        for form in forms(kind, texts[row][start:end], territories(tags[row], lands[row])):
            written.append(form.encode())
            kinds.append(kind)
            where.append(names[row])
    digests = [bytes.fromhex(one) for one in keyring.digests(ledger.PURPOSE, written)]
    return settled(pl.DataFrame([digests, kinds, where], schema=ledger.ROWS))


def settled(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of an index in order, each once."""
    return rows.unique().sort("digest", "type", "doc_id")


def write_part(rows: pl.DataFrame, file: BinaryIO) -> None:
    """The rows of a batch as they lie among the staged batches."""
    pq.write_table(rows.to_arrow().cast(ledger.SCHEMA), file, compression="zstd")


def collect(path: Path, parts: Iterable[Path], key_id: str) -> None:
    """Writes the index of a release from the rows of its batches.

    Args:
        path: `subjects/<version>.parquet` in the state of the corpus.
        parts: files of `write_part`.
        key_id: of the key that made the digests.
    """
    ledger.write(path, _ranges(sorted(parts)), key_id)


def _ranges(parts: list[Path]) -> Iterator[pl.DataFrame]:
    """All rows, in ranges of the first byte of their digest that fit into memory."""
    rows = sum(int(pq.read_metadata(part).num_rows) for part in parts)
    ranges = min(256, rows // ROWS_AT_ONCE + 1)
    for place in range(ranges):
        low, high = 256 * place // ranges, 256 * (place + 1) // ranges
        held = [
            _between(pl.read_parquet(part, columns=list(ledger.ROWS)), low, high) for part in parts
        ]
        yield settled(pl.concat([pl.DataFrame(schema=ledger.ROWS), *held]))


def _between(rows: pl.DataFrame, low: int, high: int) -> pl.DataFrame:
    """The rows whose digest's first byte lies in a range."""
    digest = pl.col("digest").cast(pl.Binary)
    wanted = digest >= pl.lit(bytes([low]))
    if high < 256:  # noqa: PLR2004  # a byte
        wanted &= digest < pl.lit(bytes([high]))
    return rows.with_columns(digest).filter(wanted)

"""The index of one release on disk: digest, type, document; in order, in one Parquet file.

It lies in the state of the corpus, outside every release, readable by its owner only. The
footer says by which key and which normaliser it was made.
"""

import json
import os
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from governance.corpus import Corpus
from governance.subjects.forms import NORMALISER
from schemas.errors import InputError

PURPOSE = "subject"
#: The footer's key for what the index was made with.
_ABOUT = b"endonym.subjects"
SCHEMA = pa.schema(
    [
        ("digest", pa.binary(32)),
        ("type", pa.large_string()),
        ("doc_id", pa.large_string()),
    ]
)
ROWS = {"digest": pl.Binary, "type": pl.String, "doc_id": pl.String}


def folder(corpus: Corpus) -> Path:
    """Where the indexes of a corpus lie."""
    return corpus.state / "subjects"


def indexes(corpus: Corpus) -> dict[str, Path]:
    """The indexes that there are, by the version of the release."""
    return {path.stem: path for path in sorted(folder(corpus).glob("*.parquet"))}


def about(path: Path) -> dict[str, Any]:
    """What an index was made with: `key_id`, `normaliser`.

    Raises:
        InputError: it is no index.
    """
    try:
        found = json.loads((pq.read_schema(path).metadata or {})[_ABOUT])
    except (OSError, KeyError, ValueError, pa.ArrowException):
        raise InputError(
            f"{path}: is no subject index, or is damaged; curate the release again with"
            " `privacy: {subject_index: true}` in the policy"
        ) from None
    return dict(found)


def write(path: Path, parts: Iterable[pl.DataFrame], key_id: str) -> None:
    """Writes an index, whole or not at all, readable by its owner only.

    Args:
        path: `subjects/<version>.parquet` in the state of the corpus.
        parts: rows of `ROWS`, ordered by digest, type and document, without repeats.
        key_id: of the key that the digests were made with.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    made_with = json.dumps({"key_id": key_id, "normaliser": NORMALISER}, sort_keys=True)
    schema = SCHEMA.with_metadata({_ABOUT: made_with.encode()})
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with (
            os.fdopen(descriptor, "wb") as file,
            pq.ParquetWriter(file, schema, compression="zstd", write_statistics=["digest"]) as out,
        ):
            for part in parts:
                out.write_table(part.select(list(ROWS)).to_arrow().cast(schema))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def rows(path: Path) -> pl.DataFrame:
    """A whole index. For one that does not fit into memory use `filtered`."""
    return pl.read_parquet(path, columns=list(ROWS))


def forget(corpus: Corpus, doc_ids: Collection[str]) -> int:
    """Takes documents out of every index of the corpus, when they are taken down.

    Args:
        corpus: whose indexes.
        doc_ids: the documents; those in no index are passed over.

    Returns:
        How many rows went. An index that has none of them is not written again.

    Raises:
        InputError: an index cannot be read.
    """
    gone = 0
    names = pl.Series("doc_id", sorted(doc_ids), dtype=pl.String)
    for path in indexes(corpus).values():
        key_id = str(about(path)["key_id"])
        whole = rows(path)
        kept = whole.filter(~pl.col("doc_id").is_in(names.implode()))
        if kept.height < whole.height:
            write(path, [kept], key_id)
            gone += whole.height - kept.height
    return gone

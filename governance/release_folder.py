"""A release on disk: its records, its shards, and their columns without the text.

Everything that judges or describes a release looks at it through this module, so a
release of thousands of files is read column by column, and text only row by row.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas.corpus import FOLDER_KEY, released_schema
from schemas.decision import QUARANTINED, RELEASED, REMOVED
from schemas.errors import InputError

#: The folders that hold documents, and the outcome of every document in them.
FOLDERS = {"documents": RELEASED, "removed": REMOVED, "quarantine": QUARANTINED}
CLUSTERS = "duplicates/clusters.parquet"
#: Which documents hold passages of which evaluation set; only of runs that name some.
OVERLAPS = "duplicates/overlaps.parquet"

#: Rows of narrow columns that are held at once: about 8 kB each while they are validated
#: (measured 2026-11-23). A shard is cut by its text, so one of short documents has millions.
ROWS_AT_ONCE = 5_000
#: Flat name of a column -> where it lies in a shard.
COLUMNS = {
    "doc_id": "doc_id",
    "source": "source.id",
    "uri": "source.uri",
    "native_id": "source.native_id",
    "url": "source.url",
    "title": "source.title",
    "date": "source.date",
    "offset": "source.offset",
    "jurisdiction": "source.jurisdiction",
    "declared": "rights.declared",
    "concluded": "rights.concluded",
    "basis": "rights.basis",
    "tag": "language.tag",
    "script": "language.script",
    "score": "language.score",
    "second": "language.second",
    "second_score": "language.second_score",
    "share": "language.share",
    "model": "language.model",
    "raw_score": "language.raw_score",
    "undetermined": "language.undetermined",
    "mixed": "language.mixed",
    "second_tag": "language.second_model.tag",
    "agrees": "language.second_model.agrees",
    "privacy": "privacy",
    "quality": "quality",
    "cluster_id": "duplicates.cluster_id",
    "cluster_size": "duplicates.cluster_size",
    "is_representative": "duplicates.is_representative",
    "raw_hmac": "provenance.raw_hmac",
    "text_sha256": "provenance.text_sha256",
    "encoding": "provenance.encoding",
    "steps": "provenance.steps",
    "run_id": "provenance.run_id",
    "settings_digest": "provenance.settings_digest",
    "outcome": "decision.outcome",
    "stage": "decision.stage",
    "rule": "decision.rule",
    "measure": "decision.measure",
    "limit": "decision.limit",
    "kept_doc_id": "decision.kept_doc_id",
    "similarity": "decision.similarity",
}


@dataclass(frozen=True)
class Shard:
    """One Parquet file with documents.

    Args:
        path: from the release folder, with `/`.
        folder: `documents`, `removed` or `quarantine`.
        tag: the language that the folder names, or None.
        rows: documents in it, by its footer.
    """

    path: str
    folder: str
    tag: str | None
    rows: int

    @property
    def outcome(self) -> str:
        """What must have become of every document in this file."""
        return FOLDERS[self.folder]


@dataclass(frozen=True)
class Release:
    """A release folder as it was found.

    Args:
        folder: the folder.
        run: what `run.json` says.
        shards: the files with documents that can be used, ordered by path.
        unreadable: paths of those that cannot be opened or lack a column of `COLUMNS`.
    """

    folder: Path
    run: dict[str, Any]
    shards: tuple[Shard, ...]
    unreadable: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name and version, as people say them."""
        return f"{self.run.get('name', '?')} {self.run.get('version', '?')}"

    @property
    def manifest_root(self) -> str | None:
        """The root digest that `manifest.json` states, or None when there is none."""
        root = read_json(self.folder / "manifest.json").get("root")
        return root if isinstance(root, str) else None


def open_release(folder: Path) -> Release:
    """Opens a release without reading any document.

    Raises:
        InputError: the folder is missing or holds no readable `run.json`.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: there is no such folder; give the folder of a release")
    run = read_json(folder / "run.json")
    if not run:
        raise InputError(f"{folder}: no readable run.json here, so this is no release")
    found, unreadable = [], []
    for name in FOLDERS:
        for path in sorted((folder / name).rglob("*.parquet")):
            relative = path.relative_to(folder).as_posix()
            rows = _rows(path)
            if rows is None:
                unreadable.append(relative)
            else:
                found.append(Shard(relative, name, _tag(relative), rows))
    return Release(folder, run, tuple(found), tuple(unreadable))


def read_json(path: Path) -> dict[str, Any]:
    """The mapping in a JSON file; an empty one when it is missing or damaged."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def read_parts(release: Release, shard: Shard, names: Iterable[str]) -> Iterator[pl.DataFrame]:
    """Some columns of a shard, flat, by the names of `COLUMNS`, in parts of bounded size.

    Other columns are not read. A shard without documents has no parts.

    Raises:
        pyarrow.ArrowException: the file is damaged.
    """
    names = list(names)
    with pq.ParquetFile(release.folder / shard.path) as file:
        paths = [COLUMNS[name] for name in names]
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=paths):
            table = pa.Table.from_batches([batch])
            yield pl.DataFrame({name: pl.from_arrow(_leaf(table, COLUMNS[name])) for name in names})


def read_column(release: Release, shard: Shard, name: str) -> pl.Series:
    """One column of a shard."""
    parts = [part[name] for part in read_parts(release, shard, [name])]
    return pl.concat(parts) if parts else pl.Series(name, [])


def read_rows(
    release: Release, shard: Shard, columns: list[str], *, size: int
) -> Iterator[pl.DataFrame]:
    """The shard from its first row, `size` rows at a time: the only way that text is read.

    Pages are decoded as they are asked for, so the first rows of a large file are cheap.
    """
    with pq.ParquetFile(release.folder / shard.path, buffer_size=1 << 18) as file:
        for batch in file.iter_batches(batch_size=size, columns=columns):
            yield pl.DataFrame(pl.from_arrow(pa.Table.from_batches([batch])))


def _leaf(table: pa.Table, dotted: str) -> pa.ChunkedArray:
    top, *inner = dotted.split(".")
    column = table.column(top)
    return pc.struct_field(column, inner) if inner else column


def _rows(path: Path) -> int | None:
    try:
        with pq.ParquetFile(path) as file:
            is_usable = _leaf_types(file.schema_arrow) == _expected_types()
            return int(file.metadata.num_rows) if is_usable else None
    except (OSError, KeyError, pa.ArrowException):
        return None


@cache
def _expected_types() -> list[pa.DataType]:
    return _leaf_types(released_schema())


def _leaf_types(schema: pa.Schema) -> list[pa.DataType]:
    """The types of `COLUMNS`, without those of the measures, which differ by version."""
    found = []
    for dotted in COLUMNS.values():
        top, *inner = dotted.split(".")
        kind = schema.field(top).type
        for name in inner:
            kind = kind.field(name).type
        found.append("quality" if top == "quality" else kind)
    return found


def _tag(relative: str) -> str | None:
    sign = f"{FOLDER_KEY}="
    named = [part for part in relative.split("/") if part.startswith(sign)]
    return named[0].removeprefix(sign) if named else None

"""Files of a release written again: a shard, its part of the index, lists of documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from governance.release_folder import Shard
from pipelines import files
from pipelines.dedup import index
from pipelines.parquet import ZSTD_LEVEL, Written, _Counting, write_documents
from pipelines.takedown.fingerprinted import index_part
from pipelines.takedown.promote import Promotion, moved_rows
from pipelines.tally import Tally, tally
from schemas.corpus import to_arrow
from schemas.decision import RELEASED, REMOVED


@dataclass(frozen=True)
class Changes:
    """What becomes of the documents of a release.

    Args:
        ids: those that go.
        promotion: what takes their place; None when nothing does.
        targets: for each released shard that gains documents, their rows by doc_id.
    """

    ids: pl.Series
    promotion: Promotion | None
    targets: dict[str, pl.DataFrame]

    def leaving(self, outcome: str) -> pl.Series:
        """The documents that are not among those of an outcome any more."""
        if self.promotion is None or outcome != REMOVED:
            return self.ids
        return pl.concat([self.ids, self.promotion.rows["doc_id"]])

    def touched(self, outcome: str) -> pl.Series:
        """The documents for which a shard must be written again, if it holds one."""
        if self.promotion is None or outcome != REMOVED:
            return self.ids
        return pl.concat([self.leaving(outcome), self.promotion.moved["doc_id"]])


@dataclass
class Rewritten:
    """A shard that was written again.

    Args:
        gone: counts of what was taken down from it.
        entry: what `run.json` says of it; None when no document is left.
        files: paths of what was written or left out.
    """

    gone: Tally
    entry: dict[str, Any] | None
    files: list[str]


def rewrite(old: Path, draft: Path, shard: Shard, changes: Changes) -> Rewritten:
    """Writes a shard and its part of the index again; no documents: no file."""
    work = _Rows(shard, changes)
    with pq.ParquetFile(old / shard.path) as file:
        written = write_like(file, str(draft / shard.path), work.groups(file))
    rest = pl.concat(work.kept_ids)
    entry = _entry(shard.path, shard.outcome, shard.tag, rest, work.text_bytes, written)
    told = Rewritten(tally(pl.concat(work.gone)), entry, [shard.path])
    part = index_part(shard.path)
    if shard.outcome == RELEASED and (old / part).is_file():
        _index(old / part, draft / part, changes, shard.path)
        told.files.append(part)
    return told


class _Rows:
    """The rows of a shard as they pass by, less what leaves and with what comes."""

    def __init__(self, shard: Shard, changes: Changes) -> None:
        self._changes = changes
        self._leaving = changes.leaving(shard.outcome)
        self._coming = changes.targets.get(shard.path)
        self.gone: list[pl.DataFrame] = []
        self.kept_ids: list[pl.Series] = []
        self.text_bytes = 0

    def groups(self, file: pq.ParquetFile) -> Iterator[pa.Table]:
        for number in range(file.num_row_groups):
            table = file.read_row_group(number)
            names = pl.Series(pl.from_arrow(table["doc_id"])).cast(pl.String)
            down = names.is_in(self._changes.ids.implode())
            self.gone.append(pl.DataFrame(pl.from_arrow(table.filter(down.to_arrow()))))
            last = None if number + 1 == file.num_row_groups else str(names[-1])
            stays = table.filter((~names.is_in(self._leaving.implode())).to_arrow())
            kept = self._with_coming(stays, last)
            if self._changes.promotion is not None:
                kept = moved_rows(kept, self._changes.promotion.moved)
            self.kept_ids.append(pl.Series(pl.from_arrow(kept["doc_id"])).cast(pl.String))
            size = pl.Series(pl.from_arrow(kept["text"])).str.len_bytes().sum()
            self.text_bytes += int(size or 0)
            if kept.num_rows:
                yield kept

    def _with_coming(self, table: pa.Table, last: str | None) -> pa.Table:
        """The rows with those that belong among them, up to the last name of the group."""
        if self._coming is None:
            return table
        here = pl.lit(value=True) if last is None else pl.col("doc_id") <= last
        come, self._coming = self._coming.filter(here), self._coming.filter(~here)
        if come.is_empty():
            return table
        both = pa.concat_tables([table, to_arrow(come).cast(table.schema)])
        return both.sort_by("doc_id").combine_chunks().cast(table.schema)


def write_new(draft: Path, path: str, rows: pl.DataFrame, prints: pa.Table | None) -> Rewritten:
    """Writes a shard for a language that had none, of documents that were promoted."""
    written = write_documents(str(draft / path), [rows])
    tag = path.split("/")[1].partition("=")[2]
    size = int(rows["text"].str.len_bytes().sum())
    entry = _entry(path, RELEASED, tag, rows["doc_id"], size, written)
    told = Rewritten(tally(pl.DataFrame()), entry, [path])
    if prints is not None:
        with files.create(str(draft / index_part(path))) as sink:
            index.write(_of(prints, rows["doc_id"]), sink)
        told.files.append(index_part(path))
    return told


def _entry(  # as many as `run.json` says of a file
    path: str, outcome: str, tag: str | None, ids: pl.Series, size: int, written: Written | None
) -> dict[str, Any] | None:
    if not len(ids) or written is None:
        return None
    return {
        "path": path, "rows": len(ids), "outcome": outcome, "language": tag,
        "min_doc_id": ids[0], "max_doc_id": ids[-1], "bytes_text": size,
        "sha256": written.sha256, "bytes": written.bytes,
    }  # fmt: skip


def _index(old: Path, new: Path, changes: Changes, shard: str) -> None:
    table = pq.read_table(old, partitioning=None)
    names = pl.Series(pl.from_arrow(table["doc_id"])).cast(pl.String)
    left = table.filter((~names.is_in(changes.ids.implode())).to_arrow()).cast(index.INDEX_SCHEMA)
    if changes.promotion is not None and shard in changes.targets:
        come = _of(changes.promotion.prints, changes.targets[shard]["doc_id"])
        both = pa.concat_tables([left.replace_schema_metadata(), come.replace_schema_metadata()])
        left = both.sort_by("doc_id").combine_chunks().cast(index.INDEX_SCHEMA)
    if left.num_rows:
        with files.create(str(new)) as sink:
            index.write(left, sink)


def _of(prints: pa.Table, ids: pl.Series) -> pa.Table:
    names = pl.Series(pl.from_arrow(prints["doc_id"])).cast(pl.String)
    return prints.filter(names.is_in(ids.implode()).to_arrow()).cast(index.INDEX_SCHEMA)


def write_like(file: pq.ParquetFile, path: str, groups: Iterator[pa.Table]) -> Written | None:
    """Writes tables as another file was written; None, and no file, when there are none."""
    first = next(groups, None)
    if first is None:
        return None
    meta = file.metadata.row_group(0)
    columns = [meta.column(number) for number in range(meta.num_columns)]
    options = {
        "compression": "zstd", "compression_level": ZSTD_LEVEL, "store_schema": True,
        "use_dictionary": [one.path_in_schema for one in columns if one.has_dictionary_page],
        "write_statistics": [one.path_in_schema for one in columns if one.is_stats_set],
    }  # fmt: skip
    with files.create(path) as opened:
        sink = _Counting(opened)
        with pq.ParquetWriter(
            pa.PythonFile(sink, mode="w"), file.schema_arrow, **options
        ) as writer:
            writer.write_table(first, row_group_size=first.num_rows)
            for table in groups:
                writer.write_table(table, row_group_size=table.num_rows)
        return sink.written()


def rewrite_list(
    name: str, old: Path, draft: Path, ids: pl.Series, moved: pl.DataFrame | None = None
) -> bool:
    """Writes a list of documents without some rows; nothing when it names none of them.

    Args:
        name: of the list in the release.
        old: the release.
        draft: folder of the new one.
        ids: documents that are not in the list any more.
        moved: duplicates that another document is kept for now.

    Returns:
        Whether it was written.
    """
    if not (old / name).is_file():
        return False
    with pq.ParquetFile(old / name) as file:
        table = file.read()
    names = pl.Series(pl.from_arrow(table["doc_id"])).cast(pl.String)
    leaves = names.is_in(ids.implode())
    if not leaves.any():
        return False
    left = table.filter((~leaves).to_arrow())
    whole = left if moved is None else _moved(left, moved)
    with (
        files.create(str(draft / name)) as sink,
        pq.ParquetWriter(sink, whole.schema, compression="zstd", write_statistics=["doc_id"])
        as writer,
    ):  # fmt: skip
        writer.write_table(whole)
    return True


def _moved(table: pa.Table, moved: pl.DataFrame) -> pa.Table:
    frame = pl.DataFrame(pl.from_arrow(table))
    told = moved.with_columns(cluster_id="kept_doc_id")
    return frame.update(told, on="doc_id", maintain_order="left").to_arrow().cast(table.schema)

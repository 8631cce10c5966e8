"""Write shards: one released file from the row groups that it was given, rows by doc_id."""

import json
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import files
from pipelines.clock import clocked
from pipelines.dedup import index
from pipelines.parquet import write_documents
from pipelines.run import Run
from pipelines.staging import read_groups
from pipelines.steps.conclude import conclude
from pipelines.steps.duplicates import Told
from pipelines.steps.meet import staged_prints
from pipelines.steps.plan import Shard
from pipelines.steps.stage import Receipt
from pipelines.tally import tally
from schemas.decision import QUARANTINED, RELEASED, REMOVED


@clocked("write")
def write(shard: Shard, run: Run) -> dict[str, Any]:
    """Writes one file of the release, unless an earlier attempt has.

    Returns:
        What was written: path, digest, rows, range of doc_ids, bytes of text, and the
        counts that the run's record and the report are made of. No rows: no file.
    """
    folder = files.join(run.state, "written", run.settings_digest[:16])
    receipt_path = files.join(folder, f"{shard.path.replace('/', '+')}.{shard.digest}.json")
    if files.exists(receipt_path):
        earlier: dict[str, Any] = json.loads(files.read_bytes(receipt_path))
        return earlier
    ended = _ended(shard, run)
    receipt: dict[str, Any] = {
        "path": shard.path,
        "outcome": shard.outcome,
        "language": shard.language,
        "rows": len(ended.at),
        "tally": tally(_counted(ended.table)),
    }
    if len(ended.at):
        receipt |= _written(ended, shard, run)
    files.write_bytes(receipt_path, json.dumps(receipt, sort_keys=True).encode())
    return receipt


class _Ended(NamedTuple):
    """The rows of a shard, by doc_id.

    Attributes:
        table: with the released schema.
        at: int64, which row of the shard's pieces each one was.
    """

    table: pa.Table
    at: np.ndarray


def _written(ended: _Ended, shard: Shard, run: Run) -> dict[str, Any]:
    table = ended.table
    sizes = pc.fill_null(pc.binary_length(table["text"]), 0).to_numpy()
    groups = _row_groups(table, sizes, run.settings.sizes.row_group_mb * 1e6)
    written = write_documents(files.join(run.output, shard.path), groups)
    if shard.outcome == RELEASED:
        _write_index(ended.at, shard, run)
    return {
        "sha256": written.sha256,
        "bytes": written.bytes,
        "min_doc_id": table["doc_id"][0].as_py(),
        "max_doc_id": table["doc_id"][-1].as_py(),
        "bytes_text": int(sizes.sum()),
    }


def _ended(shard: Shard, run: Run) -> _Ended:
    """The rows of a shard, by doc_id, with their last columns filled.

    They stay in Arrow, as they were staged and as they are written: Polars would turn sixty
    columns into its own and back, and is asked only about those that decide.
    """
    places = [(run.staged(f"{piece.name}.arrow"), piece.group) for piece in shard.pieces]
    staged = read_groups(places)
    narrow = pl.DataFrame(pl.from_arrow(staged.select(["doc_id", "decision"])))
    told = conclude(narrow.with_row_index("_at"), _verdicts(shard.told, run))
    order = _order(told, shard.outcome)
    at = order.to_numpy().astype(np.int64)
    dropped = (shard.outcome == REMOVED and run.policy.removed_text == "drop") or (
        shard.outcome == QUARANTINED and run.policy.quarantine_text == "drop"
    )
    said = told[order].select("decision", "duplicates").to_arrow()
    columns = {
        "text": pa.nulls(len(at)) if dropped else _texts(staged["text"], order),
        "provenance": _signed(_taken(staged["provenance"], at), run),
        **{name: said[name].combine_chunks() for name in said.column_names},
    }
    table = [
        (columns[name] if name in columns else _taken(staged[name], at)).cast(
            staged.schema.field(name).type
        )
        for name in staged.column_names
    ]
    return _Ended(pa.Table.from_arrays(table, schema=staged.schema), at)


def _taken(column: pa.ChunkedArray, at: np.ndarray) -> pa.Array:
    return column.combine_chunks().take(pa.array(at))


def _texts(column: pa.ChunkedArray, order: pl.Series) -> pa.Array:
    """The texts in their order, copied once: Polars sorts views of them."""
    return pl.Series(column).gather(order).to_arrow().cast(pa.large_string())


def _signed(provenance: pa.StructArray, run: Run) -> pa.StructArray:
    """The provenance of documents with what this run did to them."""
    said = {
        "steps": list(run.steps),
        "run_id": run.run_id,
        "settings_digest": run.settings_digest,
    }
    first = np.zeros(len(provenance), np.int64)
    inner = [
        pa.array([said[field.name]], field.type).take(pa.array(first))
        if field.name in said
        else provenance.field(field.name)
        for field in provenance.type
    ]
    return pa.StructArray.from_arrays(
        inner, fields=list(provenance.type), mask=provenance.is_null()
    )


def _counted(table: pa.Table) -> pl.DataFrame:
    """What the counts are made from, and no more."""
    if not len(table):
        return pl.DataFrame()
    fields = {"source": ["id"], "decision": ["outcome", "stage", "rule"], "language": ["tag"]}
    narrow = {
        name: pa.StructArray.from_arrays(
            [pc.struct_field(table[name].combine_chunks(), field) for field in inner], inner
        )
        for name, inner in fields.items()
    }
    return pl.DataFrame(pl.from_arrow(pa.table({**narrow, "privacy": table["privacy"]})))


def _order(frame: pl.DataFrame, outcome: str) -> pl.Series:
    """The rows with an outcome, by doc_id."""
    ended = pl.col("decision").struct.field("outcome") == outcome
    return (
        frame.lazy()
        .select("_at", "doc_id", ended.alias("_ended"))
        .filter("_ended")
        .sort("doc_id")
        .collect()["_at"]
    )


def _verdicts(told: tuple[Told, ...], run: Run) -> pl.DataFrame | None:
    found = [_read_verdicts(run.own(f"told/{one.name}.verdicts"), one.digest) for one in told]
    return pl.concat(found) if found else None


@lru_cache(maxsize=64)
def _read_verdicts(path: str, digest: str) -> pl.DataFrame:
    """The verdicts about a staged file; every language that it holds asks for them."""
    _ = digest  # the same path holds others when the run is repeated with another threshold
    return pl.read_parquet(files.read_bytes(path))


def _row_groups(table: pa.Table, sizes: np.ndarray, limit_bytes: float) -> Iterator[pa.Table]:
    number = (np.cumsum(sizes, dtype=np.int64) // limit_bytes).astype(np.int64)
    cuts = np.flatnonzero(np.diff(number, prepend=number[:1] - 1))
    for first, last in pairwise([*cuts.tolist(), len(table)]):
        yield table.slice(first, last - first)


def _write_index(rows: np.ndarray, shard: Shard, run: Run) -> None:
    """The fingerprints of the shard's documents, for the runs after this one."""
    kept = ((staged_prints(name, run), rows) for name, rows in _staged_rows(rows, shard, run))
    part = shard.path.removeprefix("documents/").replace("/", ".")
    with files.create(files.join(run.output, index.FOLDER, part)) as file:
        index.write(index.part(kept), file)


def _staged_rows(rows: np.ndarray, shard: Shard, run: Run) -> Iterator[tuple[str, np.ndarray]]:
    """Which rows of which staged files some rows of the shard's pieces are, file by file."""
    ends = [_group_ends(run.staged(f"{piece.name}.json")) for piece in shard.pieces]
    firsts = [before[piece.group] for before, piece in zip(ends, shard.pieces, strict=True)]
    lasts = [before[piece.group + 1] for before, piece in zip(ends, shard.pieces, strict=True)]
    begins = np.cumsum([0, *np.subtract(lasts, firsts)])
    ordered = np.sort(rows)
    cuts = np.searchsorted(ordered, begins)
    inside = [
        ordered[low:high] - begin + first
        for (low, high), begin, first in zip(pairwise(cuts), begins, firsts, strict=False)
    ]
    for name, places in groupby(range(len(inside)), lambda place: shard.pieces[place].name):
        yield name, np.concatenate([inside[place] for place in places])


@lru_cache(maxsize=1024)
def _group_ends(path: str) -> np.ndarray:
    """Where the groups of a staged file end, by its receipt; 0 first."""
    groups = Receipt.from_json(files.read_bytes(path)).groups
    return np.cumsum([0, *(group.rows for group in groups)])

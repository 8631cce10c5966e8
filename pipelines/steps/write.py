"""Write shards: one released file from the row groups that it was given, rows by doc_id."""

import json
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

import numpy as np
import polars as pl

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
    rows = _ended(shard, run)
    receipt: dict[str, Any] = {
        "path": shard.path,
        "outcome": shard.outcome,
        "language": shard.language,
        "rows": len(rows),
        "tally": tally(rows),
    }
    if len(rows):
        receipt |= _written(rows, shard, run)
    files.write_bytes(receipt_path, json.dumps(receipt, sort_keys=True).encode())
    return receipt


def _written(rows: pl.DataFrame, shard: Shard, run: Run) -> dict[str, Any]:
    groups = _row_groups(rows, run.settings.sizes.row_group_mb * 1e6)
    written = write_documents(files.join(run.output, shard.path), groups)
    if shard.outcome == RELEASED:
        _write_index(rows["_at"].to_numpy(), shard, run)
    return {
        "sha256": written.sha256,
        "bytes": written.bytes,
        "min_doc_id": rows["doc_id"][0],
        "max_doc_id": rows["doc_id"][-1],
        "bytes_text": int(rows["text"].str.len_bytes().sum()),
    }


def _ended(shard: Shard, run: Run) -> pl.DataFrame:
    """The rows of a shard, by doc_id, with their last columns filled.

    Beside the released columns, `_at` says which row of the shard's pieces each one was.
    """
    places = [(run.staged(f"{piece.name}.arrow"), piece.group) for piece in shard.pieces]
    frame = conclude(read_groups(places).with_row_index("_at"), _verdicts(shard.told, run))
    dropped = (shard.outcome == REMOVED and run.policy.removed_text == "drop") or (
        shard.outcome == QUARANTINED and run.policy.quarantine_text == "drop"
    )
    provenance = pl.col("provenance").struct.with_fields(
        steps=pl.lit(list(run.steps)),
        run_id=pl.lit(run.run_id),
        settings_digest=pl.lit(run.settings_digest),
    )
    text = pl.lit(None, dtype=pl.String) if dropped else pl.col("text")
    return frame[_order(frame, shard.outcome)].with_columns(text.alias("text"), provenance)


def _order(frame: pl.DataFrame, outcome: str) -> pl.Series:
    """The rows with an outcome, by doc_id; one selection moves the other columns only once."""
    ended = pl.col("decision").struct.field("outcome") == outcome
    return (
        frame.lazy()
        .select("_at", "doc_id", ended.alias("_ended"))
        .filter("_ended")
        .sort("doc_id")
        .collect()["_at"]
    )


def _verdicts(told: tuple[Told, ...], run: Run) -> pl.DataFrame | None:
    found = [_read_verdicts(run.staged(f"{one.name}.verdicts"), one.digest) for one in told]
    return pl.concat(found) if found else None


@lru_cache(maxsize=64)
def _read_verdicts(path: str, digest: str) -> pl.DataFrame:
    """The verdicts about a staged file; every language that it holds asks for them."""
    _ = digest  # the same path holds others when the run is repeated with another threshold
    return pl.read_parquet(files.read_bytes(path))


def _row_groups(rows: pl.DataFrame, limit_bytes: float) -> Iterator[pl.DataFrame]:
    size = rows["text"].str.len_bytes().fill_null(0).cum_sum()
    number = (size / limit_bytes).floor().cast(pl.Int64).to_numpy()
    cuts = np.flatnonzero(np.diff(number, prepend=number[:1] - 1))
    for first, last in pairwise([*cuts.tolist(), len(rows)]):
        yield rows.slice(first, last - first)


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

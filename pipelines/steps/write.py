"""Write shards: one released file from the row groups that it was given, rows by doc_id."""

import json
from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa

from pipelines import files
from pipelines.clock import clocked
from pipelines.dedup import index
from pipelines.parquet import write_documents
from pipelines.run import Run
from pipelines.staging import read_groups
from pipelines.steps.conclude import conclude
from pipelines.steps.meet import staged_prints
from pipelines.steps.plan import Shard
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
        _write_index(rows["doc_id"], shard, run)
    return {
        "sha256": written.sha256,
        "bytes": written.bytes,
        "min_doc_id": rows["doc_id"][0],
        "max_doc_id": rows["doc_id"][-1],
        "bytes_text": int(rows["text"].str.len_bytes().sum()),
    }


def _ended(shard: Shard, run: Run) -> pl.DataFrame:
    """The rows of a shard, by doc_id, with their last columns filled."""
    places = [(run.staged(f"{piece.name}.arrow"), piece.group) for piece in shard.pieces]
    frame = conclude(read_groups(places), _verdicts(shard.told, run))
    frame = frame.filter(pl.col("decision").struct.field("outcome") == shard.outcome)
    dropped = (shard.outcome == REMOVED and run.policy.removed_text == "drop") or (
        shard.outcome == QUARANTINED and run.policy.quarantine_text == "drop"
    )
    provenance = pl.col("provenance").struct.with_fields(
        steps=pl.lit(list(run.steps)),
        run_id=pl.lit(run.run_id),
        settings_digest=pl.lit(run.settings_digest),
    )
    text = pl.lit(None, dtype=pl.String) if dropped else pl.col("text")
    return frame.with_columns(text.alias("text"), provenance).sort("doc_id")


def _verdicts(told: tuple[str, ...], run: Run) -> pl.DataFrame | None:
    paths = [run.staged(f"{name}.verdicts") for name in told]
    return pl.concat([pl.read_parquet(files.read_bytes(path)) for path in paths]) if told else None


def _row_groups(rows: pl.DataFrame, limit_bytes: float) -> Iterator[pl.DataFrame]:
    size = rows["text"].str.len_bytes().fill_null(0).cum_sum()
    number = (size / limit_bytes).floor().cast(pl.Int64)
    yield from rows.with_columns(number.alias("_group")).partition_by(
        "_group", include_key=False, maintain_order=True
    )


def _write_index(doc_ids: pl.Series, shard: Shard, run: Run) -> None:
    """The fingerprints of the shard's documents, for the runs after this one."""
    names = sorted({piece.name for piece in shard.pieces})
    tables = (staged_prints(name, run) for name in names)
    kept = ((table, _rows_of(table, doc_ids)) for table in tables)
    part = shard.path.removeprefix("documents/").replace("/", ".")
    with files.create(files.join(run.output, index.FOLDER, part)) as file:
        index.write(index.part(kept), file)


def _rows_of(table: pa.Table, doc_ids: pl.Series) -> Any:  # noqa: ANN401  # a numpy array
    known = pl.DataFrame(table.select(["doc_id", "row"]))
    return known.filter(pl.col("doc_id").is_in(doc_ids.implode()))["row"].to_numpy()

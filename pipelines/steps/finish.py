"""Finish: the run's record and the list of clusters, made from what was written."""

import json
from collections.abc import Iterable
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from governance.optouts.judge import summed as opt_outs
from lang_models.certainty import stated_limits
from lang_models.likeness import stated_reference
from pipelines import files, personal
from pipelines.carried_out import carried_out
from pipelines.dedup.bands import banding, s_curve
from pipelines.run import Run
from pipelines.steps import decontaminate, index_subjects
from pipelines.steps.admit import EVIDENCE as OPT_OUT_EVIDENCE
from pipelines.steps.duplicates import Told
from pipelines.steps.evidence import privacy_evidence
from pipelines.steps.stage import Receipt
from pipelines.tally import books, merged
from schemas.corpus import SCHEMA_VERSION
from schemas.opt_outs import EVIDENCE_FILE

CLUSTERS = pa.schema(
    [
        ("doc_id", pa.large_string()),
        ("kept_doc_id", pa.large_string()),
        ("similarity", pa.float64()),
        ("cluster_id", pa.large_string()),
        ("cluster_size", pa.int32()),
        ("source_id", pa.large_string()),
        ("kept_source_id", pa.large_string()),
        ("exact", pa.bool_()),
        ("same_address", pa.bool_()),
    ]
)


def finish(
    run: Run,
    written: Iterable[dict[str, Any]],
    receipts: Iterable[Receipt],
    inputs: Iterable[dict[str, Any]],
    told: Iterable[Told],
) -> dict[str, Any]:
    """Writes `run.json` and `duplicates/clusters.parquet`, from the receipts of all steps.

    Args:
        run: the run.
        written: what each shard holds.
        receipts: what each staged file held, which is what was read.
        inputs: the input files with keyed digests.
        told: the staged files about which there are verdicts.

    Returns:
        The record, as it is written. Everything in it follows from content and settings;
        what may differ between two runs stands in `journal.json`.
    """
    shards = sorted((one for one in written if one["rows"]), key=lambda one: one["path"])
    staged = sorted(receipts, key=lambda receipt: receipt.name)
    _write_clusters(sorted(one.name for one in told), run)
    _write_opt_outs([receipt.name for receipt in staged], run)
    counts = books(merged(one["tally"] for one in shards))
    record = {**_identity(run), "inputs": sorted(inputs, key=_place), "counts": counts}
    record["read"] = _read(staged)
    record["dedup"] = _dedup(run)
    languages = {group.language for receipt in staged for group in receipt.groups}
    record["limits"] = stated_limits(languages, run.identifier.card, run.aim, run.decided.limits)
    record["limits"] += decontaminate.stated_limits(run)
    names = [receipt.name for receipt in staged]
    record["evaluation_sets"] = decontaminate.gather(names, run)
    record["decisions"] = carried_out(run, [one["path"] for one in shards])
    record["reference"] = stated_reference(languages)
    record["privacy"] = personal.record(run)
    record["privacy_evidence"] = privacy_evidence(run)
    index_subjects.gather(names, run)
    record["files"] = [{key: one[key] for key in _FILE_KEYS} for one in shards]
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    files.write_bytes(files.join(run.output, "run.json"), text.encode() + b"\n")
    return record


_FILE_KEYS = ("path", "rows", "language", "outcome", "min_doc_id", "max_doc_id", "bytes_text",
              "sha256", "bytes")  # fmt: skip


def _place(one: dict[str, Any]) -> tuple[str, str]:
    return one["source"], one["uri"]


def _identity(run: Run) -> dict[str, Any]:
    settings = run.settings
    return {
        "schema_version": SCHEMA_VERSION,
        "name": settings.name,
        "version": settings.version,
        "run_id": run.run_id,
        "settings": settings.model_dump(mode="json", exclude={"output", "key", "keep_staging"}),
        "settings_digest": run.settings_digest,
        "policy": run.policy.model_dump(mode="json"),
        "software": run.software,
        "models": run.models,
        "key_id": run.keyring.key_id,
        "suppression": run.suppression_digest,
        "sources": [
            card.model_dump(mode="json", by_alias=True)
            for _, (card, _folder) in sorted(run.cards.items())
        ],
    }


def _read(staged: list[Receipt]) -> dict[str, int]:
    """Records read by source, counted when they were read and not when they were written."""
    counts: dict[str, int] = {}
    for receipt in staged:
        rows = sum(group.rows for group in receipt.groups)
        counts[receipt.source] = counts.get(receipt.source, 0) + rows
    return dict(sorted(counts.items()))


def _dedup(run: Run) -> dict[str, Any]:
    cut = banding(run.settings.dedup.threshold)
    return {
        "threshold": run.settings.dedup.threshold,
        "url_threshold": run.settings.dedup.url_threshold,
        "bands": cut.bands,
        "rows": cut.rows,
        "s_curve": [[float(x), y] for x, y in s_curve(cut).items()],
        "against": list(run.earlier),
    }


def _write_opt_outs(names: list[str], run: Run) -> None:
    """The evidence of every opt-out that was looked at, by host; no rows without any crawl."""
    parts = []
    for name in names:
        path = run.staged(f"{name}{OPT_OUT_EVIDENCE}")
        if files.exists(path):
            parts.append(pl.read_parquet(files.read_bytes(path)))
    with files.create(files.join(run.output, EVIDENCE_FILE)) as file:
        pq.write_table(opt_outs(parts).to_arrow(), file, compression="zstd", write_statistics=False)


def _write_clusters(names: list[str], run: Run) -> None:
    """One row per document removed as a duplicate, file by file, so that memory stays flat."""
    with (
        files.create(files.join(run.output, "duplicates/clusters.parquet")) as file,
        pq.ParquetWriter(file, CLUSTERS, compression="zstd", write_statistics=["doc_id"]) as writer,
    ):
        for name in names:
            with files.open_input(run.own(f"told/{name}.verdicts")) as verdicts:
                removed = pl.read_parquet(verdicts).filter(~pl.col("is_representative"))
            writer.write_table(removed.select(CLUSTERS.names).to_arrow().cast(CLUSTERS))

"""A small release made by hand, as a run would leave it, for tests of what judges it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from governance.manifest import write_manifest
from schemas.corpus import COLUMNS, STATISTICS_COLUMNS, to_arrow
from schemas.decision import QUARANTINED, RELEASED, REMOVED, STAGES
from schemas.policy import Policy
from tests.documents import (
    CARDS,
    MODEL,
    RUN_ID,
    SETTINGS_DIGEST,
    Row,
    default_rows,
)

FOLDER_OF = {RELEASED: "documents", REMOVED: "removed", QUARANTINED: "quarantine"}
LIMITS = [
    {
        "profile": "_default",
        "rule": "short",
        "measure": "words",
        "limit": 20.0,
        "direction": "min",
        "source": "Rae et al. 2021, arXiv:2112.11446, appendix A",
    },
    {
        "profile": "_default",
        "rule": "repeated-lines",
        "measure": "repeated_line_share",
        "limit": 0.3,
        "direction": "max",
        "source": "Rae et al. 2021, arXiv:2112.11446, table A1",
    },
]  # fmt: skip


def make_release(folder: Path, rows: list[Row] | None = None, **run: Any) -> Path:
    """Writes a release as a run would, manifest included, and gives its folder back.

    Args:
        folder: made if it is not there.
        rows: from `row()`; `default_rows()` when None.
        run: replaces keys of run.json.
    """
    rows = default_rows() if rows is None else rows
    files = [_write_shard(folder, path, members) for path, members in sorted(_shards(rows).items())]
    _write_clusters(folder, rows)
    record = {**_run(rows, files), **run}
    _write_json(folder / "run.json", record)
    _write_json(folder / "journal.json", {"started": "2026-11-01T10:00:00Z", "seconds": 41})
    write_manifest(folder)
    return folder


def write_parquet(path: Path, rows: list[Row], **options: Any) -> None:
    """A shard with the released schema; `options` go to Parquet's writer."""
    schema = {name: dtype for name, (dtype, _) in COLUMNS.items()}
    frame = pl.DataFrame(rows, schema=schema)
    path.parent.mkdir(parents=True, exist_ok=True)
    settings = {"compression": "zstd", "write_statistics": STATISTICS_COLUMNS} | options
    pq.write_table(to_arrow(frame), path, **settings)


def _shards(rows: list[Row]) -> dict[str, list[Row]]:
    shards: dict[str, list[Row]] = {}
    for made in rows:
        folder = FOLDER_OF[made["decision"]["outcome"]]
        if folder == "documents":
            folder = f"documents/language_tag={made['language']['tag']}"
        shards.setdefault(f"{folder}/part-00000.parquet", []).append(made)
    return shards


def _write_shard(folder: Path, path: str, rows: list[Row]) -> Row:
    rows = sorted(rows, key=lambda made: made["doc_id"])
    write_parquet(folder / path, rows)
    is_kept = path.startswith("documents")
    return {
        "path": path,
        "rows": len(rows),
        "language": rows[0]["language"]["tag"] if is_kept else None,
        "outcome": rows[0]["decision"]["outcome"],
        "min_doc_id": rows[0]["doc_id"],
        "max_doc_id": rows[-1]["doc_id"],
        "bytes_text": sum(len((made["text"] or "").encode()) for made in rows),
    }


def _write_clusters(folder: Path, rows: list[Row]) -> None:
    sources = {made["doc_id"]: made["source"]["id"] for made in rows}
    copies = [made for made in rows if made["decision"]["stage"] == "duplicates"]
    table = pa.table(
        {
            "doc_id": pa.array([made["doc_id"] for made in copies], pa.string()),
            "kept_doc_id": pa.array([_kept(made) for made in copies], pa.string()),
            "similarity": pa.array(
                [made["decision"]["similarity"] for made in copies], pa.float64()
            ),
            "cluster_id": pa.array([_kept(made)[:16] for made in copies], pa.string()),
            "cluster_size": pa.array([2 for _ in copies], pa.int32()),
            "source_id": pa.array([made["source"]["id"] for made in copies], pa.string()),
            "kept_source_id": pa.array([sources.get(_kept(made)) for made in copies], pa.string()),
            "exact": pa.array(
                [made["decision"]["rule"] == "exact-duplicate" for made in copies], pa.bool_()
            ),
        }
    )
    path = folder / "duplicates" / "clusters.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path)


def _kept(made: Row) -> str:
    return made["decision"]["kept_doc_id"]


def _run(rows: list[Row], files: list[Row]) -> Row:
    return {
        "schema_version": "1", "name": "demo", "version": "2026.11.0", "run_id": RUN_ID,
        "settings": {"name": "demo", "version": "2026.11.0", "dedup": {"threshold": 0.75}},
        "settings_digest": SETTINGS_DIGEST,
        "policy": Policy().model_dump(mode="json"),
        "limits": LIMITS,
        "software": {"endonym": "0.1.0", "python": "3.11", "polars": "2.1.0"},
        "models": [{"name": MODEL, "sha256": "8f3472cf" + "0" * 56, "licence": "CC-BY-SA-3.0"}],
        "key_id": "1a2b3c4d", "sources": CARDS,
        "inputs": [{"source": card["id"], "uri": f"text/{card['id']}/0.jsonl.gz", "bytes": 1000,
                    "digest": hashlib.sha256(card["id"].encode()).hexdigest()} for card in CARDS],
        "counts": _counts(rows), "read": _read(rows), "files": files,
        "dedup": {"threshold": 0.75, "bands": 21, "rows": 6, "against": [],
                  "s_curve": [[j / 20, 1 - (1 - (j / 20) ** 6) ** 21] for j in range(21)]},
    }  # fmt: skip


def _counts(rows: list[Row]) -> Row:
    """The counts, added up one document at a time."""
    counts: Row = {
        "read": 0, "released": 0, "removed": 0, "quarantined": 0, "by_source": {}, "by_stage": [],
        "removed_by_rule": {}, "quarantined_by_rule": {}, "languages": {}, "privacy": {},
        "exact_duplicates": 0, "near_duplicates": 0,
    }  # fmt: skip
    for made in rows:
        end = made["decision"]
        blank = {"read": 0, "released": 0, "removed": 0, "quarantined": 0}
        source = counts["by_source"].setdefault(made["source"]["id"], blank)
        for table in (counts, source):
            table["read"] += 1
            table[end["outcome"]] += 1
        if end["outcome"] == RELEASED:
            _add(counts["languages"], made["language"]["tag"], 1)
        else:
            name = "/".join(part for part in (end["stage"], end["rule"]) if part)
            _add(counts[f"{end['outcome']}_by_rule"], name, 1)
        for item in made["privacy"]:
            _add(counts["privacy"], item["type"], item["count"])
        if end["stage"] == "duplicates":
            counts[
                "exact_duplicates" if end["rule"] == "exact-duplicate" else "near_duplicates"
            ] += 1
    entering = len(rows)
    for stage in STAGES:
        gone = [made["decision"]["outcome"] for made in rows if made["decision"]["stage"] == stage]
        removed, held = gone.count(REMOVED), gone.count(QUARANTINED)
        leaving = entering - removed - held
        counts["by_stage"].append({"stage": stage, "in": entering, "removed": removed,
                                   "quarantined": held, "out": leaving})  # fmt: skip
        entering = leaving
    return counts


def _read(rows: list[Row]) -> dict[str, int]:
    read: dict[str, int] = {}
    for made in rows:
        _add(read, made["source"]["id"], 1)
    return read


def _add(table: Row, name: str, number: int) -> None:
    table[name] = table.get(name, 0) + number


def _write_json(path: Path, record: Row) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
    )

"""A small release made by hand, as a run would leave it, for tests of what judges it.

The texts are paragraphs of the Universal Declaration of Human Rights (public domain) in
39 languages; sources, ids and decisions are made up.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from governance.manifest import write_manifest
from schemas.corpus import COLUMNS, LANGUAGE, STATISTICS_COLUMNS, to_arrow
from schemas.decision import QUARANTINED, RELEASED, REMOVED, STAGES
from schemas.measures import MEASURES
from schemas.policy import Policy

TEXTS = Path(__file__).parent / "cases" / "report" / "texts.jsonl"
FOLDER_OF = {RELEASED: "documents", REMOVED: "removed", QUARANTINED: "quarantine"}
RUN_ID = "0190f3a0-0000-7000-8000-000000000001"
SETTINGS_DIGEST = hashlib.sha256(b"settings").hexdigest()
MODEL = "lid.176.ftz@8f3472cf"
CARDS = [
    {
        "id": "udhr",
        "title": "Universal Declaration of Human Rights, translations",
        "licence": {"declared": "LicenseRef-UN-public", "concluded": "CC0-1.0"},
        "jurisdiction": "INT",
        "custodian": "A national library",
        "rights_basis": "public-domain",
    },
    {
        "id": "radio",
        "title": "Transcripts of a community radio",
        "licence": {"declared": "CC-BY-4.0", "concluded": "CC-BY-4.0"},
        "jurisdiction": "KE",
        "custodian": "A made-up broadcaster",
        "rights_basis": "licence",
    },
    {
        "id": "letters",
        "title": "Letters to a made-up ministry",
        "licence": {"declared": "CC-BY-SA-4.0", "concluded": "CC-BY-SA-4.0"},
        "jurisdiction": "IN",
        "custodian": "A made-up ministry",
        "rights_basis": "consent",
    },
]  # fmt: skip
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

Row = dict[str, Any]


def texts() -> dict[str, str]:
    """Text by tag."""
    lines = TEXTS.read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    return {row["label"]: row["text"] for row in rows}


def doc_id(number: int) -> str:
    """The made-up doc_id of a number."""
    return hashlib.sha256(f"document {number}".encode()).hexdigest()[:32]


def row(number: int, tag: str = "swh_Latn", text: str | None = "Habari", **changes: Any) -> Row:
    """One document as a run would leave it; `changes` replace columns or parts of them."""
    card = CARDS[number % len(CARDS)]
    licence = card["licence"]
    made: Row = {
        "doc_id": doc_id(number),
        "text": text,
        "language": {
            "tag": tag, "script": tag[-4:], "score": 0.5 + (number * 37 % 50) / 100,
            "second": "eng_Latn", "second_score": 0.02, "share": 0.97, "model": MODEL,
            "segments": [{"tag": tag, "share": 0.97}, {"tag": "eng_Latn", "share": 0.03}],
            "raw_score": 0.9, "undetermined": None, "mixed": number % 11 == 0, "seen_share": 1.0,
            "spans": [{"tag": tag, "first_line": 0, "lines": 2, "share": 1.0}],
            "second_model": None,
        },
        "source": {
            "id": card["id"], "uri": f"text/{card['id']}/{number % 4}.jsonl.gz",
            "native_id": f"{card['id']}/{number}", "url": f"https://example.org/{number}",
            "title": f"Document {number}", "date": "2026-10-01", "offset": number * 1000,
            "collected": "2026-10-02", "jurisdiction": card["jurisdiction"],
        },
        "rights": {**licence, "basis": card["rights_basis"]},
        "quality": dict.fromkeys(MEASURES, 0.5),
        "privacy": [],
        "duplicates": {"cluster_id": None, "cluster_size": 1, "is_representative": True},
        "provenance": {
            "raw_hmac": hashlib.sha256(f"raw {number}".encode()).hexdigest(),
            "text_sha256": hashlib.sha256((text or "").encode()).hexdigest(),
            "encoding": "utf-8", "repairs": [], "flags": [], "steps": ["normalise@1", "identify@1"],
            "run_id": RUN_ID, "settings_digest": SETTINGS_DIGEST,
        },
        "decision": decision(RELEASED, "release", None),
    }  # fmt: skip
    for name, change in changes.items():
        made[name] = {**made[name], **change} if isinstance(change, dict) else change
    return made


def decision(outcome: str, stage: str, rule: str | None, **numbers: Any) -> Row:
    """A decision with its measure, limit, kept_doc_id and similarity, as far as given."""
    blank = dict.fromkeys(("measure", "limit", "kept_doc_id", "similarity"))
    return {"outcome": outcome, "stage": stage, "rule": rule, **blank, **numbers}


def default_rows() -> list[Row]:
    """Some 220 documents in 39 languages: kept, too short, repeated, copied, unclear."""
    rows: list[Row] = []
    for index, (tag, text) in enumerate(texts().items()):
        for copy in range(1 + 3 * (index * 3 % 5)):
            number = len(rows)
            ending = "[EMAIL_ADDRESS]" if number % 3 == 0 else "§"
            masked = f"{text}\n{ending} {number}"
            found = [{"type": "EMAIL_ADDRESS", "count": 1 + copy, "treatment": "masked"}]
            rows.append(row(number, tag, masked, privacy=found if number % 3 == 0 else []))
    kept = list(rows)
    for number in range(1000, 1030):
        short = decision(REMOVED, "screen", "short", measure=float(number % 19), limit=20.0)
        rows.append(row(number, "hin_Deva", "बहुत छोटा", decision=short))
    for number in range(1030, 1042):
        again = decision(REMOVED, "screen", "repeated-lines", measure=0.61, limit=0.3)
        rows.append(row(number, "arb_Arab", "نعم\nنعم\nنعم", decision=again))
    for number in range(1042, 1066):
        original = kept[number % 60]
        share = 1.0 if number % 4 == 0 else 0.75 + (number % 24) / 100
        rule = "near-duplicate" if share < 1 else "exact-duplicate"
        copied = decision(REMOVED, "duplicates", rule,
                          measure=share, limit=0.75, kept_doc_id=original["doc_id"],
                          similarity=share)  # fmt: skip
        tag = original["language"]["tag"]
        rows.append(row(number, tag, original["text"], decision=copied,
                        duplicates={"cluster_id": original["doc_id"][:16], "cluster_size": 2,
                                    "is_representative": False}))  # fmt: skip
    for number in range(1066, 1072):
        unread = decision(QUARANTINED, "read", "undecodable")
        rows.append(row(number, text=None, decision=unread, language=dict.fromkeys(_LANGUAGE),
                        provenance={"text_sha256": None}))  # fmt: skip
    for number in range(1072, 1080):
        unclear = decision(QUARANTINED, "admit", "licence-unknown")
        rows.append(row(number, text=None, decision=unclear, language=dict.fromkeys(_LANGUAGE),
                        rights={"declared": "unknown", "concluded": "unknown"},
                        provenance={"text_sha256": None}))  # fmt: skip
    return rows


_LANGUAGE = tuple(LANGUAGE)


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

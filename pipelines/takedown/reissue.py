"""A release written again without some documents: only the files that held them change.

Every other file is the same file (a hard link), so nothing else can have changed.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from governance.manifest import COVERED
from governance.release_folder import CLUSTERS, FOLDERS, Shard, open_release, read_parts
from pipelines import files
from pipelines.dedup import index
from pipelines.parquet import ZSTD_LEVEL, Written, _Counting
from pipelines.takedown.fingerprinted import index_part
from pipelines.tally import SEPARATOR, Tally, merged, tally
from schemas.decision import QUARANTINED, RELEASED, REMOVED


@dataclass
class Reissue:
    """What was done to a release.

    Args:
        rewritten: files with fewer rows than before, and those that are gone.
        linked: files that are the same as before.
        tallies: of the rows that were taken out.
        entries: what `run.json` says of the shards that were written.
    """

    rewritten: list[str] = field(default_factory=list)
    linked: int = 0
    tallies: list[Tally] = field(default_factory=list)
    entries: dict[str, dict[str, Any] | None] = field(default_factory=dict)


def reissue(old: Path, draft: Path, taken: Collection[str], told: dict[str, Any]) -> Reissue:
    """Writes a release again without some documents.

    Args:
        old: the release.
        draft: folder of the new one; what lies there is deleted first.
        taken: ids of the documents that go.
        told: `version` of the new release, `case` and `day`, for its record.

    Returns:
        What was done. Nothing of the old release changes.
    """
    shutil.rmtree(draft, ignore_errors=True)
    release, done = open_release(old), Reissue()
    ids = pl.Series("doc_id", sorted(taken), dtype=pl.String)
    shards = [shard for shard in release.shards if _holds(release, shard, ids)]
    for shard in shards:
        _without(old, draft, shard, ids, done)
    _clusters(old, draft, ids, done)
    for path in sorted(_covered(old)):
        if path not in done.rewritten and path != "run.json":
            _link(old / path, draft / path)
            done.linked += 1
    record = _record(release.run, done, told)
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    files.write_bytes(str(draft / "run.json"), text.encode())
    return done


def _covered(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name.split("/")[0] in COVERED:
            yield name


def _holds(release: Any, shard: Shard, ids: pl.Series) -> bool:  # noqa: ANN401
    parts = read_parts(release, shard, ["doc_id"])
    return any(part["doc_id"].is_in(ids.implode()).any() for part in parts)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another disk, or one without links
        shutil.copyfile(source, target)


def _without(old: Path, draft: Path, shard: Shard, ids: pl.Series, done: Reissue) -> None:
    """A shard and its part of the index, without some documents; no rows: no file."""
    gone: list[pl.DataFrame] = []
    kept_ids: list[pl.Series] = []
    text_bytes = 0

    def groups(file: pq.ParquetFile) -> Iterator[pa.Table]:
        nonlocal text_bytes
        for number in range(file.num_row_groups):
            table = file.read_row_group(number)
            names = pl.Series(pl.from_arrow(table["doc_id"]))
            leaves = names.is_in(ids.implode())
            gone.append(pl.DataFrame(pl.from_arrow(table.filter(leaves.to_arrow()))))
            kept = table.filter((~leaves).to_arrow())
            kept_ids.append(names.filter(~leaves))
            size = pl.Series(pl.from_arrow(kept["text"])).str.len_bytes().sum()
            text_bytes += int(size or 0)
            if kept.num_rows:
                yield kept

    with pq.ParquetFile(old / shard.path) as file:
        written = _write_like(file, str(draft / shard.path), groups(file))
    rest = pl.concat(kept_ids)
    done.tallies.append(tally(pl.concat(gone)))
    done.rewritten.append(shard.path)
    done.entries[shard.path] = {
        "path": shard.path, "rows": len(rest), "outcome": shard.outcome, "language": shard.tag,
        "min_doc_id": rest[0], "max_doc_id": rest[-1], "bytes_text": text_bytes,
        "sha256": written.sha256, "bytes": written.bytes,
    } if len(rest) and written else None  # fmt: skip
    part = index_part(shard.path)
    if shard.outcome == RELEASED and (old / part).is_file():
        table = pq.read_table(old / part, partitioning=None)
        names = pl.Series(pl.from_arrow(table["doc_id"])).cast(pl.String)
        left = table.filter((~names.is_in(ids.implode())).to_arrow())
        if left.num_rows:
            with files.create(str(draft / part)) as sink:
                index.write(left.cast(index.INDEX_SCHEMA), sink)
        done.rewritten.append(part)


def _write_like(file: pq.ParquetFile, path: str, groups: Iterator[pa.Table]) -> Written | None:
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


def _clusters(old: Path, draft: Path, ids: pl.Series, done: Reissue) -> None:
    """The list of duplicates without the rows of what goes."""
    path = old / CLUSTERS
    if not path.is_file():
        return
    with pq.ParquetFile(path) as file:
        groups = [file.read_row_group(number) for number in range(file.num_row_groups)]
        leaves = [
            pl.Series(pl.from_arrow(one["doc_id"])).cast(pl.String).is_in(ids.implode())
            for one in groups
        ]
        if not any(one.any() for one in leaves):
            return
        left = (one.filter((~gone).to_arrow()) for one, gone in zip(groups, leaves, strict=True))
        whole = pa.concat_tables([file.schema_arrow.empty_table(), *left])
    with (
        files.create(str(draft / CLUSTERS)) as sink,
        pq.ParquetWriter(sink, whole.schema, compression="zstd", write_statistics=["doc_id"])
        as writer,
    ):  # fmt: skip
        writer.write_table(whole)
    done.rewritten.append(CLUSTERS)


def _record(run: dict[str, Any], done: Reissue, told: dict[str, Any]) -> dict[str, Any]:
    """`run.json` of the new release: the old one, less what went, which it states."""
    gone = merged(done.tallies)
    by_source: dict[str, dict[str, int]] = {}
    for key, count in gone["decisions"].items():
        source, outcome = key.split(SEPARATOR)[:2]
        row = by_source.setdefault(source, dict.fromkeys((RELEASED, REMOVED, QUARANTINED), 0))
        row[outcome] += count
    counts = _less(run["counts"], gone["decisions"], gone["languages"], gone["privacy"])
    went = {source: sum(row.values()) for source, row in by_source.items()}
    takedown = {
        "case_ref": told["case"], "day": told["day"], "from_version": run["version"],
        "by_source": by_source,
        **{name: sum(row[name] for row in by_source.values())
           for name in (RELEASED, REMOVED, QUARANTINED)},
    }  # fmt: skip
    listed = [done.entries.get(one["path"], one) for one in run["files"]]
    return {
        **run,
        "version": told["version"],
        "supersedes": run["version"],
        "counts": counts,
        "read_by_run": run.get("read_by_run", run["read"]),
        "read": _reduced(run["read"], went),
        "takedowns": [*run.get("takedowns", []), takedown],
        "files": [one for one in listed if one],
    }


def _reduced(counts: dict[str, int], gone: dict[str, int]) -> dict[str, int]:
    left = {name: number - gone.get(name, 0) for name, number in counts.items()}
    return {name: number for name, number in left.items() if number}


def _less(
    counts: dict[str, Any],
    decisions: Mapping[str, int],
    languages: Mapping[str, int],
    privacy: Mapping[str, int],
) -> dict[str, Any]:
    """The counts of a run without some rows; an independent recount must agree (gate G-REC)."""
    left = json.loads(json.dumps(counts))
    rules: dict[str, dict[str, int]] = {REMOVED: {}, QUARANTINED: {}}
    stages: dict[tuple[str, str], int] = {}
    for key, number in decisions.items():
        source, outcome, stage, rule = (*key.split(SEPARATOR), "")[:4]
        for row in (left, left["by_source"][source]):
            row["read"] -= number
            row[outcome] -= number
        stages[stage, outcome] = stages.get((stage, outcome), 0) + number
        if outcome in rules:
            name = "/".join(part for part in (stage, rule) if part)
            rules[outcome][name] = rules[outcome].get(name, 0) + number
    left["by_source"] = {name: row for name, row in left["by_source"].items() if row["read"]}
    for name, outcome in (("removed_by_rule", REMOVED), ("quarantined_by_rule", QUARANTINED)):
        left[name] = _reduced(left[name], rules[outcome])
    left["languages"] = _reduced(left["languages"], dict(languages))
    left["privacy"] = _reduced(left["privacy"], dict(privacy))
    waiting = left["read"]
    for row in left["by_stage"]:
        for outcome in (REMOVED, QUARANTINED):
            row[outcome] -= stages.get((row["stage"], outcome), 0)
        row["in"], row["out"] = waiting, waiting - row[REMOVED] - row[QUARANTINED]
        waiting = row["out"]
    for kind in ("exact", "near"):
        went = rules[REMOVED].get(f"duplicates/{kind}-duplicate", 0)
        left[f"{kind}_duplicates"] -= went
    return left


assert set(FOLDERS) <= set(COVERED)  # noqa: S101  # every folder with documents is in the manifest

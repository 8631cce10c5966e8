"""A release written again without some documents: only the files that held them change.

Every other file is the same file (a hard link), so nothing else can have changed.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from governance.manifest import COVERED
from governance.release_folder import (
    CLUSTERS,
    FOLDERS,
    OVERLAPS,
    Release,
    Shard,
    open_release,
    read_parts,
)
from pipelines import files
from pipelines.dedup import index
from pipelines.takedown.promote import Promotion
from pipelines.takedown.record import record
from pipelines.takedown.shards import Changes, Rewritten, rewrite, rewrite_list, write_new
from pipelines.tally import Tally
from schemas.decision import RELEASED, REMOVED


@dataclass
class Reissue:
    """What was done to a release.

    Args:
        rewritten: files with other rows than before, and those that are gone.
        linked: files that are the same as before.
        tallies: of the rows that were taken out.
        entries: what `run.json` says of the shards that were written.
        promoted: documents that took the place of others.
    """

    rewritten: list[str] = field(default_factory=list)
    linked: int = 0
    tallies: list[Tally] = field(default_factory=list)
    entries: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    promoted: int = 0

    def add(self, path: str, one: Rewritten) -> None:
        """Enters a shard that was written."""
        self.rewritten += one.files
        self.tallies.append(one.gone)
        self.entries[path] = one.entry


def reissue(
    old: Path,
    draft: Path,
    taken: Collection[str],
    told: dict[str, Any],
    promotion: Promotion | None = None,
) -> Reissue:
    """Writes a release again without some documents.

    Args:
        old: the release.
        draft: folder of the new one; what lies there is deleted first.
        taken: ids of the documents that go.
        told: `version` of the new release, `case` and `day`, for its record.
        promotion: copies that take their place; None when none does.

    Returns:
        What was done. Nothing of the old release changes.
    """
    shutil.rmtree(draft, ignore_errors=True)
    release, done = open_release(old), Reissue(promoted=len(promotion) if promotion else 0)
    ids = pl.Series("doc_id", sorted(taken), dtype=pl.String)
    changes = Changes(ids, promotion, _targets(release, promotion) if promotion else {})
    _shards(release, draft, changes, done)
    moved = promotion.moved if promotion else None
    for name, left_out, now in ((CLUSTERS, changes.leaving(REMOVED), moved), (OVERLAPS, ids, None)):
        if rewrite_list(name, old, draft, left_out, now):
            done.rewritten.append(name)
    for path in sorted(_covered(old)):
        if path not in done.rewritten and path != "run.json":
            _link(old / path, draft / path)
            done.linked += 1
    shifts = [promotion.shifts()] if promotion else []
    facts = {**told, "promoted": done.promoted}
    made = record(release.run, done.tallies, shifts, done.entries, facts)
    text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    files.write_bytes(str(draft / "run.json"), text.encode())
    return done


def _shards(release: Release, draft: Path, changes: Changes, done: Reissue) -> None:
    """Writes every shard that holds one of the documents, or gains one."""
    old, come = release.folder, changes.promotion
    for shard in release.shards:
        is_target = shard.path in changes.targets
        if is_target or _holds(release, shard, changes.touched(shard.outcome)):
            done.add(shard.path, rewrite(old, draft, shard, changes))
    for path in sorted(set(changes.targets) - {shard.path for shard in release.shards}):
        prints = come.prints if come and (old / index.FOLDER).is_dir() else None
        done.add(path, write_new(draft, path, changes.targets[path], prints))


def _targets(release: Release, promotion: Promotion) -> dict[str, pl.DataFrame]:
    """Into which shard each promoted document goes: one of its language, by its name."""
    last = {one["path"]: str(one["max_doc_id"]) for one in release.run["files"]}
    places: dict[str, list[str]] = {}
    for shard in release.shards:
        if shard.outcome == RELEASED and shard.tag:
            places.setdefault(shard.tag, []).append(shard.path)
    chosen = []
    tags = promotion.released["language"].struct.field("tag")
    for name, tag in zip(promotion.released["doc_id"], tags, strict=True):
        paths = places.get(tag, [f"documents/language_tag={tag}/part-00000.parquet"])
        after = [path for path in paths if name <= last.get(path, "")]
        chosen.append((after or paths[-1:])[0])
    rows = promotion.released.with_columns(pl.Series("_shard", chosen, dtype=pl.String))
    return {
        str(path): part.drop("_shard").sort("doc_id")
        for (path,), part in sorted(rows.group_by("_shard"), key=lambda group: group[0])
    }


def _covered(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name.split("/")[0] in COVERED:
            yield name


def _holds(release: Release, shard: Shard, ids: pl.Series) -> bool:
    parts = read_parts(release, shard, ["doc_id"])
    return any(part["doc_id"].is_in(ids.implode()).any() for part in parts)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another disk, or one without links
        shutil.copyfile(source, target)


assert set(FOLDERS) <= set(COVERED)  # noqa: S101  # every folder with documents is in the manifest

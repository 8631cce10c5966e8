"""A second look for passages of evaluation sets, in every document that is released.

What the run recorded is not trusted: all released texts are compared again with the passages that
lie in the release, whose digests are in the manifest. No text and no passage is kept, only counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from governance.release_folder import Release, read_rows
from schemas.decision import RELEASED

#: Files of passages and texts in; how many passages of each file each text holds: a column a file.
Compare = Callable[[Sequence[Path], pl.Series], pl.DataFrame]
Progress = Callable[[int, int], None]
#: Documents whose text is held at once: some 10 MB of ordinary pages.
_STRIDE = 2_000


@dataclass(frozen=True)
class Compared:
    """What was found.

    Args:
        documents: released documents that were compared.
        contaminated: by evaluation set, how many hold more passages of it than they may.
        unusable: evaluation sets whose record or passages are missing.
    """

    documents: int
    contaminated: dict[str, int]
    unusable: tuple[str, ...] = ()


def compare_all(
    release: Release, compare: Compare | None, progress: Progress | None = None
) -> Compared | None:
    """Compares every released document with the evaluation sets that the run named.

    Args:
        release: an open release.
        compare: counts passages.
        progress: called with shards done and shards in all.

    Returns:
        The counts; None when the run named no evaluation set, or nobody can count.
    """
    asked = (release.run.get("settings") or {}).get("decontaminate") or []
    if not asked or compare is None:
        return None
    recorded = {row.get("id"): row for row in release.run.get("evaluation_sets") or []}
    names = [str(one.get("id")) for one in asked]
    usable = [name for name in names if _is_usable(release, recorded.get(name))]
    paths = [release.folder / str(recorded[name]["passages_file"]) for name in usable]
    most = [int(one.get("most", 0)) for one in asked if str(one.get("id")) in usable]
    totals, documents = dict.fromkeys(usable, 0), 0
    shards = [shard for shard in release.shards if shard.outcome == RELEASED]
    for done, shard in enumerate(shards, start=1):
        for rows in read_rows(release, shard, ["text"], size=_STRIDE):
            found = compare(paths, rows["text"])
            documents += len(rows)
            for name, column, limit in zip(usable, found.get_columns(), most, strict=True):
                totals[name] += int((column > limit).sum())
        if progress:
            progress(done, len(shards))
    return Compared(documents, totals, tuple(name for name in names if name not in usable))


def _is_usable(release: Release, row: dict[str, Any] | None) -> bool:
    """Whether the record of a set names passages that lie in the release."""
    named = row.get("passages_file") if row else None
    return isinstance(named, str) and ".." not in named and (release.folder / named).is_file()

"""What decisions would change in a release, counted before anything is changed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from governance.release_folder import CLUSTERS, Release, open_release, read_parts
from lang_models.changed import DEFAULT
from pipelines.carried_out import under
from pipelines.decided import HOST, SOURCE, Decided, with_licences
from pipelines.decisions.simulate import COLUMNS, UNREAD, simulate
from pipelines.run import Run
from schemas.decision import OUTCOMES, RELEASED
from schemas.in_force import Change

Progress = Callable[[int, int], None]
#: How a table of effects is keyed; `change` is the id of a decision, or `all`.
KEYS = ("change", "tag", "source", "before", "after")
ALL = "all"
_ROWS_AT_ONCE = 20_000
_SCHEMA = {**dict.fromkeys(KEYS, pl.String), "documents": pl.Int64}


@dataclass(frozen=True)
class Effect:
    """What would move.

    Args:
        moved: documents by `KEYS`: those that would end otherwise, for each decision alone
            and for all together.
        whole: documents by tag, source and outcome as the release has them.
        uncompared: documents that would be newly kept and were never held against the others,
            so that copies among them are removed in the next run.
        orphaned: copies whose kept document would leave: one of each group takes its place.
    """

    moved: pl.DataFrame
    whole: pl.DataFrame
    uncompared: int
    orphaned: int

    def of(self, change: str) -> dict[str, int]:
        """Documents by `before -> after` for one decision, or for all."""
        rows = self.moved.filter(pl.col("change") == change)
        summed = rows.group_by("before", "after").agg(pl.col("documents").sum())
        ordered = summed.sort("before", "after")
        return {f"{before} -> {after}": count for before, after, count in ordered.iter_rows()}

    def by(self, key: str) -> list[dict[str, Any]]:
        """Of all decisions together: outcomes before and after, by tag or source, changed ones."""
        moved = self.moved.filter(pl.col("change") == ALL)
        touched = moved[key].unique()
        before = self.whole.filter(pl.col(key).is_in(touched.implode(), nulls_equal=True))
        rows = []
        for (name,), mine in before.sort(key, nulls_last=True).group_by(key, maintain_order=True):
            sums = dict(mine.group_by("outcome").agg(pl.col("documents").sum()).iter_rows())
            now = {outcome: int(sums.get(outcome, 0)) for outcome in OUTCOMES}
            then = {**now, UNREAD: 0}
            for one in moved.filter(pl.col(key).eq_missing(name)).iter_rows(named=True):
                then[one["before"]] -= one["documents"]
                then[one["after"]] += one["documents"]
            rows.append({key: name, "before": now, "after": then})
        return rows

    def as_dict(self) -> dict[str, Any]:
        """For JSON and for people."""
        changes = sorted(set(self.moved["change"]) - {ALL})
        return {
            "all": self.of(ALL),
            "by_decision": {name: self.of(name) for name in changes},
            "by_language": self.by("tag"),
            "by_source": self.by("source"),
            "uncompared": self.uncompared,
            "orphaned_copies": self.orphaned,
        }


def effect(
    folder: Path, run: Run, changes: Iterable[Change], progress: Progress | None = None
) -> Effect:
    """What decisions would change in a release, told from its columns; no text is read.

    A decision whose last day is past by the run's own day changes nothing.

    Args:
        folder: the release.
        run: the run that is to carry them out, with the decisions in force so far.
        changes: what is to be in force beside them.
        progress: called with shards done and shards in all.

    Raises:
        InputError: the folder is no release.
    """
    release = open_release(folder)
    new = [one for one in changes if not one.is_over(run.as_of)]
    whole_run = _with(run, new)
    alone = [(change, _with(run, [change])) for change in new]
    tables = [pl.DataFrame(schema=_SCHEMA)]
    totals = [pl.DataFrame(schema={"tag": pl.String, "source": pl.String, "outcome": pl.String,
                                   "documents": pl.Int64})]  # fmt: skip
    uncompared, leaving = 0, [pl.Series("doc_id", [], dtype=pl.String)]
    for part in _parts(release, progress):
        was = simulate(part, run)
        moved = _moved(part, was, simulate(part, whole_run))
        tables += [_counted(moved, ALL), *(_alone(part, was, *one) for one in alone)]
        totals.append(part.group_by("tag", "source", "outcome").agg(_documents()))
        is_new = (pl.col("after") == RELEASED) & (pl.col("outcome") != RELEASED)
        uncompared += len(moved.filter(is_new))
        leaving.append(moved.filter(pl.col("outcome") == RELEASED)["doc_id"])
        tables, totals = [_added(tables, KEYS)], [_added(totals, ("tag", "source", "outcome"))]
    orphaned = _orphaned(release, pl.concat(leaving))
    return Effect(tables[0].sort(KEYS, nulls_last=True), totals[0], uncompared, orphaned)


def _parts(release: Release, progress: Progress | None) -> Iterator[pl.DataFrame]:
    """The columns of all shards, small ones together: what is asked costs much a part."""
    held: list[pl.DataFrame] = []
    for done, shard in enumerate(release.shards, start=1):
        for part in read_parts(release, shard, COLUMNS):
            held.append(part)
            if sum(map(len, held)) >= _ROWS_AT_ONCE:
                yield pl.concat(held, how="vertical_relaxed")
                held = []
        if progress:
            progress(done, len(release.shards))
    if held:
        yield pl.concat(held, how="vertical_relaxed")


def _with(run: Run, changes: list[Change]) -> Run:
    """The run as it would be with these decisions in force too."""
    new = {(one.kind, one.target) for one in changes}
    kept = [one for one in run.decided.changes if (one.kind, one.target) not in new]
    decided = Decided((*kept, *changes), run.decided.over)
    return replace(run, decided=decided, cards=with_licences(dict(run.cards), changes))


def _moved(part: pl.DataFrame, was: pl.Series, then: pl.Series) -> pl.DataFrame:
    frame = part.with_columns(was.alias("before"), then.alias("after"))
    return frame.filter(pl.col("before") != pl.col("after"))


def _alone(part: pl.DataFrame, was: pl.Series, change: Change, run: Run) -> pl.DataFrame:
    """The effect of one decision by itself, looked for only where it can have one."""
    chosen = _reach(part, change)
    mine = part.filter(chosen)
    if not len(mine):
        return pl.DataFrame(schema=_SCHEMA)
    return _counted(_moved(mine, was.filter(chosen), simulate(mine, run)), change.id)


def _reach(part: pl.DataFrame, change: Change) -> pl.Series:
    kind, target = change.kind, change.target
    if kind == "threshold":
        tag = target.split(":")[0]
        found = part["tag"].is_not_null() if tag == DEFAULT else part["tag"] == tag
    elif kind == "licence" and target.startswith(HOST):
        found = under(part["url"], target.removeprefix(HOST))
    else:
        found = part["source"] == target.removeprefix(SOURCE)
    return found.fill_null(value=False)


def _counted(moved: pl.DataFrame, change: str) -> pl.DataFrame:
    named = moved.with_columns(pl.lit(change).alias("change"))
    return named.group_by(KEYS).agg(_documents()).select(list(_SCHEMA))


def _documents() -> pl.Expr:
    return pl.len().cast(pl.Int64).alias("documents")


def _added(tables: list[pl.DataFrame], keys: tuple[str, ...]) -> pl.DataFrame:
    return pl.concat(tables).group_by(keys).agg(pl.col("documents").sum())


def _orphaned(release: Release, leaving: pl.Series) -> int:
    path = release.folder / CLUSTERS
    if not path.is_file() or not len(leaving):
        return 0
    listed = pl.scan_parquet(path, hive_partitioning=False).select("kept_doc_id")
    return int(
        listed.join(leaving.to_frame("kept_doc_id").lazy(), on="kept_doc_id", how="semi")
        .select(pl.len())
        .collect()
        .item()
    )

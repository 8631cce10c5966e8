"""The books of a release: every record read ends exactly once, and the counts agree.

The files are counted again from their columns, and every number that `run.json` states
is held against them (promise P1: nothing is lost).
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from governance.release_folder import CLUSTERS, FOLDERS, Release, open_release
from governance.tally import tally
from schemas.decision import OUTCOMES, QUARANTINED, REMOVED, STAGES

Counts = dict[str, Any]
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./=-]{0,199}")


@dataclass(frozen=True)
class Books:
    """What the files hold, and where `run.json` says otherwise.

    Args:
        counts: recounted, in the shape of `counts` in `run.json`.
        imbalances: one sentence for every number that does not agree.
    """

    counts: Counts
    imbalances: tuple[str, ...]

    @property
    def is_balanced(self) -> bool:
        """True when every number agrees."""
        return not self.imbalances


def reconcile(release: Path | Release, tables: dict[str, pl.DataFrame] | None = None) -> Books:
    """Counts a release again and names every imbalance.

    Args:
        release: the release, or its folder.
        tables: the tables of `governance.tally`, when they are at hand.

    Returns:
        The counts and the imbalances. No text is read.

    Raises:
        InputError: the folder is no release.
    """
    opened = release if isinstance(release, Release) else open_release(release)
    found = recount(opened, tally(opened) if tables is None else tables)
    said = opened.run.get("counts")
    problems = _misplaced(found) + _differences(said if isinstance(said, dict) else {}, found)
    problems += _reading(opened.run.get("read"), found) + _taken_down(opened.run, found)
    problems += [f"{path}: cannot be read, so it is not counted" for path in opened.unreadable]
    problems += _files(opened) + _duplicates(found)
    if not found["read"]:
        problems.append("the release holds no document at all")
    return Books(found, tuple(problems))


def recount(release: Release, tables: dict[str, pl.DataFrame]) -> Counts:
    """The counts of a release in the shape of `counts` in `run.json`, from its columns."""
    decisions, privacy = tables["decisions"], tables["privacy"]
    by_outcome = _total(decisions, "outcome")
    exact, near, at_address = _clusters(release)
    return {
        **_row(by_outcome),
        "by_source": {
            source: _row(_total(part, "outcome"))
            for (source,), part in decisions.sort("source").group_by("source", maintain_order=True)
        },
        "by_stage": _by_stage(decisions),
        "removed_by_rule": _by_rule(decisions, REMOVED),
        "quarantined_by_rule": _by_rule(decisions, QUARANTINED),
        "languages": _total(tables["languages"].filter(pl.col("folder") == "documents"), "tag"),
        "privacy": _total(privacy, "type", "values"),
        "exact_duplicates": exact,
        "near_duplicates": near,
        "url_duplicates": at_address,
        "misplaced": _rows_out_of_place(decisions),
    }


def _total(table: pl.DataFrame, key: str, number: str = "documents") -> dict[Any, int]:
    return dict(table.group_by(key).agg(pl.col(number).sum()).sort(key).iter_rows())


def _row(outcomes: dict[Any, int]) -> dict[str, int]:
    return {"read": sum(outcomes.values())} | {name: outcomes.get(name, 0) for name in OUTCOMES}


def _by_stage(decisions: pl.DataFrame) -> list[dict[str, Any]]:
    counted = {
        (stage, outcome): documents
        for stage, outcome, documents in decisions.group_by("stage", "outcome")
        .agg(pl.col("documents").sum())
        .iter_rows()
    }
    rows, entering = [], int(decisions["documents"].sum())
    for stage in STAGES:
        removed, held = (counted.get((stage, name), 0) for name in (REMOVED, QUARANTINED))
        leaving = entering - removed - held
        row = {"stage": stage, "in": entering, REMOVED: removed, QUARANTINED: held, "out": leaving}
        rows.append(row)
        entering = leaving
    return rows


def _by_rule(decisions: pl.DataFrame, outcome: str) -> dict[str, int]:
    chosen = decisions.filter(pl.col("outcome") == outcome)
    name = pl.concat_str("stage", "rule", separator="/", ignore_nulls=True).alias("name")
    return _total(chosen.with_columns(name), "name")


def _rows_out_of_place(decisions: pl.DataFrame) -> int:
    expected = pl.col("folder").replace_strict(FOLDERS, return_dtype=pl.String)
    is_odd = (pl.col("outcome") != expected).fill_null(value=True)
    is_odd |= ~pl.col("stage").is_in(STAGES).fill_null(value=True)
    return int(decisions.filter(is_odd)["documents"].sum())


def _clusters(release: Release) -> tuple[int, int, int]:
    """Exact and near copies, and documents at the address of another one."""
    try:
        listed = pl.DataFrame(pl.from_arrow(_copies(release)))
        exact = int(listed["exact"].sum())
        at_address = int(listed["same_address"].sum()) if "same_address" in listed.columns else 0
    except (OSError, KeyError, pa.ArrowException, pl.exceptions.PolarsError):
        return 0, 0, 0
    return exact, len(listed) - exact - at_address, at_address


def _copies(release: Release) -> pa.Table:
    """How each copy is one; releases of before 2026-12 compared no addresses."""
    with pq.ParquetFile(release.folder / CLUSTERS) as file:
        names = {"exact", "same_address"} & set(file.schema_arrow.names)
        batches = file.iter_batches(columns=sorted(names))
        return pa.Table.from_batches(
            batches, pa.schema(file.schema_arrow.field(n) for n in sorted(names))
        )


def _misplaced(found: Counts) -> list[str]:
    count = found.pop("misplaced")
    if not count:
        return []
    return [f"documents in a folder that does not fit their outcome or stage: {count}"]


def _differences(said: Counts, found: Counts) -> list[str]:
    stated_stages = {row.get("stage") for row in said.get("by_stage", [])}
    # A stage that older runs did not have decided nothing in them.
    stages = [
        row
        for row in found["by_stage"]
        if row["stage"] in stated_stages or row[REMOVED] or row[QUARANTINED]
    ]
    ours, theirs = _flat({**found, "by_stage": stages}), _flat(said)
    places = sorted(set(ours) | set(theirs), key=_label)
    pairs = [(_label(place), theirs.get(place, 0), ours.get(place, 0)) for place in places]
    return [
        f"{label}: run.json says {stated}, the files hold {held}"
        for label, stated, held in pairs
        if stated != held
    ]


def _reading(said: Any, found: Counts) -> list[str]:  # noqa: ANN401  # whatever the file holds
    """Holds what was counted when the records were read against what became of them."""
    if not isinstance(said, dict):
        return ["run.json does not state how many records were read"]
    ended = {source: row["read"] for source, row in found["by_source"].items()}
    odd = [name for name in sorted({*said, *ended}) if said.get(name, 0) != ended.get(name, 0)]
    return [
        f"{_label((name,))}: {said.get(name, 0)} records were read, {ended.get(name, 0)} ended"
        for name in odd
    ]


def _flat(counts: Counts) -> dict[tuple[str, ...], Any]:
    flat: dict[tuple[str, ...], Any] = {}
    for key, value in counts.items():
        inner = _by_name(value) if key == "by_stage" else value
        if isinstance(inner, dict):
            flat |= {(str(key), *place): number for place, number in _flat(inner).items()}
        else:
            flat[(str(key),)] = value if isinstance(value, int) else "no number"
    return flat


def _by_name(stages: list[dict[str, Any]]) -> dict[str, Any]:
    return {str(row.get("stage")): _numbers(row) for row in stages}


def _numbers(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("in", REMOVED, QUARANTINED, "out") if name in row}


def _label(place: tuple[str, ...]) -> str:
    """The name of a number; a name that no rule, source or language can have is withheld."""
    return "/".join(part if _PLAIN_NAME.fullmatch(part) else "(ill-formed name)" for part in place)


def _files(release: Release) -> list[str]:
    said = {file.get("path"): file.get("rows") for file in release.run.get("files", [])}
    held = {shard.path: shard.rows for shard in release.shards}
    problems = [
        f"{path}: run.json says {said[path]} rows, the file holds {held[path]}"
        for path in sorted(held.keys() & said.keys())
        if said[path] != held[path]
    ]
    unnamed = len(held.keys() - said.keys())
    if unnamed:
        problems.append(f"files with documents that run.json does not name: {unnamed}")
    lost = sorted(path for path in said if isinstance(path, str) and _is_lost(path, held, release))
    return problems + [f"{_label((path,))}: named by run.json, but not there" for path in lost]


def _is_lost(path: str, held: dict[str, int], release: Release) -> bool:
    is_shard = path.split("/", maxsplit=1)[0] in FOLDERS
    return is_shard and path not in held and path not in release.unreadable


def _duplicates(found: Counts) -> list[str]:
    decided = next(row[REMOVED] for row in found["by_stage"] if row["stage"] == "duplicates")
    listed = sum(found[f"{kind}_duplicates"] for kind in ("exact", "near", "url"))
    if decided == listed:
        return []
    return [f"duplicates: {decided} removed, {listed} listed in {CLUSTERS}"]


def _taken_down(run: Counts, found: Counts) -> list[str]:
    """What the run read, less what every takedown states, must be what is there."""
    if not run.get("takedowns"):
        return []
    left = dict(run.get("read_by_run") or {})
    for one in run["takedowns"]:
        for source, row in one["by_source"].items():
            left[source] = left.get(source, 0) - sum(row.values())
    there = {source: row["read"] for source, row in found["by_source"].items()}
    wrong = sorted(name for name in left.keys() | there.keys()
                   if left.get(name, 0) != there.get(name, 0))  # fmt: skip
    return [f"takedowns: {name}: what was read less what was taken down is not what is there"
            for name in wrong]  # fmt: skip

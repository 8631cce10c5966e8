"""Retention: what a policy lets a programme keep no longer is listed, and removed when told so.

Days are counted from what the records say (the day of a run, of a takedown, of collection), and
only for staged batches, which have no record, from their files.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from governance import retained
from governance.corpus import Corpus
from governance.integrity.audit import AuditLog
from governance.manifest import NAME as MANIFEST
from governance.release_folder import open_release, read_json
from governance.subjects.ledger import indexes
from governance.takedown import cases, tombstones, withdrawal
from governance.takedown.stored import write_json
from pipelines.takedown.secondary import staging
from pipelines.takedown.shards import write_like

RAW, WITHHELD, STAGED, SUPERSEDED, CASE, SUBJECTS = (
    "raw", "withheld-text", "staged-batches", "superseded-release", "case-contact",
    "subject-index",
)  # fmt: skip


@dataclass(frozen=True)
class Due:
    """Something whose time is over.

    Args:
        kind: which of the kinds of this module.
        object: which one, as the audit log names it.
        since: from which day its time is counted.
        days: how long it may be kept.
        until: its last day.
        place: where it lies; empty where that would say too much, or where it is not ours.
    """

    kind: str
    object: str
    since: str
    days: int
    until: str
    place: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def over(corpus: Corpus, as_of: date) -> list[Due]:
    """Everything whose time is over on a day, ordered by kind and name; nothing is changed.

    Args:
        corpus: the corpus; its policy says how long each kind is kept. What the policy names no
            days for is kept.
        as_of: the day.
    """
    found = [one for kind in (*_KINDS, _raw) for one in kind(corpus)]
    return sorted(
        (one for one in found if date.fromisoformat(one.until) < as_of),
        key=lambda one: (one.kind, one.object),
    )


def remove(corpus: Corpus, items: list[Due], *, day: str, role: str, at: str) -> int:
    """Removes what is over, and enters each in the audit log; raw files are their custodian's.

    Args:
        corpus: the corpus.
        items: of `over`.
        day: of the removal.
        role: of who does it.
        at: time for the audit log.

    Returns:
        How many were removed. May be killed and repeated.
    """
    log, done = AuditLog(corpus.state / "audit"), 0
    for one in items:
        act = _ACTS.get(one.kind)
        if act is None:
            continue
        facts = act(corpus, one, day)
        told: dict[str, str | int | float | bool | None] = {
            "kind": one.kind, "since": one.since, "days": one.days, **facts,
        }  # fmt: skip
        log.append("retention.remove", one.object, actor_role=role, at=at, facts=told)
        done += 1
    return done


def _due(kind: str, object_id: str, since: object, days: int | None, place: str = "") -> list[Due]:
    if days is None or not since:
        return []
    until = date.fromisoformat(str(since)[:10]) + timedelta(days=days)
    return [Due(kind, object_id, str(since)[:10], days, until.isoformat(), place)]


def _day_of(release: Path) -> str | None:
    return (read_json(release / "run.json").get("settings") or {}).get("as_of")


def _release_id(corpus: Corpus, release: Path) -> str:
    return f"release:{corpus.name}-{release.name}"


def _withheld(corpus: Corpus) -> Iterator[Due]:
    days = corpus.policy.retention.withheld_days
    for release in corpus.live():
        held = [path for name in retained.WITHHELD for path in (release / name).rglob("*.parquet")]
        names = {path.relative_to(release).as_posix() for path in held}
        if names - set(retained.reduced(release)):
            name = _release_id(corpus, release)
            yield from _due(WITHHELD, name, _day_of(release), days, release.name)


def _superseded(corpus: Corpus) -> Iterator[Due]:
    days = corpus.policy.retention.superseded_days
    live = sorted(corpus.live(), key=lambda path: tombstones.natural(path.name))
    for release in live[:-1]:
        name = _release_id(corpus, release)
        yield from _due(SUPERSEDED, name, _day_of(release), days, release.name)


def _staged(corpus: Corpus) -> Iterator[Due]:
    days = corpus.policy.retention.staging_days
    for folder in staging(corpus):
        times = [path.stat().st_mtime for path in folder.rglob("*") if path.is_file()]
        if times:
            last = datetime.fromtimestamp(max(times), UTC).date().isoformat()
            yield from _due(STAGED, f"run:{folder.name}", last, days, str(folder))


def _cases(corpus: Corpus) -> Iterator[Due]:
    days = corpus.policy.retention.case_days
    for case in cases.every(corpus):
        if case.status == cases.CERTIFIED and not case.forgotten:
            yield from _due(CASE, f"case:{case.id}", case.applied_on, days)


def _subjects(corpus: Corpus) -> Iterator[Due]:
    days = corpus.policy.retention.subject_index_days
    for version, path in indexes(corpus).items():
        since = _day_of(corpus.releases / version)
        yield from _due(SUBJECTS, f"index:{corpus.name}-{version}", since, days, str(path))


def _raw(corpus: Corpus) -> Iterator[Due]:
    """Files as they were collected: listed by source, never touched."""
    days = corpus.policy.retention.raw_days
    last: dict[str, str] = {}
    for release in corpus.versions():
        for card in read_json(release / "run.json").get("sources", []):
            day = (card.get("collected") or {}).get("to")
            if day:
                last[str(card["id"])] = max(str(day), last.get(str(card["id"]), ""))
    for source, day in sorted(last.items()):
        yield from _due(RAW, f"source:{source}", day, days)


_KINDS: tuple[Callable[[Corpus], Iterator[Due]], ...] = (
    _withheld, _superseded, _staged, _cases, _subjects,
)  # fmt: skip


def _drop_text(corpus: Corpus, one: Due, day: str) -> dict[str, int]:
    """The text of what a release withheld; the rows stay, with all that explains them."""
    release = corpus.releases / one.place
    listed = {file["path"]: file for file in read_json(release / MANIFEST).get("files", [])}
    bare = retained.reduced(release)
    for shard in open_release(release).shards:
        if shard.folder in retained.WITHHELD and shard.path not in bare and shard.path in listed:
            bare[shard.path] = _without_text(release, shard.path)
            record = {"day": day, "files": [bare[path] for path in sorted(bare)]}
            write_json(release / retained.NAME, record, mode=0o644)
    return {"files": len(bare)}


def _without_text(release: Path, path: str) -> dict[str, Any]:
    partial = release.parent / f".{release.name}.retention" / path.replace("/", "+")

    def groups(file: pq.ParquetFile) -> Iterator[pa.Table]:
        for number in range(file.num_row_groups):
            table = file.read_row_group(number)
            place = table.schema.get_field_index("text")
            field = table.schema.field(place)
            yield table.set_column(place, field, pa.nulls(table.num_rows, field.type))

    with pq.ParquetFile(release / path) as file:
        rows = file.metadata.num_rows
        written = write_like(file, str(partial), groups(file))
    assert written is not None  # noqa: S101  # a shard has rows
    # Killed before it is said, the file is found again by the next attempt, which says it.
    told = {"path": path, "sha256": written.sha256, "bytes": written.bytes, "rows": rows}
    partial.replace(release / path)
    shutil.rmtree(partial.parent)
    return told


def _withdraw(corpus: Corpus, one: Due, day: str) -> dict[str, int]:
    newest = max(corpus.live(), key=lambda path: tombstones.natural(path.name))
    withdrawal.withdraw(corpus.releases / one.place, newest.name, "retention", day)
    tombstones.point(corpus)
    return {}


def _delete_staged(_corpus: Corpus, one: Due, _day: str) -> dict[str, int]:
    files = sum(path.is_file() for path in Path(one.place).rglob("*"))
    shutil.rmtree(one.place)
    return {"files": files}


def _forget_case(corpus: Corpus, one: Due, _day: str) -> dict[str, int]:
    cases.forget(corpus, cases.load(corpus, one.object.partition(":")[2]))
    return {}


def _delete_index(_corpus: Corpus, one: Due, _day: str) -> dict[str, int]:
    Path(one.place).unlink(missing_ok=True)
    return {}


_ACTS: dict[str, Callable[[Corpus, Due, str], dict[str, int]]] = {
    WITHHELD: _drop_text,
    SUPERSEDED: _withdraw,
    STAGED: _delete_staged,
    CASE: _forget_case,
    SUBJECTS: _delete_index,
}

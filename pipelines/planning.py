"""What a run would do before it does it: parts of files, what is staged already, time, disk."""

import json
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipelines import deciding, files, reuse
from pipelines.inputs import InputFile, splits
from pipelines.run import Run

#: Megabytes of text that one worker takes in a second, and staged bytes for each byte of text,
#: where no run of this corpus says more (`make bench`, docs/benchmarks.md, 2026-11).
RATE_MB = 5.0
STAGED_SHARE = 1.6
#: Seconds that a run takes however little it reads: start, validation and report.
START_SECONDS = 20.0
#: Bytes of the release for each byte of text (the same run).
RELEASED_SHARE = 0.6
#: Text in a packed file, for each byte of it: gzip of text, and WARC with its HTML taken off.
UNPACKED = 4.0
_PACKED = (".gz", ".zst", ".bz2", ".parquet")


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be done of one source.

    Args:
        source: its id.
        files: how many input files it has.
        bytes: their size as they lie.
        parts: in so many parts they are read.
        cached: parts whose batches are staged already.
        to_do_bytes: size of the other parts.
        why: why those are to be done, most bytes first.
    """

    source: str
    files: int
    bytes: int
    parts: int
    cached: int
    to_do_bytes: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do.

    Args:
        release: where the release will lie.
        sources: one entry a source, by id.
        seconds: about how long it will take; `basis` says what that comes from.
        basis: a sentence.
        staging_bytes: about how much will be staged anew.
        release_bytes: about how large the release will be.
        free_bytes: what is free where batches are staged and where the release will lie.
    """

    release: str
    sources: tuple[Planned, ...]
    seconds: float
    basis: str
    staging_bytes: int
    release_bytes: int
    free_bytes: tuple[int | None, int | None]

    @property
    def to_do_bytes(self) -> int:
        """Size of all parts that are to be done."""
        return sum(one.to_do_bytes for one in self.sources)

    @property
    def has_room(self) -> bool:
        """Whether the disks have room; on one disk, for both."""
        staging, release = self.free_bytes
        if staging is not None and staging == release:
            return self.staging_bytes + self.release_bytes < staging
        needs = ((staging, self.staging_bytes), (release, self.release_bytes))
        return all(free is None or needed < free for free, needed in needs)

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        return {**asdict(self), "to_do_bytes": self.to_do_bytes, "has_room": self.has_room}


def plan_run(run: Run, inputs: Iterable[InputFile], workers: int) -> Plan:
    """What a run would do. Nothing is read but the heads of files and what earlier runs left.

    Whether a file is what it was is told by its size and the time of its last change; the run
    itself goes by a digest of its content.
    """
    by_source: dict[str, list[InputFile]] = {name: [] for name in sorted(run.cards)}
    for file in inputs:
        by_source[file.source].append(file)
    sources = tuple(_planned(name, mine, run) for name, mine in by_source.items())
    text = sum(_text_bytes(file) for file in inputs)
    total = sum(one.bytes for one in sources)
    share = sum(one.to_do_bytes for one in sources) / total if total else 0.0
    seconds, basis = _seconds(run, text, share, workers)
    return Plan(
        release=run.release,
        sources=sources,
        seconds=seconds,
        basis=basis,
        staging_bytes=round(text * share * STAGED_SHARE),
        release_bytes=round(text * RELEASED_SHARE),
        free_bytes=(_free(run.batches), _free(run.release)),
    )


def _planned(source: str, mine: list[InputFile], run: Run) -> Planned:
    cached = parts = 0
    why: Counter[str] = Counter()
    for file in mine:
        for part in splits(file, run):
            parts += 1
            reasons = _reasons(file, reuse.find(file, part, run), run)
            cached += not reasons
            for reason in reasons:
                why[reason] += (file.bytes if part.end < 0 else part.end) - part.start
    to_do = sum(size for reason, size in why.items())
    named = tuple(reason for reason, _ in why.most_common())
    return Planned(source, len(mine), sum(file.bytes for file in mine), parts, cached, to_do, named)


def _reasons(file: InputFile, record: reuse.Record | None, run: Run) -> tuple[str, ...]:
    """Why a part is to be done, as one reason; none when its batches are staged."""
    if record is None:
        return ("new",)
    if (record.bytes, record.changed_ns) != (file.bytes, reuse.changed_ns(file.path)):
        return ("file changed",)
    changed = deciding.changed(run.deciding[file.source], record.deciding)
    if changed:
        return (" and ".join(changed) + " changed",)
    return () if reuse.is_staged(record, run) else ("batches gone",)


def _text_bytes(file: InputFile) -> float:
    return file.bytes * (UNPACKED if file.path.endswith(_PACKED) else 1.0)


def _seconds(run: Run, text: float, share: float, workers: int) -> tuple[float, str]:
    """About how long it takes, from the last run of the corpus or from what was measured."""
    last = _last_run(run)
    if last is None:
        return START_SECONDS + text * share / 1e6 / RATE_MB / max(workers, 1), (
            f"{RATE_MB:g} MB a second and worker, as measured in docs/benchmarks.md; no whole run"
            " of this corpus lies here that says more"
        )
    journal, release_text = last
    spent, worked = journal["seconds"], journal["worked_share"]
    per_byte = spent["curate"] / max(release_text * worked, 1)
    judged = sum(spent.get(name, 0.0) for name in ("validate", "report"))
    seconds = text * share * per_byte + judged * text / max(release_text, 1)
    return seconds, f"the run that ended {journal['finished']} took so long for its text"


def _last_run(run: Run) -> tuple[dict[str, Any], float] | None:
    """The journal of the last run that worked on most of its input, and how much text it had."""
    folder, _, _ = run.release.rpartition("/")
    if not files.is_local(folder):
        return None
    found = []
    for path in Path(folder).glob("*/journal.json"):
        journal = json.loads(path.read_bytes())
        record = path.parent / "run.json"
        if journal.get("worked_share", 0.0) >= 0.5 and record.exists():  # noqa: PLR2004  # most
            found.append((journal["finished"], path, journal))
    if not found:
        return None
    _, path, journal = max(found, key=lambda one: one[0])
    inputs = json.loads((path.parent / "run.json").read_bytes())["inputs"]
    unpacked = (one["bytes"] * (UNPACKED if one["uri"].endswith(_PACKED) else 1) for one in inputs)
    return journal, sum(unpacked)


def _free(path: str) -> int | None:
    """Bytes that are free on the disk of a path; None where nobody can say."""
    if not files.is_local(path):
        return None
    place = Path(path)
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free

"""Which batches the parts of files became, so that a later run does not read them again.

A part of a file is known again by the keyed digest of the whole file and by what decides
about its source; the clock and the names of files have no say.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipelines import files
from pipelines.batch import Batch
from pipelines.formats import Split
from pipelines.inputs import InputFile, InputSplit
from pipelines.run import Run
from pipelines.steps import stage
from pipelines.steps.meet import earlier_parts


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of a part of a file.

    Args:
        digest: keyed, of the whole file.
        deciding: digests of what decided, by the part's name (`pipelines.deciding`).
        bytes: size of the file.
        changed_ns: when the file was changed last, in nanoseconds; 0 where that is not known.
        batches: name of each batch, and how many bytes of the file it took.
    """

    digest: str
    deciding: dict[str, str]
    bytes: int
    changed_ns: int
    batches: list[tuple[str, int]] = field(default_factory=list)


def known(part: InputSplit, run: Run) -> list[Batch] | None:
    """The batches of a part, if all of them are staged; None when it has to be read."""
    record = find(part.file, part.split, run)
    if record is None or record.digest != part.digest:
        return None
    if record.deciding != run.deciding[part.file.source] or not is_staged(record, run):
        return None
    return [Batch(name, None, read_bytes) for name, read_bytes in record.batches]


def is_staged(record: Record, run: Run) -> bool:
    """Whether every batch of a part lies there."""
    return all(stage.is_staged(name, run) for name, _ in record.batches)


def remember(part: InputSplit, batches: list[tuple[str, int]], run: Run) -> None:
    """Writes down which batches a part became; they need not be staged yet."""
    deciding = run.deciding[part.file.source]
    record = Record(part.digest, deciding, part.file.bytes, changed_ns(part.file.path), batches)
    path = _path(part.file, part.split, run)
    files.write_bytes(path, json.dumps(asdict(record), sort_keys=True).encode())


def find(file: InputFile, split: Split, run: Run) -> Record | None:
    """What is remembered of a part of a file; None when nothing is."""
    path = _path(file, split, run)
    if not files.exists(path):
        return None
    try:
        return Record(**json.loads(files.read_bytes(path)))
    except (ValueError, TypeError):
        return None


def remove_others(run: Run) -> None:
    """Removes what lies among the staged batches and belongs to none of this run's."""
    folder = Path(run.batches)
    used = {path.stem for path in Path(run.own("receipts")).glob("*.json")}
    if not used:  # the release was there already, and this run staged nothing
        return
    used |= {f"{part.number:016x}" for part in earlier_parts(run)}
    for path in folder.glob("*.*"):
        if path.name.partition(".")[0] not in used:
            path.unlink()
    for path in (folder / "parts").glob("*.json"):
        record = Record(**json.loads(path.read_bytes()))
        if not used.issuperset(name for name, _ in record.batches):
            path.unlink()


def changed_ns(path: str) -> int:
    """When a file on this machine's disk was changed last."""
    return Path(path).stat().st_mtime_ns if files.is_local(path) else 0


def _path(file: InputFile, split: Split, run: Run) -> str:
    """Named by a keyed digest: files are called after people too."""
    place = f"{file.source}\0{file.uri}\0{split.start}\0{split.end}"
    return run.staged(f"parts/{run.keyring.digests('staging', [place.encode()])[0][:32]}.json")

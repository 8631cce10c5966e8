"""Stage: one file per batch, named by its content, so that finished work is known again."""

import json
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from pipelines import files
from pipelines.batch import Batch
from pipelines.clock import clocked
from pipelines.dedup import fingerprints
from pipelines.run import Run
from pipelines.staging import write_groups
from pipelines.steps import index_subjects
from pipelines.steps.fingerprint import fingerprint
from schemas.decision import RELEASED

#: Language of the rows that nobody could call.
NO_LANGUAGE = "und_Zyyy"


#: How the names of the files end that lie beside a receipt: rows and fingerprints.
_BESIDE = (".arrow", ".prints")


@dataclass(frozen=True, slots=True)
class Group:
    """One group of rows of a staged file: documents of one language with one outcome so far."""

    outcome: str
    language: str
    rows: int
    text_bytes: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a staged file holds; the next steps plan from receipts alone.

    Args:
        name: of the batch.
        source: id of its source.
        read_bytes: of the input file.
        groups: of its rows, one after the other.
        sizes: how long the files beside the receipt are, by how their names end; a batch
            whose files are not so is made again.
    """

    name: str
    source: str
    read_bytes: int
    groups: tuple[Group, ...]
    sizes: tuple[tuple[str, int], ...] = ()

    def to_json(self) -> bytes:
        """The receipt as it lies beside the staged file."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Receipt":
        """The receipt of an earlier attempt."""
        values: dict[str, Any] = json.loads(data)
        groups = tuple(Group(**group) for group in values["groups"])
        sizes = tuple((end, size) for end, size in values["sizes"])
        return cls(values["name"], values["source"], values["read_bytes"], groups, sizes)


@clocked("stage")
def stage(batch: Batch, run: Run) -> Receipt:
    """Writes the batch, its fingerprints and, last, its receipt; or reads the receipt again.

    Rows are sorted by outcome, language and doc_id; each outcome and language is a
    group of its own, so that a shard is later made from groups alone.
    """
    path = run.staged(f"{batch.name}.json")
    if batch.frame is None:
        return _received(Receipt.from_json(files.read_bytes(path)), run, again=True)
    frame, groups = _arranged(batch.frame)
    prints = fingerprint(batch, frame["_at"], run)
    with files.create(run.staged(f"{batch.name}.prints")) as file:
        fingerprints.write(prints, file)
    write_groups(run.staged(f"{batch.name}.arrow"), frame, [group.rows for group in groups])
    index_subjects.keep(batch.name, frame, run)
    source = frame["source"].struct.field("id").first()
    sizes = tuple((end, files.size(run.staged(batch.name + end)) or 0) for end in _BESIDE)
    receipt = Receipt(batch.name, str(source), batch.read_bytes, groups, sizes)
    files.write_bytes(path, receipt.to_json())
    return _received(receipt, run)


def is_staged(name: str, run: Run) -> bool:
    """Whether a batch is staged, and its files are as long as its receipt says."""
    path = run.staged(f"{name}.json")
    if not files.exists(path):
        return False
    try:
        receipt = Receipt.from_json(files.read_bytes(path))
    except (ValueError, KeyError, TypeError):
        return False
    return all(files.size(run.staged(name + end)) == size for end, size in receipt.sizes)


def _received(receipt: Receipt, run: Run, *, again: bool = False) -> Receipt:
    """The receipt, noted among the run's own files too: so its batches are counted."""
    rows = sum(group.rows for group in receipt.groups)
    noted = {"read_bytes": receipt.read_bytes, "rows": rows, "again": again}
    files.write_bytes(run.own(f"receipts/{receipt.name}.json"), json.dumps(noted).encode())
    return receipt


def _arranged(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Group, ...]]:
    outcome = pl.col("decision").struct.field("outcome").fill_null(RELEASED)
    language = pl.col("language").struct.field("tag").fill_null(NO_LANGUAGE)
    keyed = frame.with_columns(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("_at"),
        outcome.alias("_outcome"),
        language.alias("_language"),
    )
    ordered = keyed.sort("_outcome", "_language", "doc_id")
    sizes = ordered.group_by("_outcome", "_language", maintain_order=True).agg(
        pl.len().alias("rows"), pl.col("text").str.len_bytes().sum().alias("text_bytes")
    )
    return ordered, tuple(Group(*row) for row in sizes.iter_rows())

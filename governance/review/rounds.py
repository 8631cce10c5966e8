"""A reading round: who reads which documents of which language, and its record."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from governance.integrity.canonical import digest_of
from governance.release_folder import Release, read_json
from governance.review.draw import BANDS, draw, lots
from schemas.errors import InputError
from schemas.reading_protocol import DOUBLE_SHARE

FOLDER = "validation/reading"
SCHEMA = "endonym.reading-round/1"
#: Mixed into the seed, so that batches are another lot than the draw.
_DEAL = 1_000_003


@dataclass(frozen=True)
class Protocol:
    """How a round is drawn and read.

    Args:
        batches: of each language.
        size: documents of a batch.
        readers: people who read each language; two at least.
        seed: of the lot.
    """

    batches: int
    size: int
    readers: int
    seed: int

    @property
    def documents(self) -> int:
        """Documents of a language."""
        return self.batches * self.size


@dataclass(frozen=True)
class Task:
    """The pages of one reader in one language: documents in their order, batch by batch."""

    tag: str
    reader: str
    doc_ids: tuple[str, ...]
    batch_of: tuple[int, ...]


def plan_round(
    release: Release,
    protocol: Protocol,
    languages: list[str] | None,
    progress: Any = None,  # noqa: ANN401
) -> dict[str, Any]:
    """Draws a round and deals it out; the same release, protocol and seed give the same round.

    Args:
        release: an open release with its manifest.
        protocol: how it is drawn and read.
        languages: tags; all that were released when None.
        progress: called with shards done and shards in all.

    Returns:
        The record: protocol, strata, and of every document its batch and its readers.

    Raises:
        InputError: the release has no manifest, or no document in a language that was named.
    """
    root = release.manifest_root
    if root is None:
        raise InputError(f"{release.folder}: has no manifest; was the run finished?")
    chosen, strata = draw(release, languages, protocol.documents, protocol.seed, progress)
    missing = sorted(set(languages or ()) - set(chosen["tag"].to_list()))
    if missing or not len(chosen):
        told = ", ".join(missing) or "any language"
        raise InputError(f"{release.folder}: no released document in {told}")
    tags = chosen["tag"].unique().sort().to_list()
    record = {
        "schema": SCHEMA,
        "release": str(release.run.get("name")),
        "version": str(release.run.get("version")),
        "manifest_root": root,
        "protocol": {
            "batches": protocol.batches, "batch_documents": protocol.size,
            "readers": protocol.readers, "double_share": DOUBLE_SHARE, "seed": protocol.seed,
            "bands": list(BANDS), "source": "HPLT v3 inspection protocol (2025)",
        },
        "languages": [_dealt(chosen.filter(pl.col("tag") == tag), strata, protocol)
                      for tag in tags],
    }  # fmt: skip
    return {"round": digest_of(record)[:16], **record}


def _dealt(rows: pl.DataFrame, strata: list[dict[str, Any]], protocol: Protocol) -> dict[str, Any]:
    """One language: its documents shuffled once more and dealt to batches and readers."""
    tag = rows["tag"][0]
    order = np.argsort(lots(rows["doc_id"], protocol.seed + _DEAL), kind="stable")
    ids = rows["doc_id"].gather(order).to_list()
    batches = [ids[start :: protocol.batches] for start in range(protocol.batches)]
    mine = [one for one in strata if one["tag"] == tag]
    return {
        "tag": tag,
        "population": sum(one["population"] for one in mine),
        "drawn": len(ids),
        "strata": [{key: one[key] for key in ("source", "band", "population", "drawn")}
                   for one in mine],
        "batches": [
            {
                "reader": _reader(number, protocol),
                "second_reader": _reader(number + 1, protocol),
                "documents": batch,
                "double": batch[: ceil(DOUBLE_SHARE * len(batch))],
            }
            for number, batch in enumerate(batches)
            if batch
        ],
    }  # fmt: skip


def _reader(number: int, protocol: Protocol) -> str:
    return f"reader-{number % protocol.readers + 1}"


def tasks(language: dict[str, Any]) -> Iterator[Task]:
    """What each reader of a language reads: the own batches, and a tenth of another's."""
    read: dict[str, list[tuple[str, int]]] = {}
    for number, batch in enumerate(language["batches"], start=1):
        read.setdefault(batch["reader"], []).extend((one, number) for one in batch["documents"])
        read.setdefault(batch["second_reader"], []).extend((one, number) for one in batch["double"])
    for reader, documents in sorted(read.items()):
        ids, numbers = zip(*documents, strict=True)
        yield Task(language["tag"], reader, ids, numbers)


def keep(release: Path, record: dict[str, Any]) -> Path:
    """Writes the record of a round into the release's internal `validation/reading/`."""
    path = release / FOLDER / f"{record['round']}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(as_text(record), encoding="utf-8")
    partial.replace(path)
    return path


def as_text(record: dict[str, Any]) -> str:
    """A record as it is written."""
    return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_round(release: Path, named: str) -> dict[str, Any]:
    """The record of a round that was drawn from a release.

    Raises:
        InputError: no such round was drawn from it, or its record was changed.
    """
    record = read_json(release / FOLDER / f"{named}.json")
    bare = {key: value for key, value in record.items() if key != "round"}
    if not record or digest_of(bare)[:16] != named:
        raise InputError(f"{release}: the round {named} was not drawn from this release")
    return record

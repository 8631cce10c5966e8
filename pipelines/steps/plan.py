"""Plan shards: from the receipts alone, which groups make one released file."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipelines.run import Run
from pipelines.steps.duplicates import Told
from pipelines.steps.stage import Receipt
from schemas.corpus import FOLDER_KEY
from schemas.decision import QUARANTINED, RELEASED, REMOVED

_FOLDERS = {RELEASED: "documents", REMOVED: "removed", QUARANTINED: "quarantine"}


@dataclass(frozen=True, order=True, slots=True)
class Piece:
    """One group of rows of a staged file."""

    name: str
    group: int


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of the release and the groups that its rows come from.

    Args:
        path: relative to the release.
        outcome: rows that end so are written, the others are left to other shards.
        language: tag of the rows, or None where languages share a file.
        pieces: groups, in the order of their names.
        told: what is told of those staged files among them that hold duplicates.
        digest: of all that the rows come from, so that a later attempt knows it again.
    """

    path: str
    outcome: str
    language: str | None
    pieces: tuple[Piece, ...]
    told: tuple[Told, ...]
    digest: str


def plan(run: Run, receipts: Iterable[Receipt], verdicts: Iterable[Told]) -> list[Shard]:
    """The files of a release, of about `sizes.shard_mb` of text each; see `shards`."""
    return shards(run.settings.sizes.shard_mb * 1e6, receipts, verdicts)


def shards(
    shard_bytes: float, receipts: Iterable[Receipt], verdicts: Iterable[Told]
) -> list[Shard]:
    """The files of a release: by language for what is released, together for the rest.

    Row groups are taken in the order of their names, which follow from content, and put
    into a shard until it has `shard_bytes` of text; so the plan depends neither on the
    order of the input nor on the number of workers.

    Args:
        shard_bytes: text of one shard, in bytes; a larger group is a shard alone.
        receipts: one for each staged file.
        verdicts: what is told of the staged files that hold duplicates; rows that a group
            loses as duplicates are written with the removed ones.

    Returns:
        Shards sorted by path. No receipts: no shards.
    """
    pieces: dict[tuple[str, str | None], list[tuple[Piece, int]]] = {}
    told = {one.name: one for one in verdicts}
    for receipt in receipts:
        losing = told[receipt.name].losing if receipt.name in told else ()
        for number, group in enumerate(receipt.groups):
            piece, size = Piece(receipt.name, number), group.text_bytes
            language = group.language if group.outcome == RELEASED else None
            pieces.setdefault((group.outcome, language), []).append((piece, size))
            if group.outcome == RELEASED and number in losing:
                pieces.setdefault((REMOVED, None), []).append((piece, size))
    planned = [
        _shard(_path(outcome, language, number), outcome, language, members, told)
        for (outcome, language), sized in pieces.items()
        for number, members in enumerate(_packed(sorted(sized), shard_bytes))
    ]
    return sorted(planned, key=lambda shard: shard.path)


def _shard(
    path: str,
    outcome: str,
    language: str | None,
    pieces: tuple[Piece, ...],
    told: Mapping[str, Told],
) -> Shard:
    names = sorted({piece.name for piece in pieces} & told.keys())
    content = hashlib.sha256()
    for line in (
        *(f"{piece.name} {piece.group}" for piece in pieces),
        *(f"{name} {told[name].digest}" for name in names),
    ):
        content.update(f"{line}\n".encode())
    verdicts = tuple(told[name] for name in names)
    return Shard(path, outcome, language, pieces, verdicts, content.hexdigest()[:16])


def _path(outcome: str, language: str | None, number: int) -> str:
    part = f"part-{number:05d}.parquet"
    folder = _FOLDERS[outcome]
    return f"{folder}/{FOLDER_KEY}={language}/{part}" if language else f"{folder}/{part}"


def _packed(sized: list[tuple[Piece, int]], limit: float) -> Iterator[tuple[Piece, ...]]:
    shard: list[Piece] = []
    filled = 0
    for piece, size in sized:
        if shard and filled + size > limit:
            yield tuple(shard)
            shard, filled = [], 0
        shard.append(piece)
        filled += size
    if shard:
        yield tuple(shard)

"""Plan shards: from the receipts alone, which groups make one released file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipelines.steps.stage import Receipt
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
    """

    path: str
    outcome: str
    language: str | None
    pieces: tuple[Piece, ...]


def plan(
    shard_bytes: float, receipts: Iterable[Receipt], with_duplicates: Iterable[tuple[str, int]]
) -> list[Shard]:
    """The files of a release: by language for what is released, together for the rest.

    Row groups are taken in the order of their names, which follow from content, and put
    into a shard until it has `shard_bytes` of text; so the plan depends neither on the
    order of the input nor on the number of workers.

    Args:
        shard_bytes: text of one shard, in bytes; a larger group is a shard alone.
        receipts: one for each staged file.
        with_duplicates: (staged file, group) that lose rows as duplicates: those rows
            are written with the removed ones.

    Returns:
        Shards sorted by path. No receipts: no shards.
    """
    pieces: dict[tuple[str, str | None], list[tuple[Piece, int]]] = {}
    losing = set(with_duplicates)
    for receipt in receipts:
        for number, group in enumerate(receipt.groups):
            piece, size = Piece(receipt.name, number), group.text_bytes
            language = group.language if group.outcome == RELEASED else None
            pieces.setdefault((group.outcome, language), []).append((piece, size))
            if group.outcome == RELEASED and (piece.name, number) in losing:
                pieces.setdefault((REMOVED, None), []).append((piece, size))
    shards = [
        Shard(_path(outcome, language, number), outcome, language, members)
        for (outcome, language), sized in pieces.items()
        for number, members in enumerate(_packed(sorted(sized), shard_bytes))
    ]
    return sorted(shards, key=lambda shard: shard.path)


def _path(outcome: str, language: str | None, number: int) -> str:
    part = f"part-{number:05d}.parquet"
    folder = _FOLDERS[outcome]
    return f"{folder}/language={language}/{part}" if language else f"{folder}/{part}"


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

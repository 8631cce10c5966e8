"""The robots.txt and its like that lie in web archives: looked for part by part, in processes.

An archive is cut where the readers cut it, at the start of a record, and each part is a task of
its own. So a large archive is searched by all processors, each holding one record at a time; only
the few files of hosts that are found come back.
"""

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from typing import NamedTuple

import polars as pl

from governance.optouts.model import AI_TXT, ROBOTS, TDMREP
from governance.optouts.places import places
from pipelines import files
from pipelines.formats import Reading
from pipelines.formats.model import WHOLE, Split
from pipelines.formats.records.archived import archived_answer
from pipelines.formats.streams.archive import read_blocks
from pipelines.inputs import InputFile, splits
from pipelines.run import Run

#: Where each kind of file lies on a host; all of them, and no others, are looked for.
PLACES = {
    "/robots.txt": ROBOTS,
    "/ai.txt": AI_TXT,
    "/.well-known/ai.txt": AI_TXT,
    "/.well-known/tdmrep.json": TDMREP,
}
_ARCHIVED = re.compile(rb"(?im)^WARC-Target-URI:[^\r\n]*/(robots\.txt|ai\.txt|tdmrep\.json)>?\s*$")
#: Archives that are smaller together are searched here: a process takes a second to start.
SMALL_BYTES = 256_000_000


class Said(NamedTuple):
    """One file of one host, as it was fetched."""

    host: str
    kind: str
    day: str
    status: int
    body: str


class Part(NamedTuple):
    """A part of an archive to search.

    Args:
        source: id of the source.
        path: of the archive.
        split: which part.
        day: for answers that name no day of their own.
    """

    source: str
    path: str
    split: Split
    day: str


def parts_of(file: InputFile, day: date, run: Run) -> Iterator[Part]:
    """The parts in which an archive is searched: those in which it is read."""
    for split in splits(file, run):
        yield Part(file.source, file.path, split, day.isoformat())


def whole(path: str, day: date, source: str) -> Part:
    """An archive as one part."""
    return Part(source, path, WHOLE, day.isoformat())


def search(parts: Sequence[Part], size_bytes: int) -> list[tuple[str, Said]]:
    """What hosts say in some parts of archives, with the source of each.

    Args:
        parts: of `parts_of`.
        size_bytes: of all of them; small archives are searched in this process.
    """
    workers = min(len(os.sched_getaffinity(0)), len(parts))
    if workers < 2 or size_bytes < SMALL_BYTES:  # noqa: PLR2004
        return [one for part in parts for one in found_in(part)]
    # Spawned: a process that has threads must not be copied.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return [one for found in pool.map(found_in, parts) for one in found]


def found_in(part: Part) -> list[tuple[str, Said]]:
    """What hosts say in one part."""
    with files.open_input(part.path) as file:
        return [
            (part.source, said)
            for block in read_blocks(file, part.split, Reading())
            if not block.failure and _ARCHIVED.search(block.head)
            for said in _said(archived_answer(block), part.day)
        ]


def _said(answer: tuple[str, str, int, str] | None, day: str) -> Iterator[Said]:
    if answer is None:
        return
    url, fetched, status, body = answer
    host, place = places(pl.Series([url])).row(0)
    kind = PLACES.get((place or "").partition("?")[0])
    if host and kind:
        yield Said(host, kind, fetched[:10] if is_day(fetched[:10]) else day, status, body)


def is_day(day: str) -> bool:
    """Whether a text is a day such as 2026-11-01."""
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False

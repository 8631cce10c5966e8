"""Names by lists: two names of the lists side by side, or one after a title.

A name alone stays: Rose, Hope, Baraka and Amani are words too. Words are whole, so Ali is not
found in alien; in scripts without spaces two names must touch.

Source: Aho and Corasick 1975, as polars has it (find_many).
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import polars as pl

from governance.pii.names import titles
from schemas.errors import InputError

_LEAST_CHARS = 2
_JOINTS = frozenset({"", " ", "\u00a0", "-", "·", "・"})


def digest(path: str) -> str:
    """SHA-256 of a list's file.

    Raises:
        InputError: there is no such file.
    """
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        raise InputError(
            f"{path}: there is no such list of names; see privacy.names.lists"
        ) from None


@lru_cache(maxsize=16)
def load(path: str, sha256: str) -> tuple[str, ...]:
    """The names of a list, one a line; blank lines and lines that begin with # do not count.

    Raises:
        InputError: the file is missing, no UTF-8, empty, or was changed while the run worked.
    """
    if digest(path) != sha256:
        raise InputError(f"{path}: the list of names was changed while the run worked; run again")
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        raise InputError(f"{path}: the list of names is not in UTF-8") from None
    names = {line.strip() for line in lines if not line.startswith("#")}
    kept = tuple(sorted(name for name in names if len(name) >= _LEAST_CHARS))
    if not kept:
        raise InputError(f"{path}: the list holds no names; write one a line")
    return kept


def find(
    lists: tuple[tuple[str, str], ...], text: pl.Series
) -> Iterator[tuple[int, int, int, str]]:
    """Names of the lists that stand side by side or after a title: row, start, end, type."""
    names = _names(lists)
    hits = text.str.contains_any(names).fill_null(value=False)
    for row in hits.arg_true().to_list():
        whole = str(text[row])
        for start, end in _pairs(whole, names):
            yield row, start, end, "PERSON"


@lru_cache(maxsize=4)
def _names(lists: tuple[tuple[str, str], ...]) -> list[str]:
    return sorted({name for path, sha256 in lists for name in load(path, sha256)})


def _pairs(text: str, names: list[str]) -> Iterator[tuple[int, int]]:
    places = _places(text, names)
    chains: list[list[tuple[int, int]]] = []
    for start, end in places:
        if chains and text[chains[-1][-1][1] : start] in _JOINTS:
            chains[-1].append((start, end))
        else:
            chains.append([(start, end)])
    for chain in chains:
        if len(chain) > 1 or titles.is_announced(text, chain[0][0]):
            yield chain[0][0], chain[-1][1]


def _places(text: str, names: list[str]) -> list[tuple[int, int]]:
    """Where whole names stand, the longest of those that begin together, none over another."""
    data = text.encode()
    found = pl.Series([text]).str.find_many(names, overlapping=True)
    starts = found.explode().drop_nulls().unique().sort().to_list()
    known = set(names)
    longest = max(map(len, names))
    places: list[tuple[int, int]] = []
    for byte in starts:
        start = len(data[:byte].decode())
        if places and start < places[-1][1]:
            continue
        sizes = range(min(longest, len(text) - start), _LEAST_CHARS - 1, -1)
        end = next((start + n for n in sizes if _is_whole(text, start, start + n, known)), None)
        if end:
            places.append((start, end))
    return places


def _is_whole(text: str, start: int, end: int, names: set[str]) -> bool:
    if text[start:end] not in names:
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    if titles.is_unspaced(text[start]):
        return True
    return not (titles.is_word(before) or titles.is_word(after))

"""Names of persons and places in running text: by model, by title, by list. Off by default.

A name has no form and no check digit, so no rule finds all of them: without a model the names
of a text stay in it, and the record of the run says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from governance.pii.finder import SPAN_SCHEMA
from governance.pii.names import lists, models, titles
from schemas.privacy import NameModel

__all__ = ["Finder", "statement"]

NOT_MASKED = "Names of persons and places are not looked for and stay in the text."


@dataclass(frozen=True)
class Finder:
    """How a run looks for names; only paths and digests travel to the workers.

    models: with absolute paths. lists: absolute paths with the digests of their files.
    cues: whether names after a title count. entities: what the models look for.
    """

    models: tuple[NameModel, ...] = ()
    lists: tuple[tuple[str, str], ...] = ()
    cues: bool = True
    entities: tuple[str, ...] = ("PERSON",)

    def check(self) -> None:
        """Makes sure, before anything is read, that the models and lists can be used.

        Raises:
            InputError: the extra is not installed, a folder is missing or has another digest.
        """
        for model in self.models:
            models.load(model.path, model.sha256, model.languages[0])
        for path, digest in self.lists:
            lists.load(path, digest)

    def find(self, text: pl.Series, language: pl.Series, known: pl.DataFrame) -> pl.DataFrame:
        """Names in texts, as spans beside those already known, never over them.

        Args:
            text: String, null allowed.
            language: tag or null, one a text.
            known: spans of the same texts by row and start.
        """
        spans: dict[int, list[tuple[int, int]]] = {}
        for row, start, end, _ in known.iter_rows():
            spans.setdefault(row, []).append((start, end))
        found: dict[int, list[tuple[int, int, str]]] = {}
        for row, start, end, kind in self._found(text, language):
            found.setdefault(row, []).append((start, end, kind))
        rows = [
            (row, *part)
            for row in sorted(found)
            for part in _beside(str(text[row]), found[row], spans.get(row, []))
        ]
        return pl.DataFrame(rows, schema=SPAN_SCHEMA, orient="row")

    def _found(self, text: pl.Series, language: pl.Series) -> Iterator[tuple[int, int, int, str]]:
        code = language.str.split("_").list.first().fill_null("und")
        covered = pl.Series([False]).new_from_index(0, len(text))
        for model in self.models:
            own = code.is_in(model.languages)
            covered = covered | own
            yield from models.find(model, self.entities, text, own)
        rest = ~covered & text.is_not_null()
        if self.cues:
            yield from titles.find(text, code, rest)
        if self.lists:
            yield from lists.find(self.lists, text)


def _beside(
    text: str, found: list[tuple[int, int, str]], known: list[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    """What is found without what is known or a placeholder; the earlier, longer name first."""
    taken = sorted([*known, *titles.placeholders(text)])
    for start, end, kind in sorted(found, key=lambda span: (span[0], -span[1])):
        parts = list(_left(start, end, taken))
        for first, last in parts:
            piece = text[first:last]
            lead = len(piece) - len(piece.lstrip())
            stripped = piece.strip()
            if any(char.isalpha() for char in stripped):
                yield first + lead, first + lead + len(stripped), kind
        taken = sorted([*taken, *parts])


def _left(start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of a span that none of those taken, in order, lies on."""
    place = start
    for first, last in taken:
        if last <= place or first >= end:
            continue
        if place < first:
            yield place, first
        place = max(place, last)
    if place < end:
        yield place, end


def statement(finder: Finder | None) -> dict[str, Any]:
    """What the record of a run says of names: a sentence, and what was used."""
    if finder is None:
        return {"masked": False, "statement": NOT_MASKED, "models": [], "lists": [], "cues": False}
    languages = sorted({name for model in finder.models for name in model.languages})
    parts = []
    if languages:
        parts.append(f"by a model in documents in {', '.join(languages)}")
    if finder.cues:
        parts.append("after a title in documents in other languages")
    if finder.lists:
        parts.append("where a list has them, after a title or beside another name of the list")
    return {
        "masked": True,
        "statement": f"Names are looked for {'; '.join(parts)}. Other names stay in the text.",
        "models": [
            {"sha256": one.sha256, "engine": one.engine, "languages": list(one.languages)}
            for one in finder.models
        ],
        "lists": [digest for _, digest in finder.lists],
        "cues": finder.cues,
        "entities": list(finder.entities),
    }

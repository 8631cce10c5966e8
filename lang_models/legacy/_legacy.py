"""What a legacy encoding is, and how much of a text is in one.

Before Unicode, many scripts were written with fonts that drew their letters in the places of
Latin ones. Without the font such text is Latin gibberish. It is told by its most frequent words,
which no language spells so: the words for "and", "is", "of" as they come out of the font.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import polars as pl

#: A text is told by three different words of a font that are at least one of 200 of its words,
#: a short one by two that are a seventh. In 2.0 million lines of real text in 700 languages no line
#: is told (measured 2026-11-25, tests/benchmarks/normalising.py).
_LEAST_KINDS = 3
_LEAST_WORD_SHARE = 0.005
_SHORT_KINDS = 2
_SHORT_WORD_SHARE = 0.15
#: A text is looked at when it has one of the most frequent signs: all of them in one expression
#: would make the search through every text slower by a half. Of 1,450 texts of twelve lines that
#: have enough signs of one of ten fonts, 1 % have none of these (measured 2026-11-25).
_FIRST_WORDS, _FIRST_PARTS = 8, 4


class Legacy(NamedTuple):
    """One encoding that text may be in without saying so.

    Attributes:
        name: as it stands in `provenance.flags` of a document.
        suspect: a regular expression of polars that matches every text it may be told in.
        share: how much of a text is in it: the share of its characters; 0 where it is not told.
        about: what it was used for.
        source: where its signs come from, with date.
    """

    name: str
    suspect: str
    share: Callable[[str], float]
    about: str
    source: str


def font(name: str, about: str, source: str, words: str = "", parts: Sequence[str] = ()) -> Legacy:
    """A font told by frequent words, or by parts of words where words are long.

    Args:
        name: of the font or its family.
        about: which script, and where.
        source: of the words.
        words: as the font spells them, the most frequent first, with spaces between them.
        parts: the same, found anywhere in a word.
    """
    first = "|".join(map(pl.escape_regex, words.split()[:_FIRST_WORDS]))
    signs = [rf"(?:^|\s)(?:{first})(?:\s|$)"] if words else []
    signs += map(pl.escape_regex, parts[:_FIRST_PARTS])
    own, found = frozenset(words.split()), tuple(parts)
    return Legacy(name, "|".join(signs), lambda text: _share(text, own, found), about, source)


def _share(text: str, words: frozenset[str], parts: tuple[str, ...]) -> float:
    lines = text.split("\n")
    found = [_signs(line, words, parts) for line in lines]
    total = len(text.split())
    kinds = len({sign for signs in found for sign in signs})
    word_share = sum(map(len, found)) / max(total, 1)
    is_told = (kinds >= _LEAST_KINDS and word_share >= _LEAST_WORD_SHARE) or (
        kinds >= _SHORT_KINDS and word_share >= _SHORT_WORD_SHARE
    )
    if not is_told:
        return 0.0
    return share_of_lines(lines, [bool(signs) for signs in found])


def _signs(line: str, words: frozenset[str], parts: tuple[str, ...]) -> list[str]:
    signs = [word for word in line.split() if word in words]
    return signs + [part for part in parts if part in line]


def lines_that(are_in_it: Callable[[str], bool]) -> Callable[[str], float]:
    """The share of a text for an encoding that each line tells by itself."""

    def share(text: str) -> float:
        lines = text.split("\n")
        return share_of_lines(lines, [are_in_it(line) for line in lines])

    return share


def share_of_lines(lines: Sequence[str], chosen: Sequence[bool]) -> float:
    """The share of all characters that stand in some of the lines.

    >>> share_of_lines(["abc", "d"], [True, False])
    0.75
    """
    total = sum(map(len, lines))
    inside = sum(len(line) for line, is_chosen in zip(lines, chosen, strict=True) if is_chosen)
    return inside / total if total else 0.0

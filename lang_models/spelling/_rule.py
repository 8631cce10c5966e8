"""What a spelling is: one letter that is stored in several ways, and the way that stays."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

import polars as pl

Change = Callable[[pl.Series], pl.Series]


class Spelling(NamedTuple):
    """One way of writing that is turned into another one of the same meaning.

    Attributes:
        name: as it stands in `provenance.repairs` of a document.
        tags: the languages that it is for, `xxx_Xxxx`; empty where the script alone decides.
        suspect: a regular expression of polars that matches every text it may change.
        apply: the texts, changed; given only texts that `suspect` matches, all composed (NFC).
        about: what becomes of what, in one sentence.
        reversible: whether the text before can be had back from the text after.
        source: standard, table or measurement, with its date.
    """

    name: str
    tags: frozenset[str]
    suspect: str
    apply: Change
    about: str
    reversible: str
    source: str


def replacing(pairs: Iterable[tuple[str, str]], times: int = 1) -> Change:
    """Regular expressions, each replaced by its value (`$1` is a group), in order.

    Args:
        pairs: expression and value.
        times: 2 where a match needs a letter on either side that the next match needs too.
    """
    steps = list(pairs) * times

    def change(text: pl.Series) -> pl.Series:
        for pattern, value in steps:
            text = text.str.replace_all(pattern, value)
        return text

    return change


def by_line(change: Change, among: Callable[[pl.Series], pl.Series]) -> Change:
    """A change made only in some lines of each text.

    Args:
        change: what is done to the lines.
        among: tells the lines that it is done to.
    """

    def changed(text: pl.Series) -> pl.Series:
        line = text.str.split("\n").rename("line")
        lines = pl.DataFrame({"row": range(len(text)), "line": line}).explode("line")
        chosen = among(lines["line"])
        lines = lines.with_columns(line=change(lines["line"]).zip_with(chosen, lines["line"]))
        joined = lines.group_by("row", maintain_order=True).agg(pl.col("line").str.join("\n"))
        return joined["line"].rename(text.name)

    return changed


def tone_last(letters: str, mark: str, tones: str) -> dict[str, str]:
    r"""Letters whose tone was typed before their own mark above, and as they should be (NFC).

    >>> tone_last("a", "\u0302", "\u0301") == {"á\u0302": "ấ"}
    True
    """
    pairs = {}
    for letter in letters:
        for tone in tones:
            typed = unicodedata.normalize("NFC", letter + tone + mark)
            pairs[typed] = unicodedata.normalize("NFC", letter + mark + tone)
    return pairs


def one_by_one(change: Callable[[str], str]) -> Change:
    """A change that only Python can make, for the few texts where it was suspected."""
    return lambda text: pl.Series(text.name, map(change, text), dtype=pl.String)

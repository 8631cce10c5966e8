"""In which scripts a text is written: letters and marks counted by ISO 15924 code.

The counts are made on whole batches, over their UTF-8 bytes: a table gives each code point its
script. Characters that many scripts share (spaces, punctuation, digits, emoji) are
no letters here and count nowhere.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from lang_models.strings import buffers

CODE_POINTS = 0x110000
_TABLE = Path(__file__).with_name("scripts.tsv")

#: Codes of ISO 15924 that stand for several scripts together or for a style of one.
MEMBERS: dict[str, tuple[str, ...]] = {
    "Hani": ("Hani", "Bopo"),
    "Hanb": ("Hani", "Bopo"),
    "Hans": ("Hani", "Bopo"),
    "Hant": ("Hani", "Bopo"),
    "Jpan": ("Hira", "Kana", "Hani"),
    "Hrkt": ("Hira", "Kana"),
    "Hang": ("Hang", "Hani"),
    "Kore": ("Hang", "Hani"),
    "Jamo": ("Hang",),
    "Aran": ("Arab",),
    "Cyrs": ("Cyrl",),
    "Geok": ("Geor",),
    "Latf": ("Latn",),
    "Latg": ("Latn",),
    "Syre": ("Syrc",),
    "Syrj": ("Syrc",),
    "Syrn": ("Syrc",),
}
#: Letters of an alphabet that one character stands for. The Universal Declaration in Chinese has
#: 0.28, in Yi 0.32, in Japanese 0.41 and in Korean 0.44 times the code points of the English
#: (measured 2026-11-23).
_CONTENT = {"Hani": 3.0, "Yiii": 3.0, "Hira": 2.0, "Kana": 2.0, "Hang": 2.0}


class Scripts(NamedTuple):
    """Which script each code point has."""

    names: tuple[str, ...]  # ISO 15924; the first, of no script, is Zyyy
    table: np.ndarray  # uint8[0x110000]: place in `names`


class Counts(NamedTuple):
    """Letters by script for each text of a batch."""

    scripts: tuple[str, ...]  # those that occur in the batch, alphabetically; never empty
    letters: np.ndarray  # int64[texts, scripts]
    hant_bias: np.ndarray  # int64[texts]: Han characters only traditional minus only simplified

    def content(self) -> np.ndarray:
        """float64[texts]: how much each text says, in letters of an alphabet.

        >>> count(pl.Series(["leo", "今日"])).content().tolist()
        [3.0, 6.0]
        """
        return self.letters @ np.array([_CONTENT.get(script, 1.0) for script in self.scripts])


@cache
def load() -> Scripts:
    """The table of the package, read once in a process."""
    ranges = pl.read_csv(
        _TABLE,
        separator="\t",
        schema=dict.fromkeys(("first", "last", "script"), pl.String),
    )
    names = ("Zyyy", *sorted(ranges["script"].unique()))
    table = np.zeros(CODE_POINTS, np.uint8)
    for first, last, script in ranges.iter_rows():
        table[int(first, 16) : int(last, 16) + 1] = names.index(script)
    table.flags.writeable = False
    return Scripts(names, table)


def count(text: pl.Series) -> Counts:
    """Counts the letters and marks of each text by script.

    Args:
        text: a String per row; null counts like empty.

    Returns:
        The scripts that occur, and a row of counts for each text. No letters in any text:
        one column Zyyy of zeros.

    >>> counts = count(pl.Series(["Habari ya leo!", "καλημέρα, world"]))
    >>> counts.scripts, counts.letters.tolist()
    (('Grek', 'Latn'), [[0, 11], [8, 5]])
    """
    from lang_models.letters import count_letters, lean, mark  # noqa: PLC0415  # numba is slow

    data, offsets = buffers(text.fill_null(""))
    names, table = load()
    occurs = np.zeros(len(names), np.bool_)
    mark(data, offsets, table, occurs)
    present = np.flatnonzero(occurs[1:]) + 1
    column = np.full(len(names), -1, np.int64)
    column[present] = np.arange(len(present))
    letters = np.zeros((len(text), max(len(present), 1)), np.int64)
    hant_bias = np.zeros(len(text), np.int64)
    count_letters(data, offsets, table, column, letters)
    if occurs[han := names.index("Hani")]:
        lean(data, offsets, table, han, _han_sides(), hant_bias)
    return Counts(tuple(names[one] for one in present) or names[:1], letters, hant_bias)


@cache
def _han_sides() -> np.ndarray:
    """int8 by code point: 1 only in traditional characters, -1 only in simplified ones.

    Source: the repertoires of two national standards, as Python's codecs have them: GB 2312
    (1980, simplified) and Big5 (1984, traditional). What both or neither hold decides nothing.
    """
    side = np.zeros(CODE_POINTS, np.int8)
    side[_repertoire("big5", range(0xA4, 0xFA))] += 1
    side[_repertoire("gb2312", range(0xB0, 0xF8))] -= 1
    side.flags.writeable = False
    return side


def _repertoire(codec: str, leads: range) -> list[int]:
    pairs = (bytes((lead, trail)) for lead in leads for trail in range(0x40, 0xFF))
    decoded = (pair.decode(codec, "ignore") for pair in pairs)
    return [ord(character) for character in decoded if len(character) == 1 and character > "\x7f"]

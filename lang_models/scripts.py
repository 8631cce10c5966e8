"""In which scripts a text is written: letters and marks counted by ISO 15924 code.

The counts are made on whole batches: the text becomes one array of code points, a table gives
each its script. Characters that many scripts share (spaces, punctuation, digits, emoji) are
no letters here and count nowhere.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

CODE_POINTS = 0x110000
#: A code point takes 28 bytes while it is counted; so many texts also stay in the cache.
_TEXTS_AT_ONCE = 4096
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
    text = text.fill_null("")
    starts = range(0, max(len(text), 1), _TEXTS_AT_ONCE)
    parts = [_count(text.slice(start, _TEXTS_AT_ONCE)) for start in starts]
    scripts = sorted({script for part in parts for script in part.scripts})
    letters = np.zeros((len(text), max(len(scripts), 1)), np.int64)
    for start, part in zip(starts, parts, strict=True):
        columns = [scripts.index(script) for script in part.scripts]
        letters[start : start + _TEXTS_AT_ONCE, columns] = part.letters
    hant_bias = np.concatenate([part.hant_bias for part in parts])
    return Counts(tuple(scripts) or load().names[:1], letters, hant_bias)


def _count(text: pl.Series) -> Counts:
    names, table = load()
    points = np.frombuffer("".join(text.to_list()).encode("utf-32-le"), np.uint32)
    script = table[points]
    owner = np.repeat(np.arange(len(text)), text.str.len_chars().to_numpy())
    present = np.flatnonzero(np.bincount(script, minlength=len(names))[1:]) + 1
    columns = len(present) + 1  # one more for what is no letter
    column = np.full(len(names), columns - 1)
    column[present] = np.arange(columns - 1)
    cells = np.bincount(owner * columns + column[script], minlength=len(text) * columns)
    is_han = script == names.index("Hani")
    return Counts(
        scripts=tuple(names[number] for number in present),
        letters=cells.reshape(len(text), columns)[:, :-1],
        hant_bias=_hant_bias(points[is_han], owner[is_han], len(text)),
    )


def _hant_bias(points: np.ndarray, owner: np.ndarray, texts: int) -> np.ndarray:
    if not len(points):
        return np.zeros(texts, np.int64)
    return np.bincount(owner, weights=_han_sides()[points], minlength=texts).astype(np.int64)


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

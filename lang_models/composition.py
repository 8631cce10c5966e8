"""Canonical composition (NFC) of the few texts that are not composed yet.

Composing is slow, and nearly all text is composed already. A regular expression finds the
texts that it could change, in native code and without reading a text twice.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

import polars as pl

#: Planes 0 and 1 without surrogates, and the compatibility ideographs of plane 2: all that has
#: a canonical decomposition or a combining class.
_RANGES = (range(0xA0, 0xD800), range(0xE000, 0x20000), range(0x2F800, 0x2FA20))
#: Hangul syllables compose by arithmetic (Unicode 3.12): leading consonants with vowels, and
#: syllables with trailing consonants.
_HANGUL = (
    (range(0x1100, 0x1113), range(0x1161, 0x1176)),
    (range(0xAC00, 0xD7A4), range(0x11A8, 0x11C3)),
)


def compose(text: pl.Series) -> pl.Series:
    r"""Each text in NFC. All combining marks stay; those that have a composed form join it.

    >>> compose(pl.Series(["e\u0301"])).to_list() == ["\u00e9"]
    True
    """
    return text.str.normalize("NFC")


@cache
def suspect() -> str:
    """A regular expression that matches in every text that is not NFC, and in few others.

    It matches a character that NFC replaces by itself; one that composes with the character
    before it; and any two combining marks in a row, whose order NFC might change.

    Source: canonical decompositions and combining classes (UAX #15 and #44), from Python's
    `unicodedata`.
    """
    marks, replaced, partners = _characters()
    pairs = [(firsts, seconds) for firsts, seconds in partners.items()]
    alternatives = [
        _class(replaced),
        *(_class(firsts) + _class(seconds) for firsts, seconds in (*pairs, *_HANGUL)),
        _class(marks) * 2,
    ]
    return "|".join(alternatives)


def _characters() -> tuple[list[int], list[int], dict[frozenset[int], set[int]]]:
    """Combining marks, characters that NFC replaces, and second halves by their first halves."""
    marks, replaced, composed = [], [], []
    firsts = defaultdict(set)
    for point in (point for span in _RANGES for point in span):
        character = chr(point)
        if unicodedata.combining(character):
            marks.append(point)
        decomposition = unicodedata.decomposition(character)
        if not decomposition or decomposition.startswith("<"):
            continue
        if not unicodedata.is_normalized("NFC", character):
            replaced.append(point)
        else:
            composed.append(character)
            first, second = (int(half, 16) for half in decomposition.split())
            firsts[second].add(first)
    partners = defaultdict(set)
    for second, several in firsts.items():
        # A composed letter may have to make room: ž with a dot below is ẓ with a caron.
        makes_room = {
            ord(letter)
            for letter in composed
            if not unicodedata.is_normalized("NFC", letter + chr(second))
        }
        partners[frozenset(several | makes_room)].add(second)
    return marks, replaced, partners


def _class(points: Iterable[int]) -> str:
    if isinstance(points, range):
        return f"[\\x{{{points[0]:x}}}-\\x{{{points[-1]:x}}}]"
    return "[" + "".join(f"\\x{{{point:x}}}" for point in sorted(points)) + "]"

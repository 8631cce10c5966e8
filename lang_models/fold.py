"""What each Unicode code point does in a word: one table of kinds, one of folded forms.

A word is the same word whatever its case, width or digits. Each code point is folded by
itself: NFKC, case folding, NFKC again, native digits to ASCII. Combining marks stay: in most
scripts of the world they are vowels and tones. I, İ, ı and i are one letter: which of the two
Turkic letters a capital I is cannot be told without the language, and outside those alphabets
İ and ı are rare.

Source: categories, NFKC and case folding from Python's `unicodedata` (UAX #15, #44); scripts
and sentence ends from polars' regular expressions (UAX #24, PropList.txt). Both follow the
Unicode version of the installed packages.
"""

import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np
import polars as pl

from lang_models.strings import texts
from lang_models.writing import UNSPACED

# The kernels in scan.py and lines.py freeze these flags when they are compiled: whoever changes
# one empties their caches (`make clean`).
LETTER, NUMBER, MARK, SOLO, DENSE = 1, 2, 4, 8, 16
JOINER, SPACE, TERMINAL, CLOSER, BULLET, ELLIPSIS = 32, 64, 128, 256, 512, 1024
WORD = LETTER | NUMBER | MARK

CODE_POINTS = 0x110000
#: Planes 0 to 3 without surrogates, and the variation selectors: the rest is unassigned,
#: private or tags.
_RANGES = ((0, 0xD800), (0xE000, 0x33480), (0xE0100, 0xE01F0))

_UNSPACED_FROM = 0x0E00  # U+02BC is Thai by extension, but a Latin apostrophe first of all

#: Invisible, and never the end of a word: they steer how a word is drawn or broken.
JOINERS = [
    0x00AD, 0x034F, 0x061C, *range(0x180B, 0x1810), *range(0x200C, 0x2010), 0x2060,
    *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0),
]  # fmt: skip
HALFWIDTH_VOICING = [0xFF9E, 0xFF9F]  # letters by category, but they extend the kana before
_ZERO_WIDTH_SPACES = [0x200B, 0xFEFF]
_ELLIPSES = [0x1801, 0x2025, 0x2026, 0x22EF, 0xFE19]
HAN_ZERO = [0x3007]  # a number by category, but it is written among ideographs like one

#: Tibetan and Thai close sentences with marks that are not Sentence_Terminal in PropList.txt,
#: Ethiopic often with two word spaces, U+1361, for want of the full stop on the keyboard;
#: »so«, „so“ and ”so” close on either side; of the dashes only ASCII's is a bullet, the others
#: open dialogue. One code point of a dense script says as much as two to four letters: the
#: Declaration in Chinese has 0.28, in Yi 0.32, in Japanese 0.41 and in Korean 0.44 times the
#: code points of the English (measured 2026-11-23).
SENTENCE_ENDS = r"\p{Sentence_Terminal}\u{1361}[\p{Terminal_Punctuation}&&[\p{Tibetan}\p{Thai}]]"
_PATTERNS = (
    ("".join(rf"\p{{scx:{name}}}" for name in UNSPACED), SOLO),
    (SENTENCE_ENDS, TERMINAL),
    (r"\p{Pe}\p{Pf}\p{Pi}\p{Quotation_Mark}", CLOSER),
    (r"*·•‣⁃∙➔-➾\-\u{25A0}-\u{25FF}\u{2713}-\u{2718}", BULLET),
    (r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Yi}", DENSE),
)
_BLOCK = 32
#: What case folding in tr and az (CaseFolding.txt, status T) parts into two letters is one here.
_TURKIC_I = {"İ": "i", "ı": "i"}


class Tables(NamedTuple):
    """Read-only lookup tables, indexed by code point."""

    kind: np.ndarray  # uint16[0x110000]: the flags above; 0 parts words and means nothing more
    fold: np.ndarray  # int32[0x110000]: the folded code point, or -place in `expansion`
    expansion: np.ndarray  # int32: at each place a count, then that many folded code points


@cache
def tables() -> Tables:
    """The tables, made once in a process (about 0.1 CPU seconds)."""
    points = np.concatenate([np.arange(*span, dtype=np.int32) for span in _RANGES])
    letters = points.astype("<u4").tobytes().decode("utf-32-le")
    categories = "".join(map(unicodedata.category, letters)).encode("ascii")
    category = np.frombuffer(categories, "S2")
    kind = _kinds(points, category, _as_column(letters))
    made = Tables(kind, *_folds(points, letters, points[category == b"Nd"]))
    for table in made:
        table.flags.writeable = False
    return made


def fold(text: str) -> str:
    """The folded form of a text, code point by code point.

    >>> fold("Ｅ２ ΣΊΣΥΦΟΣ ๑๒"), fold("IŞIK İPLİK") == fold("ışık iplik")
    ('e2 σίσυφοσ 12', True)
    """
    return "".join(map(_folded, text))


def _folded(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if letter in _TURKIC_I:
        return _TURKIC_I[letter]
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", letter).casefold())


def _kinds(points: np.ndarray, category: np.ndarray, column: pl.Series) -> np.ndarray:
    kind = np.zeros(CODE_POINTS, np.uint16)
    major = category.astype("S1")
    for name, flag in ((b"L", LETTER), (b"N", NUMBER), (b"M", MARK), (b"Z", SPACE)):
        kind[points[major == name]] |= flag
    kind[:0x20] |= SPACE
    for pattern, flag in _PATTERNS:
        kind[points[column.str.contains(f"^[{pattern}]$").to_numpy()]] |= flag
    letters = (kind & LETTER > 0) & (np.arange(CODE_POINTS) >= _UNSPACED_FROM)
    kind[~letters] &= ~np.uint16(SOLO)
    kind[HALFWIDTH_VOICING] = MARK
    kind[JOINERS] = JOINER
    kind[_ZERO_WIDTH_SPACES] = SPACE
    kind[_ELLIPSES] |= ELLIPSIS | TERMINAL
    kind[HAN_ZERO] = LETTER | SOLO | DENSE
    return kind


def _as_column(letters: str) -> pl.Series:
    """One row per code point, without a Python object for each."""
    encoded = np.frombuffer(letters.encode(), np.uint8)
    starts = np.flatnonzero(encoded & 0xC0 != 0x80)  # noqa: PLR2004  # no continuation bytes
    return texts(encoded, np.append(starts, len(encoded)))


def _folds(points: np.ndarray, letters: str, digits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    fold = np.arange(CODE_POINTS, dtype=np.int32)
    expansion = [0]
    for start in range(0, len(letters), _BLOCK):
        block = letters[start : start + _BLOCK]
        if block.casefold() == block and unicodedata.is_normalized("NFKC", block):
            continue  # what does not change as a whole changes in no part
        for point, letter in zip(points[start : start + _BLOCK].tolist(), block, strict=True):
            changed = _folded(letter)
            if len(changed) == 1:
                fold[point] = ord(changed)
            else:
                fold[point] = -len(expansion)
                expansion += [len(changed), *map(ord, changed)]
    fold[digits] = [ord("0") + unicodedata.decimal(chr(point)) for point in digits]
    return fold, np.array(expansion, np.int32)

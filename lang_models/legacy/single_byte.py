"""Text of another alphabet, read byte by byte as Western European.

Russian, Greek, Armenian, Georgian, Hebrew, Arabic, Thai or Tamil of an old code page comes out as
words of hardly anything but accented letters and signs: Ïðèâåò, ¾Á¢ú, îí³ÛÝ. Which one it was is
not told here: reading the source again with the right encoding is safe, guessing it is not.
"""

import re

from lang_models.legacy._legacy import Legacy, share_of_lines

#: The upper half of Latin-1 and what Windows-1252 adds, without quotation marks and dashes.
_HIGH = (
    "\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2020-\u2022"
    "\u2030\u20ac\u2122"
)
_LETTER = re.compile(rf"[^\W\d_]|[{_HIGH}]")
_HIGH_LETTER = re.compile(f"[{_HIGH}]")
#: Arrows, mathematical and box drawing signs, which no byte is read as: œ∑´®†¥¨ˆøπ is a row of
#: keys.
_KEYS = re.compile("[\u2190-\u2bff]")
#: Four in a row hardly occur in any language (in 79 of 2.0 million lines; 2026-11-25).
_LEAST_RUN = 4
_RUN = f"[{_HIGH}]{{{_LEAST_RUN}}}"
_HAS_RUN = re.compile(_RUN).search
_LEAST_WORD_LETTERS = 3
_LEAST_HIGH_SHARE = 0.6
#: Of the words of a line. Of those 79 lines none has a fifth, or two such words (the same).
_LEAST_WORD_SHARE = 0.3
#: In a text: three words, or one as long in scripts without spaces.
_LEAST_WORDS = 3
_LEAST_LETTERS = 24


def _share(text: str) -> float:
    lines = text.split("\n")
    found = [_high_words(line) for line in lines]
    words = [word for line in found for word in line]
    if len(set(words)) < _LEAST_WORDS and sum(map(len, words)) < _LEAST_LETTERS:
        return 0.0
    return share_of_lines(lines, [bool(high) for high in found])


def _high_words(line: str) -> list[str]:
    """The words of hardly anything but signs of the upper half, in a line with enough of them."""
    if not _HAS_RUN(line):
        return []
    words = line.split()
    high = [word for word in words if _is_high(word)]
    return high if len(high) >= _LEAST_WORD_SHARE * len(words) else []


def _is_high(word: str) -> bool:
    letters = len(_LETTER.findall(word))
    high = len(_HIGH_LETTER.findall(word))
    is_high = letters >= _LEAST_WORD_LETTERS and high >= _LEAST_HIGH_SHARE * letters
    return is_high and not _KEYS.search(word)


LEGACY = Legacy(
    name="single-byte",
    suspect=_RUN,
    share=_share,
    about="text in a code page of one byte a letter (Windows-1251, KOI8-R, ISO 8859-7, ARMSCII-8, "
    "TSCII, TIS-620 …) that was read as Windows-1252 or Latin-1",
    source="real text of five alphabets in eight code pages, against 2.0 million lines in 700 "
    "languages (measured 2026-11-25, tests/benchmarks/normalising.py)",
)

"""How well bytes read in each encoding of Chinese, Japanese and Korean.

These encodings give two bytes or more to a character and order characters by how common
they are: a first level for daily use, a second for the rest. A right reading is nearly all
common characters and first level; a wrong one is not.

Sources: GB 2312-1980, Big5 (1984), JIS X 0208:1997, KS X 1001:1992 for the levels; the numbers are
ours, set by eye in 2026-11 on the scale of `one_byte_score`.
"""

import codecs
import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

from pipelines.formats.encodings.one_byte_score import Guess
from pipelines.formats.encodings.tables import letters


@dataclass(frozen=True, slots=True)
class EastAsian:
    """An encoding of more bytes than one a character, and the languages written in it."""

    name: str
    codec: str
    languages: tuple[str, ...]


EAST_ASIAN = {
    entry.name: entry
    for entry in (
        EastAsian("shift_jis", "cp932", ("jpn_Jpan",)),
        EastAsian("euc-jp", "euc_jp", ("jpn_Jpan",)),
        EastAsian("euc-kr", "cp949", ("kor_Kore",)),
        EastAsian("gb18030", "gb18030", ("zho_Hans", "zho_Hant")),
        EastAsian("big5", "big5hkscs", ("zho_Hant",)),
    )
}
#: The standard of a language, and the first byte at which its second level starts.
_LEVELS = {
    "zho_Hans": ("gb2312", 0xD8),
    "zho_Hant": ("big5", 0xC7),
    "jpn_Jpan": ("euc_jp", 0xD0),
    "kor_Kore": ("euc_kr", 0xC9),
}
#: Share of the characters of a text that are among the common ones of `letters.tsv`.
_COMMON_SHARE = 0.75
_PUNCTUATION = frozenset("、。，．・：；？！“”‘’（）「」『』《》【】…—―〈〉〔〕　·ー～〜")
_SECOND_LANGUAGE = -5.0
_ALONE_AMONG_LATIN = -8.0
_BESIDE_LATIN = -2.0
_ASCII_LETTER = -3.0
_BROKEN = -25.0
_ALONE = re.compile("(?<=[A-Za-z])[\u3040-\uffef](?=[A-Za-z])")
_BESIDE = re.compile("[A-Za-z][\u3040-\uffef]|[\u3040-\uffef][A-Za-z]")
_RANGES = (("kana", 0x3040, 0x30FF), ("han", 0x4E00, 0x9FFF), ("hangul", 0xAC00, 0xD7A3))
#: What a character outside the levels of a language is worth, by range.
_STRANGE = {"kana": -14.0, "hangul": -14.0, "han": -12.0}
_WIDE_ASCII = range(0xFF01, 0xFF5F)


def _range(character: str) -> str:
    code = ord(character)
    return next((name for name, first, last in _RANGES if first <= code <= last), "")


def _level(character: str, tag: str) -> float:
    """What a character of the language's own script is worth, by its level."""
    codec, second = _LEVELS[tag]
    try:
        code = character.encode(codec)
    except UnicodeEncodeError:
        return -16.0
    return -9.5 if len(code) == 2 and code[0] < second else -13.0  # noqa: PLR2004 (two bytes)


@cache
def _worth(character: str, tag: str) -> float:
    known = letters()[tag].rank
    if character in known:
        share = math.log((len(known) + 1) / known[character]) / len(known)
        return math.log(_COMMON_SHARE * share)
    if character < "\x80":
        return _ASCII_LETTER if character.isalpha() else 0.0
    if character in _PUNCTUATION:
        return -5.0
    if ord(character) in _WIDE_ASCII:
        return -7.0
    return _uncommon(character, tag)


def _uncommon(character: str, tag: str) -> float:
    if character == "\ufffd":
        return _BROKEN
    where = _range(character)
    if where == "kana" and tag == "jpn_Jpan":
        return -6.5
    if where == ("hangul" if tag == "kor_Kore" else "han"):
        return _level(character, tag)
    category = unicodedata.category(character)
    if category in {"Co", "Cn", "Cc"}:
        return -20.0
    return _STRANGE.get(where, -12.0 if category.startswith("L") else -11.0)


def score(sample: bytes, penalty_nats: float) -> list[Guess]:
    """The best reading in each encoding of East Asia.

    Args:
        sample: the words that are not plain ASCII, separated by blanks.
        penalty_nats: zero or less, for text that is mostly plain ASCII.
    """
    return [_score(sample, encoding, penalty_nats) for encoding in EAST_ASIAN.values()]


def _score(sample: bytes, encoding: EastAsian, penalty_nats: float) -> Guess:
    text = codecs.decode(sample, encoding.codec, "replace")
    counts = Counter(text)
    alone = _ALONE_AMONG_LATIN * len(_ALONE.findall(text))
    beside = _BESIDE_LATIN * len(_BESIDE.findall(text))
    guesses = [
        Guess(
            penalty_nats
            + alone
            + beside
            + (_SECOND_LANGUAGE if place else 0.0)
            + sum(times * _worth(character, tag) for character, times in counts.items()),
            encoding.name,
            tag,
        )
        for place, tag in enumerate(encoding.languages)
    ]
    return max(guesses)

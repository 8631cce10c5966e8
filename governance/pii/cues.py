"""Cue words: what people write before a number to say which kind it is.

"Tel.", "هاتف", "โทร" and "simu" make a number a telephone number; "ISBN" and
"order no" make it something that stays. One file per kind in `cues/`, one line
per language: ISO 639-3 code, tab, words with bars between. All languages are
looked for in all texts, since pages mix them. Cues of single national numbers
stand in `national_ids.tsv`.

Source: our own knowledge of the languages, 2026-11; the kinds are ours.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "cues"
JOINED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
"""A letter of the scripts that put no spaces between words, or of Korean, which joins them."""

SHORT_KINDS = (
    "address", "birth", "geo", "handle", "insurance", "passport", "plate", "student",
)  # fmt: skip
"""Kinds of cue that announce something too short to be looked at for its own sake."""

_BREAKS = re.compile(r"[\s.:_/\-–—,;#()\[\]{}№º°\"'*|<>=?&`ʼ’׳״]+")
# Letters of the Arabic script that one language writes as another: a text that was put into the
# spelling of Kurdish or Persian still holds Arabic labels.
_ARABIC_SPELLING = str.maketrans("\u06cc\u0649\u06a9", "\u064a\u064a\u0643")  # yeh, kaf
_PERSIAN_SPELLING = str.maketrans("\u064a\u0643", "\u06cc\u06a9")
# Korean joins its particles to a word: topic, subject, and what is said to be.
_HANGUL, _PARTICLES = re.compile("[\uac00-\ud7af]\\Z"), ("는", "은", "이", "가", "를", "을")
# "tel" is a word of its own, "phone" may begin one, "telefon" may also end one.
_WHOLE_WORD_CHARS, _WORD_START_CHARS = 4, 5


@dataclass(slots=True)
class Node:
    """A place in a tree of cue words: the letters that follow, and the kinds of the word so far.

    is_whole: no letter may stand after the word.
    """

    next: dict[str, "Node"] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Cues:
    """Two trees: of all words, and of those that may also stand after a letter.

    openings: how words begin: three letters of ASCII ones (a space after two),
    two of others, and the words of one letter.
    """

    all: Node
    inner: Node
    openings: set[str]


def words_by_kind() -> dict[str, frozenset[str]]:
    """Every cue file's words, all languages together."""
    return {
        path.stem: frozenset(
            word
            for line in path.read_text(encoding="utf-8").splitlines()
            for word in line.split("\t")[1].split("|")
        )
        for path in sorted(_FOLDER.glob("*.tsv"))
    }


def simplified(text: str) -> str:
    """Lower case, with one space for every run of spaces and signs.

    >>> simplified("Tel.-No.: ")
    'tel no '
    """
    return _BREAKS.sub(" ", text.lower().translate(_ARABIC_SPELLING))


def short_words() -> list[str]:
    """The words of `SHORT_KINDS` as texts write them, without signs, of two bytes at least."""
    known = words_by_kind()
    plain = {_BREAKS.sub(" ", word.lower()).strip() for kind in SHORT_KINDS for word in known[kind]}
    plain |= {word + one for word in plain if _HANGUL.search(word) for one in _PARTICLES}
    spellings = (_ARABIC_SPELLING, _PERSIAN_SPELLING)
    words = plain | {word.translate(one) for word in plain for one in spellings}
    return sorted(word for word in words if len(word.encode()) > 1)


def build(words: dict[str, Iterable[str]]) -> Cues:
    """The trees of the words of all kinds."""
    cues = Cues(Node(), Node(), set())
    for kind, group in words.items():
        for word in (simplified(word).strip() for word in group):
            is_joined = JOINED.search(word) is not None
            is_whole = not is_joined and len(word) <= _WHOLE_WORD_CHARS
            _add(cues.all, word, kind, is_whole)
            cues.openings.add((word + " ")[:3] if word[0].isascii() else word[:2])
            if is_joined or len(word) > _WORD_START_CHARS:
                _add(cues.inner, word, kind, is_whole)
    return cues


def _add(node: Node, word: str, kind: str, is_whole: bool) -> None:
    for char in word:
        node = node.next.setdefault(char, Node())
    node.kinds.add(kind)
    node.is_whole = is_whole


def nearest(cues: Cues, context: str) -> dict[str, int]:
    """Kinds of cue in a context, each with the code points from its last word to the end.

    Runs of spaces and signs count as one code point. No cue: an empty dictionary.

    >>> nearest(build({"phone": ["tel"]}), "hotel: 3, Tel.: ")
    {'phone': 1}
    """
    text = simplified(context)
    size = len(text)
    found: dict[str, int] = {}
    for start in _places(cues, text):
        tree = cues.inner if start and text[start - 1].isalpha() else cues.all
        node, end = tree.next.get(text[start]), start + 1
        while node is not None:
            if node.kinds and not (node.is_whole and text[end : end + 1].isalpha()):
                found.update(dict.fromkeys(node.kinds, size - end))
            node = node.next.get(text[end]) if end < size else None
            end += 1
    return found


def _places(cues: Cues, text: str) -> list[int]:
    """Where in a text a cue may begin."""
    openings = cues.openings
    padded = text + " "
    if text.isascii():
        return [start for start in range(len(text)) if padded[start : start + 3] in openings]
    return [
        start
        for start in range(len(text))
        if padded[start : start + 3] in openings
        or padded[start : start + 2] in openings
        or padded[start] in openings
    ]


@cache
def all_cues() -> Cues:
    """The cues of every file but the short kinds', and of numbers as `id/<country>/<module>`."""
    from governance.pii.national_ids import entries  # noqa: PLC0415  # only searches need it

    words: dict[str, Iterable[str]] = {
        kind: group for kind, group in words_by_kind().items() if kind not in SHORT_KINDS
    }
    words |= {entry.key: entry.cues for entry in entries()}
    return build(words)


@cache
def short_cues() -> Cues:
    """The cues of `SHORT_KINDS`: apart, since few windows ask for them and all pay for a word."""
    words = words_by_kind()
    return build({kind: words[kind] for kind in SHORT_KINDS})

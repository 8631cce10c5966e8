"""How well bytes read in each one-byte encoding: letters, their case and their neighbours.

A reading is a pair of an encoding and a language. Its score is the logarithm of how
likely the sample's letters are in that language, less what speaks against it between
neighbours: a capital after a small letter, two scripts in one word, a sign within a
word. No dictionary and no trained model takes part.

Sources: the share of the letter on rank r of n is ln((n + 1) / r) / n (Gusein-Zade 1988,
"Frequency distribution of letters in the Russian language"); all other numbers are
ours, set by eye in whole nats in 2026-11 and measured in docs/formats.md.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from pipelines.formats.encodings import characters as ch
from pipelines.formats.encodings.tables import SCRIPTS, Letters, OneByte, letters, one_byte

_UPPER = math.log(0.06)
_FOREIGN_ASCII = -7.0
_FOREIGN_LETTER = -11.0
_OTHER_SCRIPT = -14.0
_NONSENSE = -20.0
_RARE_SIGN = -11.0
_BY_KIND = {ch.DIGIT: -8.0, ch.NONSENSE: _NONSENSE, **dict.fromkeys(ch.PUNCTUATION, -5.0)}
_TWO_SCRIPTS = -6.0
_SIGN_IN_WORD = -4.0
_JOINER_IN_WORD = -2.0
_APOSTROPHE_BEFORE_WORD = -4.0
_NOT_AT_HOME = -6.0
#: Weight of the words that are plain ASCII: they tell the language, not the encoding.
_ASCII_WEIGHT = 0.15
_ASCII_LETTER_OUTSIDE_LATIN = -0.05
#: Neither may outweigh more than about three letters.
_ASCII_CAP = -15.0
_ENCODINGS_COMPARED = 20
_LEAST_COVERAGE_SHARE = 0.6


class Guess(NamedTuple):
    """One way to read the bytes; a higher score (a log likelihood in nats) is likelier."""

    score_nats: float
    encoding: str
    language: str


@dataclass(frozen=True)
class _Readings:
    """All pairs of encoding and language, as arrays.

    Args:
        pairs: (encoding, language) of each row.
        costs: float64 [pairs, 256], what each byte is worth in nats.
        latin: bool [pairs], the language is written in Latin letters.
        away: float64 [pairs], what it costs that the language is not at home there.
    """

    pairs: list[tuple[str, str]]
    costs: np.ndarray
    latin: np.ndarray
    away: np.ndarray


@cache
def _pair_costs() -> np.ndarray:
    """What each kind costs before each other kind, in nats."""
    costs = np.zeros((ch.KINDS, ch.KINDS))
    costs[ch.LOWER, ch.UPPER] = -5.0
    for letter in ch.LETTERS:
        costs[letter, ch.SIGN] = costs[ch.SIGN, letter] = -3.0
        costs[letter, ch.LOW_QUOTE] = -4.0
    for kind in set(range(ch.KINDS)) - set(ch.LETTERS):
        costs[kind, ch.MARK] = -6.0
    costs[ch.LOW_QUOTE, ch.OTHER] = -3.0
    costs[[ch.LOWER, ch.UPPER, ch.CASELESS], ch.DASH] = -1.0
    return costs


def _lower(character: str, tag: str) -> str:
    if character == "I" and tag[:3] in {"tur", "azj"}:
        return "ı"
    return "i" if character == "İ" else character.lower()


def _worth(character: str, known: Letters) -> float:
    """What one character is worth in a language, in nats."""
    kind = ch.kind(character)
    upper = _UPPER if kind == ch.UPPER else 0.0
    place = known.rank.get(_lower(character, known.tag)) or known.rank.get(character)
    if place:
        size = len(known.rank)
        return math.log(math.log((size + 1) / place) / size) + upper
    if character < "\x80":
        return _FOREIGN_ASCII + upper if character.isalpha() else 0.0
    if kind in ch.LETTERS:
        same = ch.script(character) == SCRIPTS[known.script]
        return _FOREIGN_LETTER + upper if same else _OTHER_SCRIPT
    return _BY_KIND.get(kind, -8.0 if character in ch.COMMON_SIGNS else _RARE_SIGN)


def _can_write(encoding: OneByte, known: Letters) -> bool:
    """True when the encoding has most letters of the language beyond ASCII."""
    if known.script not in SCRIPTS:
        return False
    if known.tag == "vie_Latn":  # its letters are spelt with marks of their own in one of the two
        return "vie" in encoding.home
    beyond = [letter for letter in known.rank if letter >= "\x80"]
    held = sum(letter in encoding.characters for letter in beyond)
    return held >= _LEAST_COVERAGE_SHARE * len(beyond)


@cache
def _readings() -> _Readings:
    worth = {tag: cache(lambda char, known=known: _worth(char, known))
             for tag, known in letters().items()}  # fmt: skip
    pairs = [
        (encoding, known)
        for encoding in one_byte().values()
        for known in letters().values()
        if _can_write(encoding, known)
    ]
    latin = np.array([known.script == "Latn" for _, known in pairs])
    home = np.array([known.tag[:3] in encoding.home for encoding, known in pairs])
    return _Readings(
        [(encoding.name, known.tag) for encoding, known in pairs],
        np.array([[worth[k.tag](char) for char in e.characters] for e, k in pairs]),
        latin,
        np.where(latin & ~home, _NOT_AT_HOME, 0.0),
    )


@cache
def _kinds(encoding: str) -> tuple[np.ndarray, np.ndarray]:
    """Kind and script number of each of the 256 bytes, as int64 and uint8."""
    names = {name: number for number, name in enumerate(sorted(SCRIPTS.values()), start=2)}
    chars = one_byte()[encoding].characters
    numbers = [names.get(ch.script(char), bool(ch.script(char))) for char in chars]
    kinds = np.array([ch.kind(char) for char in chars], np.int64)
    return kinds, np.array(numbers, np.uint8)


@cache
def _in_word_costs() -> tuple[np.ndarray, np.ndarray]:
    """By kind: is it part of words, and what it costs between two letters, in nats."""
    is_letter = np.zeros(ch.KINDS, bool)
    is_letter[list(ch.LETTERS)] = True
    costs = np.zeros(ch.KINDS)
    costs[[ch.QUOTE, ch.LOW_QUOTE, ch.SIGN]] = _SIGN_IN_WORD
    costs[[ch.JOINER, ch.APOSTROPHE, ch.DASH]] = _JOINER_IN_WORD
    return is_letter, costs


def _neighbours(sample: np.ndarray, encoding: str) -> float:
    """What speaks against an encoding between neighbouring characters, in nats."""
    kind_of, script_of = _kinds(encoding)
    kinds, scripts = kind_of[sample], script_of[sample]
    pairs = np.bincount(kinds[:-1] * ch.KINDS + kinds[1:], minlength=ch.KINDS**2)
    mixed = (scripts[:-1] != scripts[1:]) & (scripts[:-1] > 0) & (scripts[1:] > 0)
    letter_kinds, in_word = _in_word_costs()
    is_letter = letter_kinds[kinds]
    before, middle, behind = kinds[:-2], kinds[1:-1], is_letter[2:]
    opening = (middle == ch.APOSTROPHE) & (before == ch.OTHER) & behind
    return float(
        pairs @ _pair_costs().ravel()
        + _TWO_SCRIPTS * np.count_nonzero(mixed)
        + in_word[middle[is_letter[:-2] & behind]].sum()
        + _APOSTROPHE_BEFORE_WORD * np.count_nonzero(opening)
    )


def _ascii_words(counts: np.ndarray, readings: _Readings) -> np.ndarray:
    """What the words in plain ASCII say about the language, in nats for each reading."""
    fit = readings.costs @ counts
    best = fit[readings.latin].max()
    inside = np.maximum(_ASCII_WEIGHT * (fit - best), _ASCII_CAP)
    outside = max(_ASCII_LETTER_OUTSIDE_LATIN * float(counts.sum()), _ASCII_CAP)
    return np.where(readings.latin, inside, outside)


def score(sample: bytes, ascii_counts: np.ndarray) -> list[Guess]:
    """The best reading in each of the likeliest one-byte encodings, the best first.

    Args:
        sample: the words that are not plain ASCII, separated by blanks.
        ascii_counts: int64 [256], letters of the words that are plain ASCII.

    Returns:
        One guess for each encoding compared (at most 20).
    """
    readings = _readings()
    data = np.frombuffer(sample, np.uint8)
    letters_fit = readings.costs @ np.bincount(data, minlength=256)
    fit = letters_fit + readings.away + _ascii_words(ascii_counts, readings)
    best: dict[str, Guess] = {}
    for row in np.argsort(-fit, kind="stable"):
        name, tag = readings.pairs[row]
        if name not in best:
            extra = _neighbours(data, name) + one_byte()[name].prior_nats
            best[name] = Guess(float(fit[row]) + extra, name, tag)
            if len(best) == _ENCODINGS_COMPARED:
                break
    return sorted(best.values(), key=lambda guess: -guess.score_nats)

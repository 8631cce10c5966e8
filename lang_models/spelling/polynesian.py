"""The glottal stop of Hawaiian, Tongan and Samoan, typed as any apostrophe.

It stands before a vowel, at the beginning of a word or after another vowel, so an apostrophe
between vowels is one. At the beginning of a word it is one where nothing in the line closes a
quotation. Left alone: apostrophes beside consonants, which are English; Tahitian and Maori, where
other signs are in use.
"""

import polars as pl

from lang_models.spelling._rule import Spelling, by_line, replacing

_APOSTROPHE = "['‘’ʼ`´ʹ′ʽʿ]"
_VOWEL = "[aeiouāēīōūáéíóúAEIOUĀĒĪŌŪÁÉÍÓÚ]"
_BETWEEN = rf"({_VOWEL}){_APOSTROPHE}({_VOWEL})"
_FIRST = rf"(^|[^\p{{L}}\p{{M}}\p{{N}}]){_APOSTROPHE}({_VOWEL})"
_CLOSING = rf"[\p{{L}}\p{{M}}\p{{N}}\p{{P}}]{_APOSTROPHE}($|[^\p{{L}}\p{{M}}\p{{N}}])"


def _closes_nothing(line: pl.Series) -> pl.Series:
    return ~line.str.contains(_CLOSING)


def _turned(text: pl.Series) -> pl.Series:
    text = replacing([(_BETWEEN, "${1}ʻ${2}")], times=2)(text)
    return by_line(replacing([(_FIRST, "${1}ʻ${2}")]), _closes_nothing)(text)


RULES = (
    Spelling(
        name="polynesian-glottals",
        tags=frozenset({"haw_Latn", "smo_Latn", "ton_Latn"}),
        suspect=f"{_BETWEEN}|{_FIRST}",
        apply=_turned,
        about="an apostrophe of any kind before a vowel, after another vowel or at the beginning "
        "of a word, becomes the turned comma ʻ (Hawai'i → Hawaiʻi, ‘ōlelo → ʻōlelo)",
        reversible="no; the apostrophes were of several kinds",
        source="CLDR 42 (2022), main letters of haw and to; Unicode names list 17.0 (2025), "
        "U+02BB; of 1,901 glottal stops in 503 Hawaiian lines 28 % have another sign (measured "
        "2026-11-25)",
    ),
)

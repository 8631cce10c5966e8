"""Uzbek oʻ and gʻ, and the sign ʼ, typed as any apostrophe.

Left alone: an apostrophe after a space, where it is a quotation mark or parts an ending from a
name; one at the end of a word after g, when its line opens a quotation with such a mark; English
endings ('s, 't, 'd, 'm).
"""

import polars as pl

from lang_models.spelling._rule import Spelling, by_line, replacing

_ANY = "['‘’ʻʼ`´ʹ′ʽ]"
_BUT_TURNED = "['‘’ʼ`´ʹ′ʽ]"
_BUT_LETTER = "['‘’ʻ`´ʹ′ʽ]"
#: Apostrophes beside letters of other scripts are not Uzbek.
_LATIN, _SMALL, _CAPITAL = r"\p{Latin}", r"\p{Latin}&&\p{Ll}", r"\p{Latin}&&\p{Lu}"
_PAIRS = [
    (rf"([oO]){_BUT_TURNED}({_LATIN}{{2}}|[{_LATIN}--[sS]])", "${1}ʻ${2}"),
    (rf"([gG]){_BUT_TURNED}({_LATIN}{{2}}|[aeiouAEIOU])", "${1}ʻ${2}"),
    # Any other letter before it, and it is the other sign.
    (
        rf"([{_LATIN}--[oOgG]]){_BUT_LETTER}([{_SMALL}]{_LATIN}|[{_SMALL}--[dmst]]|[{_CAPITAL}]{{2}})",
        "${1}ʼ${2}",
    ),
]
_FINAL = rf"(\p{{L}}[gG]){_BUT_TURNED}($|[^\p{{L}}\p{{M}}\p{{N}}])"
_OPENING = rf"(^|[^\p{{L}}\p{{M}}\p{{N}}]){_ANY}\p{{L}}"


def _opens_nothing(line: pl.Series) -> pl.Series:
    return ~line.str.contains(_OPENING)


def _uzbek(text: pl.Series) -> pl.Series:
    text = replacing(_PAIRS, times=2)(text)
    return by_line(replacing([(_FINAL, "${1}ʻ${2}")]), _opens_nothing)(text)


RULES = (
    Spelling(
        name="uzbek-letters",
        tags=frozenset({"uzn_Latn"}),
        suspect="|".join((*(pattern for pattern, _ in _PAIRS), _FINAL)),
        apply=_uzbek,
        about="an apostrophe of any kind after o or g becomes the turned comma of oʻ and gʻ, "
        "after another letter the sign ʼ (o'zbek, o‘zbek → oʻzbek, ma'no → maʼno)",
        reversible="no; the apostrophes were of several kinds",
        source="CLDR 42 (2022), main letters of uz: U+02BB in oʻ and gʻ, U+02BC; of 11,472 oʻ and "
        "gʻ in 11,311 lines 59 % have another sign (measured 2026-11-25)",
    ),
)

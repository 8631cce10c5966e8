"""Yoruba dots below and Hausa hooks, length marks and glottal stops.

Yoruba ẹ, ọ, ṣ are written with a dot, and typed with a small line or plus below where a font had
nothing else. Hausa writes its glottal stop and the 'y of Nigeria with the letter ʼ, and types it
as any apostrophe.

Left alone: Yoruba elision (t'ó), which is an apostrophe; ş in Yoruba; the ƴ of Niger beside the
ʼy of Nigeria; a quotation mark before ya, which may be either; English and French words with an
apostrophe (I'm, d'Ivoire).
"""

import polars as pl

from lang_models.spelling._rule import Spelling, replacing, tone_last

_TONED = "éèêēóòôōśÉÈÊĒÓÒÔŌŚ"
_LINE_BELOW = rf"([eosEOSẹọṣẸỌṢ{_TONED}]\p{{M}}*?)[\x{{0329}}\x{{031f}}]"
_TWO_DOTS = r"([ẹọṣẸỌṢ])\x{0323}+"


def _dotted(text: pl.Series) -> pl.Series:
    text = text.str.replace_all(_LINE_BELOW, "${1}\u0323").str.normalize("NFC")
    return text.str.replace_all(_TWO_DOTS, "${1}")


_LONG = tone_last("aeiouAEIOU", "\u0304", "\u0300\u0301\u0302")
_APOSTROPHE = "['‘’ʻ`´]"
_LATIN, _SMALL, _CAPITAL = r"\p{Latin}", r"\p{Latin}&&\p{Ll}", r"\p{Latin}&&\p{Lu}"
#: Between letters; before it two letters or a vowel, for d'Ivoire; behind it no English ending.
_GLOTTAL = (
    rf"((?:{_LATIN}[{_SMALL}]|[aeiou])\p{{M}}*){_APOSTROPHE}([{_SMALL}]{_LATIN}+|[aeiouàèìòù])",
    rf"([{_CAPITAL}]{{2}}\p{{M}}*){_APOSTROPHE}([{_CAPITAL}]{_LATIN}+|[AEIOU])",
)
_YAN = rf"(^|[^\p{{L}}\p{{M}}\p{{N}}]){_APOSTROPHE}([yY]a(?:n|r|mm))"
_HOOKS = {"Ɖ": "Ɗ", "ɖ": "ɗ"}


def _hausa(text: pl.Series) -> pl.Series:
    text = text.str.replace_many([*_LONG, *_HOOKS], [*_LONG.values(), *_HOOKS.values()])
    pairs = [*((pattern, "${1}ʼ${2}") for pattern in _GLOTTAL), (_YAN, "${1}ʼ${2}")]
    return replacing(pairs, times=2)(text)


RULES = (
    Spelling(
        name="yoruba-dots",
        tags=frozenset({"yor_Latn"}),
        suspect=f"{_LINE_BELOW}|{_TWO_DOTS}",
        apply=_dotted,
        about="a line or plus below e, o, s becomes the dot below, a doubled dot a single one "
        "(e̩ → ẹ, o̟ → ọ)",
        reversible="no; it is the same letter",
        source="CLDR 42 (2022), main letters of yo; of 6,013 Yoruba lines 11 have another sign "
        "(measured 2026-11-25)",
    ),
    Spelling(
        name="hausa-letters",
        tags=frozenset({"hau_Latn"}),
        suspect="|".join((*_GLOTTAL, _YAN, *_LONG, *_HOOKS)),
        apply=_hausa,
        about="an apostrophe of any kind within a word and before yan, yar, yamm becomes the "
        "letter ʼ (na'ura → naʼura, ‘yan → ʼyan); the macron comes before the tone; d with a "
        "tail becomes d with a hook",
        reversible="no; the apostrophes were of several kinds",
        source="CLDR 42 (2022), main letters of ha: U+02BC, ɓ ɗ ƙ ƴ; of 10,107 Hausa lines 12 % "
        "have an apostrophe in a word, in six kinds (measured 2026-11-25)",
    ),
)

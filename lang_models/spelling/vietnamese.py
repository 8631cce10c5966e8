"""Vietnamese letters with two marks in the wrong order, and Icelandic Ð in place of Đ.

NFC orders marks that stand above and below (ệ is ệ either way) and the horn; two marks above
keep the order they were typed in, and é with a circumflex is not ế for a program.

Left alone: where the tone stands in a syllable (hoà and hòa are both in use); y and i (Mỹ, mĩ);
small ð, which only Icelandic names have.
"""

import polars as pl

from lang_models.spelling._rule import Spelling, tone_last

_TONES = "\u0300\u0301\u0303\u0309"
_SWAPPED = tone_last("AEOaeo", "\u0302", _TONES) | tone_last("Aa", "\u0306", _TONES)
#: Syllables stand apart, and Đ only begins one; no Icelandic word begins with Ð.
_D = r"(^|[^\p{L}\p{M}])[ÐƉ]"


def _mended(text: pl.Series) -> pl.Series:
    text = text.str.replace_many(list(_SWAPPED), list(_SWAPPED.values()))
    return text.str.replace_all(_D, "${1}Đ")


RULES = (
    Spelling(
        name="vietnamese-marks",
        tags=frozenset({"vie_Latn"}),
        suspect="|".join((*_SWAPPED, _D)),
        apply=_mended,
        about="a tone typed before the circumflex or breve moves behind it (é̂ → ế); Ð and Ɖ at "
        "the beginning of a syllable become Đ",
        reversible="no; it looks the same",
        source="Unicode Core Specification 17.0 (2025), 7.1 on Vietnamese; CLDR 42 (2022), main "
        "letters of vi",
    ),
)

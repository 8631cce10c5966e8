"""Thai and Lao vowels put together from two signs that look like one.

Typists and programs that read print write two E for AE, and nikhahit with AA for AM, with the
tone mark between them. Left alone: the zero-width spaces between words; tone marks in any other
order; the two spellings of Lao ຫ with a letter below.
"""

from lang_models.spelling._rule import Spelling, replacing

_AM = {
    "ำ": r"\x{0e4d}([\x{0e48}-\x{0e4b}]?)\x{0e32}",
    "ຳ": r"\x{0ecd}([\x{0ec8}-\x{0ecb}]?)\x{0eb2}",
}
_AE = {"แ": r"\x{0e40}\x{0e40}", "ແ": r"\x{0ec0}\x{0ec0}"}

RULES = (
    Spelling(
        name="thai-lao-vowels",
        tags=frozenset(),
        suspect="|".join([*_AM.values(), *_AE.values()]),
        apply=replacing(
            [
                *((pattern, "${1}" + vowel) for vowel, pattern in _AM.items()),
                *((pattern, vowel) for vowel, pattern in _AE.items()),
            ]
        ),
        about="nikhahit and AA become AM, also around a tone mark, and two E become AE "
        "(นํา → นำ, เเ → แ; the same in Lao)",
        reversible="no; it looks the same",
        source="Unicode Core Specification 17.0 (2025), 16.1 and 16.2: both ways of writing AM "
        "are drawn the same; compatibility decompositions of U+0E33 and U+0EB3",
    ),
)

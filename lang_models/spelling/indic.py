"""Letters of Indic scripts that were put together from parts, or stored as before Unicode 5.1.

All of them look the same either way, so no reader sees a difference, but searches, counts and
models do. ZWJ and ZWNJ stay wherever they steer how a word is drawn: the Marathi eyelash ra, the
half letters, the Bengali ya after ra, the Sinhala ra and ya strokes.

Left alone: the letter B with a nukta, which is no Bengali R in transliterations; the two ways of
writing Tamil Shri (nearly all Tamil text and keyboards have the one that Unicode discourages);
Marathi ra with nukta beside the eyelash ra; the danda typed as a vertical bar.
"""

from collections import defaultdict
from pathlib import Path

from lang_models.spelling._rule import Spelling, replacing

_TABLE = Path(__file__).with_name("vowel_letters.tsv")
_SOURCE = "Unicode Character Database 17.0 (2025), DoNotEmit.txt, and Core Specification"
#: Consonants with a stem: their half form and the stem of AA look like the whole letter.
_STEMMED = (
    r"[\x{0916}-\x{0918}\x{091a}\x{091c}-\x{091e}\x{0923}-\x{0925}\x{0927}-\x{092a}\x{092c}-\x{092f}"
    r"\x{0932}\x{0935}-\x{0938}\x{0979}-\x{097c}\x{097e}\x{097f}]"
)


def _vowel_pairs() -> list[tuple[str, str]]:
    """Every sequence of the table, for each letter one expression; the longest first."""
    sequences = defaultdict(list)
    for line in _TABLE.read_text(encoding="utf-8").split("\n")[1:-1]:
        sequence, letter = line.split("\t")
        sequences[chr(int(letter, 16))].append(_escaped(sequence))
    return [("|".join(several), letter) for letter, several in sequences.items()]


def _escaped(points: str) -> str:
    return "".join(f"\\x{{{point.lower()}}}" for point in points.split())


_VOWELS = _vowel_pairs()
_HALVES = rf"({_STEMMED}\x{{093c}}?)\x{{094d}}\x{{200d}}?\x{{093e}}"
_CHILLUS = {"ണ": "ൺ", "ന": "ൻ", "ര": "ർ", "ല": "ൽ", "ള": "ൾ"}
#: Doubled by a virama before it, a letter with virama and ZWJ is no chillu (മൂന്ന്‍).
_CHILLU = r"(^|[^\x{{0d4d}}]){letter}\x{{0d4d}}\x{{200d}}"
#: After R with virama it is one all the same: ভর্ৎসনা.
_KHANDA_TA = r"(^|[^\x{09cd}]|\x{09b0}\x{09cd})\x{09a4}\x{09cd}\x{200d}"

RULES = (
    Spelling(
        name="indic-vowel-letters",
        tags=frozenset(),
        suspect="|".join(f"(?:{pattern})" for pattern, _ in _VOWELS) + f"|{_HALVES}",
        # Twice: A with AA and candra E becomes AA with candra E first.
        apply=replacing([*_VOWELS, (_HALVES, "$1")], times=2),
        about="a vowel letter or consonant put together from another letter and a sign becomes "
        "the letter that it looks like, in ten scripts (अा → आ, অা → আ, ਅਾ → ਆ)",
        reversible="no; it looks the same",
        source=_SOURCE + " tables 12-1 to 12-3, 12-11 to 12-32, 13-2",
    ),
    Spelling(
        name="malayalam-chillus",
        tags=frozenset(),
        suspect=_CHILLU.format(letter=f"[{''.join(_CHILLUS)}]"),
        apply=replacing(
            [
                (_CHILLU.format(letter=letter), f"${{1}}{chillu}")
                for letter, chillu in _CHILLUS.items()
            ],
            times=2,
        ),
        about="a chillu stored as consonant, virama and ZWJ becomes the letter of its own (ന്‍ → ൻ)",
        reversible="yes, where the text had no chillu letters before",
        source=_SOURCE + " section 12.9, table 12-40",
    ),
    Spelling(
        name="bengali-khanda-ta",
        tags=frozenset(),
        suspect=_KHANDA_TA,
        apply=replacing([(_KHANDA_TA, "${1}ৎ")], times=2),
        about="khanda ta stored as ta, virama and ZWJ becomes the letter of its own (ত্‍ → ৎ)",
        reversible="yes, where the text had no khanda ta before",
        source=_SOURCE + " section 12.2",
    ),
)

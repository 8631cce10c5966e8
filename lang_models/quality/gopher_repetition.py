"""Does it repeat itself? Lines, paragraphs and n-grams of words that come again.

Source: Rae et al. 2021, arXiv:2112.11446, appendix A1.1, "repetition removal". How a copy is
counted, and what an n-gram is in scripts without spaces, stands in `lang_models.repetition`.
"""

import numpy as np

from lang_models.quality._rule import ENOUGH_LINES, Rule, Sample, share
from lang_models.tokens import Tokens

_SOURCE = "Rae et al. 2021, arXiv:2112.11446, A1.1"
_UNITS = ("line", "paragraph")
_TOP = (2, 3, 4)
_COPIES = (5, 6, 7, 8, 9, 10)
#: Below 100 words the paper's limits condemn a phrase for coming twice: they are passed by 4 to
#: 9 of 100 real documents of 20 to 100 words, by 1 of 100 longer ones (manuals, sayings and the
#: Universal Declaration, 98,724 documents, measured 2026-11-23). Longer copies weigh more. Six
#: characters stand for a word, as in the English Declaration: so it is the same in all scripts.
_ENOUGH_FOR_TOP = ("length_chars", 600)
_ENOUGH_FOR_COPIES = ("length_chars", 120)

UNITS = {
    "duplicate_line_share": "share of lines",
    "duplicate_line_char_share": "share of the characters of lines",
    "duplicate_paragraph_share": "share of paragraphs",
    "duplicate_paragraph_char_share": "share of the characters of paragraphs",
    **{f"top_{n}gram_char_share": "share of the characters of words" for n in _TOP},
    **{f"duplicate_{n}gram_char_share": "share of the characters of words" for n in _COPIES},
}


def _rule(measure: str, about: str, applies: tuple[str, float]) -> Rule:
    name = measure.removesuffix("_share").replace("_", "-")
    return Rule(name, measure, UNITS[measure], "max", measure, about, _SOURCE, applies)


RULES = (
    _rule(
        "duplicate_line_share",
        "Menus, headers, footers: lines that stood there before.",
        ENOUGH_LINES,
    ),
    _rule("duplicate_line_char_share", "The same, weighed by length.", ENOUGH_LINES),
    _rule(
        "duplicate_paragraph_share",
        "Paragraphs, parted by blank lines, that stood there before.",
        ENOUGH_LINES,
    ),
    _rule("duplicate_paragraph_char_share", "The same, weighed by length.", ENOUGH_LINES),
    *(
        _rule(f"top_{n}gram_char_share", f"One phrase of {n} words over and over.", _ENOUGH_FOR_TOP)
        for n in _TOP
    ),
    *(
        _rule(
            f"duplicate_{n}gram_char_share",
            f"Passages of {n} words that come again.",
            _ENOUGH_FOR_COPIES,
        )
        for n in _COPIES
    ),
)


def measure(sample: Sample) -> dict[str, np.ndarray]:
    """The measures in `UNITS`, one value a document; 0 where nothing repeats."""
    from lang_models.copies import line_copies  # noqa: PLC0415  # numba is slow to import
    from lang_models.repetition import ngram_chars, scratch  # noqa: PLC0415

    tokens = sample.tokens
    longest = max(
        np.diff(starts).max(initial=0) for starts in (tokens.doc_start, tokens.line_start)
    )
    work = scratch(int(longest))
    chars = ngram_chars(tokens.doc_start, tokens.word_hash, tokens.word_chars, _pace(tokens), work)
    copies = line_copies(tokens.line_start, tokens.line_hash, tokens.line_chars, work)
    made = {}
    for place, unit in enumerate(_UNITS):
        count, copied, length, copied_length = copies[:, 4 * place : 4 * place + 4].T
        made[f"duplicate_{unit}_share"] = share(copied, count)
        made[f"duplicate_{unit}_char_share"] = share(copied_length, length)
    for n in _TOP:
        made[f"top_{n}gram_char_share"] = share(chars[:, n - 1], chars[:, 0])
    for n in _COPIES:
        made[f"duplicate_{n}gram_char_share"] = share(chars[:, n - 1], chars[:, 0])
    return made


def _pace(tokens: Tokens) -> np.ndarray:
    """How many of our words make one of the paper's: more than 1 in unspaced scripts."""
    from lang_models.counts import DENSE_SOLOS, SOLOS, SPACED, count_words  # noqa: PLC0415
    from lang_models.repetition import DENSE_PACE, SOLO_PACE  # noqa: PLC0415

    counted = count_words(tokens.doc_start, tokens.word_chars, tokens.word_kind)
    solo = counted[:, SOLOS] > counted[:, SPACED]
    dense = 2 * counted[:, DENSE_SOLOS] > counted[:, SOLOS]
    return np.select([solo & dense, solo], [DENSE_PACE, SOLO_PACE], 1)

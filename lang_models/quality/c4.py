"""Traces of what is no prose: filler text, program code, notices about a browser.

Source: Raffel et al. 2020, JMLR 21(140), arXiv:1910.10683, section 2.2. C4 drops a page at the
first curly bracket and a line at the word "javascript", and knows English bad words and end
punctuation only. Here they are shares, so that a manual may show a line of code.
"""

import numpy as np
import polars as pl

from lang_models.quality._rule import Rule, Sample, share
from lang_models.tokens import Tokens, tokenise

#: A notice is short; an article about the language has paragraphs.
_NOTICE_CHARS = 120

_SOURCE = "Raffel et al. 2020, arXiv:1910.10683, 2.2"

UNITS = {
    "lorem_ipsum_count": "times",
    "curly_bracket_share": "share of code points",
    "javascript_line_share": "share of lines",
}

RULES = (
    Rule(
        name="lorem-ipsum",
        measure="lorem_ipsum_count",
        unit="times",
        side="max",
        limit="lorem_ipsum_count",
        about="Filler text of unfinished pages.",
        source=_SOURCE,
    ),
    Rule(
        name="curly-brackets",
        measure="curly_bracket_share",
        unit="share of code points",
        side="max",
        limit="curly_bracket_share",
        about="Program code and style sheets.",
        source=_SOURCE,
    ),
    Rule(
        name="javascript-lines",
        measure="javascript_line_share",
        unit="share of lines",
        side="max",
        limit="javascript_line_share",
        about="Pages that only ask to switch JavaScript on: short lines with that word.",
        source=_SOURCE,
    ),
)


def measure(sample: Sample) -> dict[str, np.ndarray]:
    """The measures in `UNITS`, one value a document; 0 for an empty one."""
    from lang_models.scan import BRACES  # noqa: PLC0415  # numba is slow to import

    tokens = sample.tokens
    lorem, ipsum, javascript = tokenise(pl.Series(["lorem ipsum javascript"])).word_hash
    return {
        "lorem_ipsum_count": _pairs(tokens, lorem, ipsum),
        "curly_bracket_share": share(tokens.doc_signs[:, BRACES], tokens.doc_chars),
        "javascript_line_share": share(_notices(tokens, javascript), _lines(tokens)),
    }


def _pairs(tokens: Tokens, first: np.uint64, second: np.uint64) -> np.ndarray:
    """How often the two words follow each other in each document."""
    at = np.flatnonzero(tokens.word_hash[:-1] == first)
    at = at[tokens.word_hash[at + 1] == second]
    document = _owner(tokens.doc_start, at)
    within = document == _owner(tokens.doc_start, at + 1)
    return np.bincount(document[within], minlength=len(tokens))


def _notices(tokens: Tokens, word: np.uint64) -> np.ndarray:
    """Short lines with the word in each document."""
    at = np.flatnonzero(tokens.word_hash == word)
    lines = np.unique(_owner(tokens.line_word, at))
    lines = lines[tokens.line_chars[lines] <= _NOTICE_CHARS]
    return np.bincount(_owner(tokens.line_start, lines), minlength=len(tokens))


def _lines(tokens: Tokens) -> np.ndarray:
    """Lines of each document that are not blank."""
    from lang_models.counts import LINES, count_lines  # noqa: PLC0415

    return count_lines(tokens.line_start, tokens.line_chars, tokens.line_kind)[:, LINES]


def _owner(starts: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Which slice each place lies in: the last that begins there or before."""
    return np.searchsorted(starts, at, side="right") - 1

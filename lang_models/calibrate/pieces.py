"""Cuts reference text into pieces of so many words, so that sentences can calibrate too.

A rule meets documents of all lengths from some length on, and short ones spread most. So a
measure of words is taken on pieces that are just long enough for its rule: lines, or sentences
of long lines, one after another until there are words enough.
"""

import numpy as np
import polars as pl
from numba import njit

from lang_models.fold import SENTENCE_ENDS
from lang_models.tokens import tokenise

#: A blank after a mark that ends sentences, and after what closes behind it.
_SENTENCE_END = rf"([{SENTENCE_ENDS}][\p{{Pe}}\p{{Pf}}\x{{22}}\x{{27}}]*)\s+"


def pieces(text: pl.DataFrame, least_words: int) -> pl.DataFrame:
    r"""Pieces of at least so many words, each from one source; what is left over at its end goes.

    Args:
        text: `source` and `text`, the rows of a source one after another.
        least_words: words of a piece, as `lang_models.tokens` counts them.

    Returns:
        `source` and `text` (lines joined by line feeds), in order. No text: no rows.

    >>> text = pl.DataFrame({"source": ["a", "a"], "text": ["One two. Three!", "Four five"]})
    >>> pieces(text, 3)["text"].to_list()
    ['One two.\nThree!']
    """
    lines = text.with_columns(
        pl.col("text").str.replace_all(_SENTENCE_END, "$1\n").str.split("\n")
    ).explode("text")
    if lines.is_empty():
        return lines
    words = np.diff(tokenise(lines["text"]).doc_start)
    source = lines["source"].rle_id().to_numpy().astype(np.int64)
    number = np.empty(len(words), np.int64)
    _number(words, source, least_words, number)
    return (
        lines.with_columns(pl.Series("piece", number))
        .filter((pl.col("piece") >= 0) & pl.Series(words > 0))
        .group_by("piece", maintain_order=True)
        .agg(pl.col("source").first(), pl.col("text").str.join("\n"))
        .drop("piece")
    )


@njit(cache=True, nogil=True)
def _number(words: np.ndarray, source: np.ndarray, least_words: int, out: np.ndarray) -> None:
    """The piece of each line; -1 for lines at the end of a source that make none."""
    piece, begin, held = 0, 0, 0
    for line in range(len(words)):
        if line and source[line] != source[line - 1]:
            out[begin:line] = -1
            begin, held = line, 0
        held += words[line]
        if held >= least_words:
            out[begin : line + 1] = piece
            piece, begin, held = piece + 1, line + 1, 0
    out[begin:] = -1

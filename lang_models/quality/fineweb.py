"""Does it look like a page of prose? How lines end, how short they are, how many there are.

Source: Penedo et al. 2024, arXiv:2406.17557, section 3.6. Sentences end as Unicode says they do
in every script (Sentence_Terminal), and closing quotes and brackets may follow. A character of
Chinese, Japanese, Korean or Yi counts as three when a line is called short.
"""

import numpy as np

from lang_models.quality._rule import ENOUGH_LINES, Rule, Sample, known, share

_SOURCE = "Penedo et al. 2024, arXiv:2406.17557, 3.6"

UNITS = {
    "sentence_line_share": "share of lines",
    "short_line_share": "share of lines",
    "line_breaks_per_word": "line breaks per word",
}

RULES = (
    Rule(
        name="few-sentence-lines",
        measure="sentence_line_share",
        unit="share of lines",
        side="min",
        limit="sentence_line_share",
        about="Menus and lists: lines that end no sentence.",
        source=_SOURCE,
        applies=ENOUGH_LINES,
    ),
    Rule(
        name="short-lines",
        measure="short_line_share",
        unit="share of lines",
        side="max",
        limit="short_line_share",
        about="Menus and tables: lines of at most 30 characters.",
        source=_SOURCE,
        applies=ENOUGH_LINES,
    ),
    Rule(
        name="many-line-breaks",
        measure="line_breaks_per_word",
        unit="line breaks per word",
        side="max",
        limit="line_breaks_per_word",
        about="Lists of a word or two a line.",
        source=_SOURCE,
        applies=ENOUGH_LINES,
    ),
)


def measure(sample: Sample) -> dict[str, np.ndarray]:
    """The measures in `UNITS`, one value a document; lines that are blank do not count."""
    from lang_models.counts import LINES, SENTENCES, SHORT, count_lines  # noqa: PLC0415  # numba

    tokens = sample.tokens
    counted = count_lines(tokens.line_start, tokens.line_chars, tokens.line_kind)
    lines = counted[:, LINES]
    return {
        "sentence_line_share": known(share(counted[:, SENTENCES], lines), lines > 0),
        "short_line_share": share(counted[:, SHORT], lines),
        "line_breaks_per_word": share(np.maximum(lines - 1, 0), sample.words),
    }

"""Does it read like running text? Length, words, signs, bullets, stop words.

Source: Rae et al. 2021, arXiv:2112.11446, appendix A1.1, "quality filtering". Words are ours
(`lang_models.tokens`): punctuation is no word, and any script's letters are letters.
"""

from functools import cache

import numpy as np
import polars as pl

from lang_models.profile import load
from lang_models.quality._rule import ENOUGH_LINES, ENOUGH_WORDS, Rule, Sample, known, share
from lang_models.tokens import tokenise

_SOURCE = "Rae et al. 2021, arXiv:2112.11446, A1.1"

UNITS = {
    "length_words": "words",
    "length_chars": "code points",
    "length_lines": "lines",
    "mean_word_chars": "code points",
    "lettered_word_share": "share of words",
    "stop_words": "different words",
    "symbols_per_word": "symbols per word",
    "bullet_line_share": "share of lines",
    "ellipsis_line_share": "share of lines",
}

RULES = (
    Rule(
        name="too-few-words",
        measure="length_words",
        unit="words",
        side="min",
        limit="length_words_min",
        about="Fragments: too little text to tell its language or its worth.",
        source=_SOURCE,
    ),
    Rule(
        name="too-many-words",
        measure="length_words",
        unit="words",
        side="max",
        limit="length_words_max",
        about="Dumps: lists and logs that never end.",
        source=_SOURCE,
    ),
    Rule(
        name="few-lettered-words",
        measure="lettered_word_share",
        unit="share of words",
        side="min",
        limit="lettered_word_share",
        about="Tables and number lists: words without a letter of any script.",
        source=_SOURCE,
    ),
    Rule(
        name="short-words",
        measure="mean_word_chars",
        unit="code points",
        side="min",
        limit="mean_word_chars_min",
        about="Spelt-out or shredded text.",
        source=_SOURCE,
    ),
    Rule(
        name="long-words",
        measure="mean_word_chars",
        unit="code points",
        side="max",
        limit="mean_word_chars_max",
        about="Identifiers, encoded data, text that lost its spaces.",
        source=_SOURCE,
    ),
    Rule(
        name="few-stop-words",
        measure="stop_words",
        unit="different words",
        side="min",
        limit="stop_words",
        about="Lists of names and keywords; text in another language than it was taken for.",
        source=_SOURCE,
        applies=ENOUGH_WORDS,
    ),
    Rule(
        name="many-symbols",
        measure="symbols_per_word",
        unit="symbols per word",
        side="max",
        limit="symbols_per_word",
        about="Number signs and ellipses: tag clouds and teasers.",
        source=_SOURCE,
        applies=ENOUGH_WORDS,
    ),
    Rule(
        name="bullet-lines",
        measure="bullet_line_share",
        unit="share of lines",
        side="max",
        limit="bullet_line_share",
        about="Bare lists: lines that begin with a bullet, an asterisk or a hyphen.",
        source=_SOURCE,
        applies=ENOUGH_LINES,
    ),
    Rule(
        name="ellipsis-lines",
        measure="ellipsis_line_share",
        unit="share of lines",
        side="max",
        limit="ellipsis_line_share",
        about="Teasers: lines cut off with an ellipsis.",
        source=_SOURCE,
        applies=ENOUGH_LINES,
    ),
)


def measure(sample: Sample) -> dict[str, np.ndarray]:
    """The measures in `UNITS`, one value a document.

    Mean word length looks only at words of scripts that part words by spaces, and is unknown
    where they are not the most. Stop words are unknown where the profile has none.
    """
    from lang_models.counts import (  # noqa: PLC0415  # numba is slow to import
        BULLETS,
        LETTERED,
        LINES,
        SPACED,
        SPACED_CHARS,
        TRAILING,
        count_lines,
        count_words,
    )

    tokens, words = sample.tokens, sample.words
    counted = count_words(tokens.doc_start, tokens.word_chars, tokens.word_kind)
    lines = count_lines(tokens.line_start, tokens.line_chars, tokens.line_kind)
    spaced = counted[:, SPACED]
    return {
        "length_words": words,
        "length_chars": tokens.doc_chars,
        "length_lines": lines[:, LINES],
        "mean_word_chars": known(share(counted[:, SPACED_CHARS], spaced), 2 * spaced > words),
        "lettered_word_share": share(counted[:, LETTERED], words),
        "stop_words": _stop_words(sample),
        "symbols_per_word": share(tokens.doc_signs[:, :2].sum(axis=1), words),
        "bullet_line_share": share(lines[:, BULLETS], lines[:, LINES]),
        "ellipsis_line_share": share(lines[:, TRAILING], lines[:, LINES]),
    }


def _stop_words(sample: Sample) -> np.ndarray:
    """Different stop words of its own language that each document has."""
    from lang_models.counts import STOP_SLOTS, count_stop_words  # noqa: PLC0415

    tags = sample.tag.unique().sort()
    hashes = np.stack([_stop_table(tag) for tag in tags] or [np.zeros(STOP_SLOTS, np.uint64)])
    places = pl.DataFrame({"tag": tags, "place": np.arange(len(tags))})
    place = sample.tag.to_frame("tag").join(
        places, on="tag", how="left", nulls_equal=True, maintain_order="left"
    )["place"].to_numpy()  # fmt: skip
    found = count_stop_words(sample.tokens.doc_start, sample.tokens.word_hash, place, hashes)
    has_stop_words = np.any(hashes, axis=1)[place]
    return known(found, np.asarray(has_stop_words))


@cache
def _stop_table(tag: str | None) -> np.ndarray:
    from lang_models.counts import STOP_SLOTS  # noqa: PLC0415

    table = np.zeros(STOP_SLOTS, np.uint64)
    stop_words = load(tag).stop_words
    if stop_words and stop_words.words:
        for hashed in tokenise(pl.Series(stop_words.words)).word_hash:
            slot = int(hashed) % STOP_SLOTS
            while table[slot] not in (0, hashed):
                slot = (slot + 1) % STOP_SLOTS
            table[slot] = hashed
    return table

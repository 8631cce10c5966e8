r"""Does training text hold what the model is measured on? Compared by letters alone.

Two passages are the same when their letters are, whatever their case, digits, punctuation and
blanks. Compared are whole texts, their lines, and their sentences of some length, so that a
sentence is found wherever it stands.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from lang_models import labelled
from lang_models.training.digest import digests

#: Shorter sentences, such as "Thank you", are the language and nobody's text.
LEAST_LETTERS = 12
_NO_LETTERS = r"[^\p{L}\p{M}]+"
#: Signs that end a sentence, in any script, and the line feed.
_ENDS = r"[\n\p{Sentence_Terminal}\x{1361}\x{0f0d}\x{0f0e}]+"


def passages(text: pl.Series) -> pl.DataFrame:
    """The passages of each text that are compared.

    Args:
        text: strings without nulls.

    Returns:
        `row`, the place in `text`, and `digest`, UInt64; the whole text with the lines and
        sentences of enough letters. A text without letters has none.
    """
    rows = pl.DataFrame({"row": pl.int_range(len(text), eager=True), "text": text})
    split = pl.col("text").str.replace_all(_ENDS, "\n").str.split("\n")
    lines = rows.select("row", pl.col("text").str.split("\n")).explode("text")
    sentences = rows.select("row", split).explode("text")
    parts = pl.concat([lines, sentences]).with_columns(_letters())
    parts = parts.filter(pl.col("text").str.len_chars() >= LEAST_LETTERS)
    whole = rows.with_columns(_letters()).filter(pl.col("text") != "")
    found = pl.concat([whole, parts])
    return found.select("row", digest=pl.Series(digests(found["text"]))).unique()


def _letters() -> pl.Expr:
    return pl.col("text").str.to_lowercase().str.replace_all(_NO_LETTERS, "")


def known(texts: Iterable[pl.Series]) -> pl.Series:
    """The digests of all passages of some texts, without copies."""
    parts = [passages(text)["digest"] for text in texts]
    return pl.concat([pl.Series([], dtype=pl.UInt64), *parts]).unique().alias("digest")


def shared(text: pl.Series, held: pl.Series) -> np.ndarray:
    """Whether each text, bool, has a passage that stands among those held out.

    >>> held = known([pl.Series(["Habari ya asubuhi, rafiki yangu!"])])
    >>> shared(pl.Series(["Leo: HABARI YA ASUBUHI RAFIKI YANGU", "Habari ya jioni"]), held)
    array([False, False])
    >>> shared(pl.Series(["Leo.  HABARI YA ASUBUHI RAFIKI YANGU", "Habari ya jioni"]), held)
    array([ True, False])
    """
    if not len(held):
        return np.zeros(len(text), bool)
    found = passages(text).join(held.to_frame(), on="digest", how="semi")["row"].unique()
    is_shared = np.zeros(len(text), bool)
    is_shared[found.to_numpy()] = True
    return is_shared


def by_source(training: Sequence[Path], evaluation: Sequence[Path]) -> list[dict[str, Any]]:
    """How many lines of each source of training text share a passage with evaluation text.

    Returns:
        `source`, `lines` and `shared`, in the order of sources.

    Raises:
        InputError: a file cannot be read.
    """
    held = known([labelled.texts(labelled.find(evaluation))])
    rows = labelled.read(labelled.find(training)).rows
    rows = rows.with_columns(shared=shared(rows["text"], held))
    counts = rows.group_by("source").agg(lines=pl.len(), shared=pl.col("shared").sum())
    return counts.sort("source").to_dicts()

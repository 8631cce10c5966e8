"""Chooses the reference text of one language: what is in its script, once, and not too much."""

from collections.abc import Callable

import numpy as np
import polars as pl

from lang_models.calibrate.aim import Sample
from lang_models.identify import Identifier
from lang_models.scripts import MEMBERS, count
from schemas.errors import InputError

#: Rows of a source; limits from 4,000 are as sure as from more (of 10,000 documents 83 may lie
#: beyond a limit for 1 %, of 4,000 there are 29: 0.83 and 0.73 %).
MOST_ROWS = 4_000
#: Words below which there is nothing to measure: twenty pieces of 50 words.
LEAST_WORDS = 1_000
#: Share of what is said in the language's script (a Chinese character says as much as three
#: letters): a manual names programs in Latin letters.
_LEAST_IN_SCRIPT = 0.5
#: A page of which more than this share is called English is translated in part
#: (docs/languages.md). Shorter rows cannot be told surely.
_MOST_ENGLISH = 0.15
_TELLABLE_CHARS = 300
_ENGLISH = "eng_Latn"


def choose(
    tag: str, rows: pl.DataFrame, identifier: Identifier | None, *, least_words: int = LEAST_WORDS
) -> Sample:
    """The reference text of a language out of what was read for it.

    Args:
        tag: `xxx_Xxxx`.
        rows: `source` and `text`, normalised, without personal data; null where that failed.
        identifier: finds pages that are in English for a part; None leaves them in.
        least_words: below them the text is refused.

    Raises:
        InputError: there is too little text.
    """
    left_out: dict[str, int] = {}
    steps: tuple[tuple[str, Callable[[], pl.DataFrame]], ...] = (
        ("without text", lambda: _with_text(rows)),
        ("a second time", lambda: rows.unique("text", keep="first", maintain_order=True)),
        (f"not in {tag[4:]}", lambda: _in_script(tag, rows)),
        ("more than enough of a source", lambda: spread(rows, "source", MOST_ROWS)),
        ("in English for a part", lambda: _not_english(tag, rows, identifier)),
    )
    for reason, step in steps:
        kept = step()
        if len(kept) < len(rows):
            left_out[reason] = len(rows) - len(kept)
        rows = kept
    sample = Sample(tag, rows.select("source", "text"), left_out)
    words = sample.sizes["words"].sum()
    if words < least_words:
        raise InputError(
            f"{tag}: too little text, {words:,} words; give at least {least_words:,},"
            " and some ten thousand from two kinds of text for limits of its own"
        )
    return sample


def refuse_single(sample: Sample, least_sources: int) -> None:
    """Makes sure that a language's text is of several kinds.

    Raises:
        InputError: fewer sources than that have `LEAST_WORDS` words.
    """
    large = int((sample.sizes["words"] >= LEAST_WORDS).sum())
    if large < least_sources:
        raise InputError(
            f"{sample.tag}: too little text, {large} sources of {LEAST_WORDS:,} words; give"
            f" {least_sources}, or name the language to take what there is"
        )


def spread(rows: pl.DataFrame, key: str, most: int) -> pl.DataFrame:
    """At most so many rows of each group, evenly spread: neighbours in a file are often alike.

    >>> spread(pl.DataFrame({"tag": ["a"] * 10, "n": range(10)}), "tag", 3)["n"].to_list()
    [3, 6, 9]
    """
    place, size = pl.int_range(pl.len()).over(key), pl.len().over(key)
    is_last_of_its_part = place * most // size < (place + 1) * most // size
    return rows.filter((size <= most) | is_last_of_its_part)


def _with_text(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("text").str.contains(r"\S").fill_null(value=False))


def _in_script(tag: str, rows: pl.DataFrame) -> pl.DataFrame:
    counts = count(rows["text"])
    members = MEMBERS.get(tag[4:], (tag[4:],))
    is_own = np.array([script in members for script in counts.scripts])
    own = counts._replace(letters=counts.letters * is_own).content()
    enough = own >= _LEAST_IN_SCRIPT * counts.content()
    return rows.filter(pl.Series(enough, dtype=pl.Boolean))


def _not_english(tag: str, rows: pl.DataFrame, identifier: Identifier | None) -> pl.DataFrame:
    if identifier is None or tag == _ENGLISH:
        return rows
    place = pl.arg_where(rows["text"].str.len_chars() >= _TELLABLE_CHARS, eager=True)
    segments = identifier.identify(rows["text"].gather(place)).struct.field("segments")
    english = segments.list.eval(
        pl.element().struct.field("share").filter(pl.element().struct.field("tag") == _ENGLISH)
    ).list.sum()
    foreign = place.filter(english > _MOST_ENGLISH)
    return rows.filter(~pl.int_range(pl.len()).is_in(foreign.implode()))

"""Finds the words that hardly any running text of a language is without.

A word counts by how many pieces of 50 words have it, not by how often it stands there, and it
has to be frequent in most kinds of text: in three of four sources, in both of two. So the subject
of one collection ("file", "amen") does not get in, and no list of words has to be known before.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from lang_models.calibrate.aim import Aim
from lang_models.calibrate.measured import PIECE_WORDS
from lang_models.fold import JOINERS
from lang_models.profile import FEWEST_STOP_WORDS, StopWords
from lang_models.tokens import tokenise
from lang_models.writing import UNSPACED_CODES

#: With two of them in nearly every piece, more would only be words of the next language too.
MOST_WORDS = 30
#: A word in fewer than one piece of twenty adds little. The lists made by hand before went down
#: to 24 % in Yoruba and to 6 % in Korean and Tamil, which join such words (2026-11-23).
LEAST_SHARE = 0.05
#: Pieces of a source from which on it is asked: below them even a word of every piece could be
#: in fewer than nine of ten pieces of the language (Wilson's interval, 95 %).
LEAST_PIECES = 35
#: 97.5 % of a normal distribution lie below it: two-sided confidence of 95 %.
_Z = 1.96
_KINDS_ASKED = 0.25
#: In these, one character is a word or most of one; in other scripts without spaces a letter.
DENSE = frozenset(("Hani", "Hans", "Hant", "Hanb", "Jpan", "Hrkt", "Hira", "Kana", "Yiii"))
_WORD = r"[\p{L}\p{M}\p{N}]+"
#: Katakana write names and borrowed words, so their characters are no function words.
_CHARACTER = r"[\p{Han}\p{Hiragana}\p{Yi}]\p{M}*"
_JOINERS = "[" + "".join(f"\\x{{{point:x}}}" for point in JOINERS) + "]"


@dataclass(frozen=True, eq=False)
class Chosen:
    """The stop words found.

    Args:
        stop_words: with their source; no words, and the reason, where there are none.
        different: of each piece, how many different ones it has; null where there are none.
    """

    stop_words: StopWords
    different: pl.Series


def choose(tag: str, pieces: pl.DataFrame, aim: Aim) -> Chosen:
    """The stop words of a language.

    Args:
        tag: `xxx_Xxxx`.
        pieces: `source` and `text` of pieces of 50 words.
        aim: says how many sources have to agree.
    """
    sources = _sources(pieces["source"])
    unspaced = tag[4:] in UNSPACED_CODES
    if unspaced and tag[4:] not in DENSE:
        return _none(pieces, f"None, {aim.day}: a character of this script is but a letter.")
    if len(sources) < aim.least_sources:
        return _none(
            pieces,
            f"None, {aim.day}: {len(sources)} of the sources have {LEAST_PIECES} pieces of"
            f" {PIECE_WORDS} words, and {aim.least_sources} have to agree.",
        )
    found = _words(pieces["text"], _CHARACTER if unspaced else _WORD)
    return _taken(found, pieces, _ranked(found, pieces["source"], sources), sources, aim)


def given(words: StopWords, pieces: pl.DataFrame) -> Chosen:
    """Stop words that a person chose, counted in the same pieces."""
    found = _words(pieces["text"], _WORD if _is_spaced(words.words) else _CHARACTER)
    return Chosen(words, _different(found, words.words, len(pieces)))


def _is_spaced(words: tuple[str, ...]) -> bool:
    return not pl.Series([*words, "a"]).str.contains(f"^(?:{_CHARACTER})$").any()


def _none(pieces: pl.DataFrame, why: str) -> Chosen:
    nothing = pl.Series("different", [None], dtype=pl.Float32).new_from_index(0, len(pieces))
    return Chosen(StopWords(words=(), source=why), nothing)


def _sources(source: pl.Series) -> dict[str, int]:
    """The sources that are large enough to be asked, with their pieces."""
    sizes = source.value_counts(sort=False).sort("source").iter_rows()
    return {name: count for name, count in sizes if count >= LEAST_PIECES}


def _words(text: pl.Series, pattern: str) -> pl.DataFrame:
    """`piece` and `word`: each different word of each piece once, in lower case."""
    bare = text.str.normalize("NFKC").str.to_lowercase().str.replace_all(_JOINERS, "")
    return (
        pl.DataFrame({"piece": np.arange(len(text)), "word": bare.str.extract_all(pattern)})
        .explode("word")
        .filter(pl.col("word").str.contains(r"^[\p{L}\p{M}]+$"))
        .unique()
    )


def _ranked(found: pl.DataFrame, source: pl.Series, sources: dict[str, int]) -> pl.DataFrame:
    """`word` and `share`, most frequent first: what it reaches in most of the sources.

    The share is the lower end of Wilson's interval (1927, doi:10.2307/2276774), so that a small
    source has to be surer than a large one.
    """
    sizes = pl.DataFrame({"source": list(sources), "pieces": list(sources.values())})
    counted = (
        found.join(pl.DataFrame({"piece": np.arange(len(source)), "source": source}), on="piece")
        .join(sizes, on="source")
        .group_by("word", "source")
        .agg(pl.len().alias("with"), pl.col("pieces").first())
        .with_columns(_least_share(pl.col("with"), pl.col("pieces")).alias("share"))
    )
    place = int(_KINDS_ASKED * (len(sources) - 1))
    # A source without the word is not among the rows; it stands before all of them.
    missing = len(sources) - pl.len().cast(pl.Int64)
    reached = pl.col("share").sort().get((place - missing).clip(0), null_on_oob=True)
    return (
        counted.group_by("word")
        .agg(pl.when(missing <= place).then(reached).otherwise(0.0).alias("share"))
        .filter(pl.col("share") >= LEAST_SHARE)
        .sort(pl.col("share").round(6), "word", descending=[True, False])
    )


def _least_share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    share = part / whole
    spread = (share * (1 - share) / whole + _Z**2 / (4 * whole**2)).sqrt()
    return (share + _Z**2 / (2 * whole) - _Z * spread) / (1 + _Z**2 / whole)


def _taken(
    found: pl.DataFrame, pieces: pl.DataFrame, ranked: pl.DataFrame, sources: dict[str, int],
    aim: Aim,
) -> Chosen:  # fmt: skip
    words = tuple(_single(ranked["word"].to_list()))[:MOST_WORDS]
    if len(words) < FEWEST_STOP_WORDS:
        return _none(
            pieces,
            f"None, {aim.day}: only {len(words)} words are in a twentieth of the pieces of"
            f" {PIECE_WORDS} words of three in four of {len(sources)} sources.",
        )
    least = ranked.filter(pl.col("word").is_in(words))["share"].to_numpy().min()
    source = (
        f"Measured {aim.day} by endonym calibrate: each in at least {100 * least:.0f} %"
        f" of the pieces of {PIECE_WORDS} words of three in four of {len(sources)} sources"
        f" ({', '.join(sources)}; {sum(sources.values()):,} pieces)."
    )
    made = StopWords(words=words, source=source)
    return Chosen(made, _different(found, words, len(pieces)))


def _single(words: list[str]) -> list[str]:
    """The words that are one word to the rule that counts them, none of them twice."""
    tokens = tokenise(pl.Series(words, dtype=pl.String))
    counts = np.diff(tokens.doc_start)
    first: dict[int, str] = {}
    for word, count, start in zip(words, counts, tokens.doc_start, strict=False):
        if count == 1:
            first.setdefault(int(tokens.word_hash[start]), word)
    return list(first.values())


def _different(found: pl.DataFrame, words: tuple[str, ...], pieces: int) -> pl.Series:
    counted = found.filter(pl.col("word").is_in(words)).group_by("piece").len("different")
    every = pl.DataFrame({"piece": np.arange(pieces)}).join(
        counted, on="piece", how="left", maintain_order="left"
    )
    return every["different"].fill_null(0).cast(pl.Float32)

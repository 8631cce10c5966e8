"""Which languages a model takes for which, measured on lines whose language is known.

Both directions count: what this language is taken for tells where its text may be lost, what is
taken for it tells what its text may be mixed with.
"""

from collections.abc import Iterable

import numpy as np
import polars as pl

from lang_models.calibrate.sample import spread
from lang_models.identify import Identifier
from lang_models.reference import Neighbours

#: Lines of a language that are asked about, spread evenly over all there are.
LINES = 300
#: The least share of lines, and how many lines at least, that make a neighbour: fewer may be
#: labelled wrongly (lid-train has up to 1 % of such lines in its small languages).
LEAST_SHARE = 0.01
LEAST_LINES = 3
MOST = 8
#: What is called a line: long enough to be told at all, no whole page.
_LINE_CHARS = (20, 500)
_FEWEST_LINES = 100
_UNDETERMINED = "und_"


def lines(rows: pl.DataFrame) -> pl.DataFrame:
    """At most `LINES` lines of each tag, evenly spread: its short rows, else lines of long ones.

    Args:
        rows: `tag` and `text`.
    """
    chars = pl.col("text").str.len_chars()
    is_line = chars.is_between(*_LINE_CHARS) & ~pl.col("text").str.contains("\n", literal=True)
    known = rows.select("tag", "text")
    short = known.filter(is_line).filter(pl.len().over("tag") >= _FEWEST_LINES)
    long = (
        known.join(short.select("tag").unique(), on="tag", how="anti")
        .with_columns(pl.col("text").str.split("\n"))
        .explode("text")
        .filter(is_line)
    )
    return spread(pl.concat([short, long]), "tag", LINES)


def confusion(rows: pl.DataFrame, identifier: Identifier) -> pl.DataFrame:
    """What a model calls lines of known languages.

    Args:
        rows: `tag` and `text`.
        identifier: the model.

    Returns:
        `tag`, `called`, `lines`, and `share` of the lines of `tag`.
    """
    called = identifier.identify(rows["text"]).struct.field("tag")
    return (
        rows.select("tag", called.alias("called"))
        .group_by("tag", "called")
        .agg(pl.len().alias("lines"))
        .with_columns((pl.col("lines") / pl.col("lines").sum().over("tag")).alias("share"))
        .sort("tag", "called")
    )


def neighbours(tag: str, table: pl.DataFrame, model: str, day: str) -> Neighbours:
    """The languages that are most often confused with one.

    Args:
        tag: the language.
        table: of `confusion`.
        model: the model's name.
        day: of the measurement.

    Returns:
        At most `MOST`, each with the greater share of the two directions; none where the
        model is always right.
    """
    enough = (pl.col("share") >= LEAST_SHARE) & (pl.col("lines") >= LEAST_LINES)
    other = pl.col("tag") != pl.col("called")
    seen = table.filter(enough & other & ~pl.col("called").str.starts_with(_UNDETERMINED))
    taken_for = seen.filter(pl.col("tag") == tag).select(pl.col("called").alias("near"), "share")
    taken = seen.filter(pl.col("called") == tag).select(pl.col("tag").alias("near"), "share")
    near = (
        pl.concat([taken_for, taken])
        .group_by("near")
        .agg(pl.col("share").max())
        .sort(pl.col("share").round(6), "near", descending=[True, False])
        .head(MOST)
    )
    own = table.filter(pl.col("tag") == tag)
    right = own.filter(pl.col("called") == tag)["share"].sum()
    source = (
        f"Measured {day} by endonym calibrate with {model}: {100 * right:.0f} % of"
        f" {own['lines'].sum():,} lines are called right; the greater share of two, of its lines"
        f" called so, or of lines of {table['tag'].n_unique()} languages called it."
    )
    return Neighbours(tags=_rounded(near.iter_rows()), source=source)


def _rounded(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    return {name: float(np.round(share, 3)) for name, share in pairs}

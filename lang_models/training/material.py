"""From labelled text to training lines: cleaned, without copies, a part of it held out.

Cleaning here is what a run does before it asks the model, so that the model learns the text
that it will see.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from lang_models.labelled import Labelled
from lang_models.preparation import Preparation
from lang_models.training.digest import chances, digests
from lang_models.windows import NOISE
from schemas.errors import InputError

_HELD_OUT_STREAM = 1


class Material(NamedTuple):
    """Lines to train on and lines to measure on.

    Attributes:
        lines: `source`, `tag`, `text` (cleaned) and `digest`, in this order.
        held_out: `source`, `tag`, `text` (as given).
        left_out: how many rows were not taken, by reason.
    """

    lines: pl.DataFrame
    held_out: pl.DataFrame
    left_out: dict[str, int]


def clean(text: pl.Series, preparation: Preparation) -> pl.Series:
    r"""Lines as the model sees them: no addresses, prepared, single blanks, no line feeds.

    >>> clean(pl.Series(["Soma  https://example.org HAPA!"]), Preparation(True, True)).to_list()
    ['soma hapa']
    """
    text = preparation.apply(text.str.replace_all(NOISE, " "))
    return text.str.replace_all(r"\s+", " ").str.strip_chars()


def prepare(
    rows: pl.DataFrame,
    preparation: Preparation,
    held_out_share: float,
    avoid: Mapping[str, np.ndarray],
) -> Material:
    """Cleans labelled rows and holds some out.

    A line that stands under two languages tells them apart no better than chance, so it is left
    out of both. Of a line that comes twice in a language one is taken, that of the first source.

    Args:
        rows: `source`, `tag`, `text`, sorted.
        preparation: of the recipe.
        held_out_share: of the lines, those with the smallest digests.
        avoid: by reason, bool for each row: must not be trained on.
    """
    avoided = {reason: int(rows_of.sum()) for reason, rows_of in avoid.items()}
    rows = rows.filter(pl.Series(~np.logical_or.reduce(list(avoid.values()))))
    taken = len(rows)
    rows = rows.with_columns(line=clean(rows["text"], preparation)).filter(pl.col("line") != "")
    lettered = len(rows)
    rows = rows.unique(["tag", "line"], keep="first", maintain_order=True)
    single = len(rows)
    rows = rows.filter(pl.len().over("line") == 1)
    digest = digests(rows["line"])
    is_held = pl.Series(chances(digest, _HELD_OUT_STREAM) < held_out_share)
    rows = rows.with_columns(digest=digest)
    return Material(
        lines=rows.filter(~is_held).select("source", "tag", pl.col("line").alias("text"), "digest"),
        held_out=rows.filter(is_held).select("source", "tag", "text"),
        left_out={
            **avoided,
            "no letters": taken - lettered,
            "twice in its language": lettered - single,
            "in two languages": single - len(rows),
        },
    )


def without(read: Labelled, sources: Sequence[str]) -> Labelled:
    """Labelled text but for some sources.

    Raises:
        InputError: one is not there, or nothing is left.
    """
    known = set(read.rows["source"].unique())
    for source in sources:
        if source not in known:
            raise InputError(f"--without {source}: there is no such source; {some(sorted(known))}")
    rows = read.rows.filter(~pl.col("source").is_in(list(sources)))
    if rows.is_empty():
        raise InputError("--without: no source is left to train on; leave out fewer")
    files = [it for it in read.files if not set(it.sources) <= set(sources)]
    return Labelled(rows, files)


def of_languages(rows: pl.DataFrame, languages: Sequence[str] | None) -> pl.DataFrame:
    """The rows in some languages; all when none are named.

    Raises:
        InputError: a language has no rows.
    """
    if not languages:
        return rows
    known = set(rows["tag"].unique())
    for tag in languages:
        if tag not in known:
            raise InputError(
                f"--languages {tag}: no line of the data has this tag; it has {some(sorted(known))}"
            )
    return rows.filter(pl.col("tag").is_in(list(languages)))


def too_small(rows: pl.DataFrame, found: Material, fewest_lines: int) -> dict[str, int]:
    """The languages with fewer usable lines than that, and how many they have.

    Args:
        rows: all rows, with `tag`.
        found: what is left of them, to train on and to measure on.
        fewest_lines: of the recipe.
    """
    counts = pl.concat([found.lines["tag"], found.held_out["tag"]]).value_counts(name="lines")
    counts = rows.select("tag").unique().join(counts, on="tag", how="left").fill_null(0)
    return dict(counts.filter(pl.col("lines") < fewest_lines).sort("tag").iter_rows())


def refuse_small(small: dict[str, int], fewest_lines: int) -> None:
    """Says which languages are too small to be trained.

    Raises:
        InputError: there is one.
    """
    if small:
        tag, lines = next(iter(small.items()))
        others = f" ({len(small) - 1} more languages are as small)" if len(small) > 1 else ""
        raise InputError(
            f"{tag} has only {lines} usable lines, and a language needs {fewest_lines}{others};"
            " add sentences, or leave such languages out with --skip-small"
        )


def some(names: Sequence[str], most: int = 12) -> str:
    """The first of some names, and how many more there are.

    >>> some(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more

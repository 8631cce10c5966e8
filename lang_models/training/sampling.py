"""Which lines are shown to the model in training, how often, and which only in part.

All is computed on whole columns, and chance comes from the digests of the lines.
"""

import numpy as np
import polars as pl

from lang_models.training.digest import chances
from lang_models.training.recipe import Sampling
from lang_models.writing import UNSPACED_CODES

_SOURCE_STREAM, _PICK_STREAM, _ORDER_STREAM = 2, 3, 4
_PART_STREAM, _WORDS_STREAM, _PLACE_STREAM = 5, 6, 7
_COPY_STEP = 1_000
#: A word of the scripts without spaces is taken for so many letters, after the Declaration in
#: Chinese and Thai (measured 2026-11-25).
_LETTERS_A_WORD = 3


def sample(lines: pl.DataFrame, settings: Sampling, seed: int) -> pl.DataFrame:
    """The training lines in the order in which the model sees them.

    Args:
        lines: `source`, `tag`, `text`, `digest`, sorted by the first three.
        settings: of the recipe.
        seed: another one takes other lines.

    Returns:
        `tag` and `text`; the same for the same lines, settings and seed.
    """
    lines = _capped(lines, settings.source_most_lines.value)
    digest = lines["digest"].to_numpy() + np.uint64(seed)
    place = np.repeat(np.arange(len(lines)), _copies(lines, digest, settings))
    first = np.searchsorted(place, place)
    copy = np.arange(len(place)) - first
    digest = digest[place] + copy.astype(np.uint64) * np.uint64(_COPY_STEP)
    taken = lines[place].select("tag", "text")
    shown = taken.with_columns(text=_fragments(taken, digest, settings))
    return shown[np.argsort(chances(digest, _ORDER_STREAM), kind="stable")]


def _capped(lines: pl.DataFrame, most: dict[str, int]) -> pl.DataFrame:
    """No more lines of a language from a source than the recipe says."""
    if not most:
        return lines
    rank = pl.Series(chances(lines["digest"].to_numpy(), _SOURCE_STREAM))
    named = {name: limit for name, limit in most.items() if name != "*"}
    limit = pl.col("source").replace_strict(
        named, default=most.get("*", len(lines)), return_dtype=pl.Int64
    )
    ranked = lines.with_columns(rank=rank)
    return ranked.filter(pl.col("rank").rank("ordinal").over("source", "tag") <= limit).drop("rank")


def targets(counts: np.ndarray, settings: Sampling) -> np.ndarray:
    """How many lines each language is shown with, int64.

    Args:
        counts: how many it has.
        settings: of the recipe.

    Source: temperature sampling as in Conneau et al. 2020, arXiv:1911.02116, section 3.1.
    """
    most = settings.most_lines.value
    flat = np.minimum(counts, most).astype(np.float64) ** settings.temperature.value
    target = flat / flat.max(initial=1.0) * most
    return np.minimum(target, counts * settings.most_repeats.value).astype(np.int64)


def _copies(lines: pl.DataFrame, digest: np.ndarray, settings: Sampling) -> np.ndarray:
    """How often each line is taken: as often as all fit in whole rounds, the rest by weight."""
    weight = pl.col("source").replace_strict(
        settings.source_weights.value, default=1.0, return_dtype=pl.Float64
    )
    frame = lines.select("source", "tag", weight=weight).with_columns(
        of_source=pl.len().over("source", "tag"),
        of_tag=pl.len().over("tag"),
        whole=pl.col("weight").sum().over("tag"),
    )
    counts = frame.group_by("tag").len().sort("tag")
    goal = dict(zip(counts["tag"], targets(counts["len"].to_numpy(), settings), strict=True))
    target = frame["tag"].replace_strict(goal, return_dtype=pl.Int64).to_numpy()
    weights = frame["weight"].to_numpy()
    rounds = (target * weights / frame["whole"].to_numpy().clip(1e-9)).astype(np.int64)
    rounds = np.minimum(rounds, settings.most_repeats.value)
    # The line with the greatest u^(1/w) is taken first: a draw by weight without putting back
    # (Efraimidis and Spirakis 2006, doi:10.1016/j.ipl.2005.11.003).
    weight_of_draw = weights * frame["of_source"].to_numpy() ** (
        settings.source_temperature.value - 1.0
    )
    key = np.log(np.maximum(chances(digest, _PICK_STREAM), 2.0**-60)) / weight_of_draw.clip(1e-9)
    left = frame.with_columns(rounds=rounds, target=target, key=-key).select(
        pl.col("key").rank("ordinal").over("tag"),
        rest=pl.col("target") - pl.col("rounds").sum().over("tag"),
    )
    is_drawn = (left["key"] <= left["rest"]).to_numpy() & (weights > 0)
    return rounds + is_drawn


def _fragments(lines: pl.DataFrame, digest: np.ndarray, settings: Sampling) -> pl.Series:
    """The texts, of some only a few words in a row."""
    sizes = np.array(settings.fragment_words.value)
    is_part = chances(digest, _PART_STREAM) < settings.fragment_share.value
    size = sizes[(chances(digest, _WORDS_STREAM) * len(sizes)).astype(np.int64)]
    frame = lines.select("text", is_solo=pl.col("tag").str.slice(4).is_in(list(UNSPACED_CODES)))
    frame = frame.with_columns(
        is_part=is_part, size=size, at=chances(digest, _PLACE_STREAM)
    ).with_row_index("row")
    solo = frame.filter("is_part", "is_solo")
    spaced = frame.filter("is_part", ~pl.col("is_solo"))
    cut = pl.concat([_letters(solo), _words(spaced)])
    return frame.select("row", "text").update(cut, on="row")["text"]


def _words(frame: pl.DataFrame) -> pl.DataFrame:
    words = pl.col("text").str.split(" ")
    size = pl.min_horizontal("size", words.list.len().cast(pl.Int64))
    start = (pl.col("at") * (words.list.len() - size + 1)).floor().cast(pl.Int64)
    return frame.select("row", words.list.slice(start, size).list.join(" ").alias("text"))


def _letters(frame: pl.DataFrame) -> pl.DataFrame:
    chars = pl.col("text").str.len_chars().cast(pl.Int64)
    size = pl.min_horizontal(pl.col("size") * _LETTERS_A_WORD, chars)
    start = (pl.col("at") * (chars - size + 1)).floor().cast(pl.Int64)
    return frame.select("row", pl.col("text").str.slice(start, size).str.strip_chars())

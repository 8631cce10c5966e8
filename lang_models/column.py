"""The calls of a batch as the `language` column of the corpus."""

from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

from lang_models.calls import Ranking
from lang_models.scripts import Counts
from schemas.corpus import LANGUAGE

UNKNOWN = "und"
NO_SCRIPT = "Zyyy"


class Called(NamedTuple):
    """What was found in the documents of a batch; those without letters stand in no ranking."""

    names: list[str]  # tags by number
    members: list[tuple[str, ...]]  # the counted scripts of each tag's script
    ranking: Ranking  # tags by the model's probability
    segments: Ranking  # tags by the letters of the segments called so
    counts: Counts  # letters by script of each document


def to_column(called: Called, text: pl.Series, model: str) -> pl.Series:
    """One struct a document, as `schemas.corpus.LANGUAGE`; null where the text is null.

    Args:
        called: of the same batch.
        text: the batch's text.
        model: the model's name.
    """
    called = _with_han_variants(called)
    first, second = _places(called.ranking, len(text))
    tag = _tags(called, first).fill_null(f"{UNKNOWN}_{NO_SCRIPT}")
    frame = pl.DataFrame(
        {
            "tag": tag,
            "script": _scripts(called, first, tag),
            "score": _scores(called, first),
            "second": _tags(called, second),
            "second_score": _scores(called, second),
            "share": _shares(called, first),
            "model": pl.repeat(model, len(text), eager=True),
            "segments": _lists(called, len(text)),
        }
    ).with_columns(second_score=pl.when(pl.col("second").is_not_null()).then("second_score"))
    column = pl.struct(*LANGUAGE).cast(pl.Struct(LANGUAGE))
    is_text = pl.lit(text.is_not_null())
    return frame.select(pl.when(is_text).then(column).alias("language"))["language"]


def _with_han_variants(called: Called) -> Called:
    """Tags `xxx_Hani` become Hans or Hant where more characters are only of the one kind."""
    tags = len(called.names)
    variant = np.where(called.counts.hant_bias > 0, 2 * tags, 0)
    variant[called.counts.hant_bias < 0] = tags
    is_han = [name.endswith("_Hani") and not name.startswith(UNKNOWN) for name in called.names]
    names = list(called.names)
    for script in ("Hans", "Hant"):
        names += [
            name[:-4] + script if han else name
            for name, han in zip(called.names, is_han, strict=True)
        ]
    ranking, segments = (
        ranking._replace(tag=ranking.tag + variant[ranking.row])
        for ranking in (called.ranking, called.segments)
    )
    return called._replace(
        names=names, members=called.members * 3, ranking=ranking, segments=segments
    )


def _places(ranking: Ranking, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Where in the ranking each document's tag and runner-up stand; -1 for none."""
    is_first = np.r_[True, ranking.row[1:] != ranking.row[:-1]][: len(ranking.row)]
    is_second = np.r_[False, is_first[:-1] & ~is_first[1:]][: len(ranking.row)]
    is_second &= ranking.weight > 0
    first, second = np.full((2, rows), -1, np.int64)
    first[ranking.row[is_first]] = np.flatnonzero(is_first)
    second[ranking.row[is_second]] = np.flatnonzero(is_second)
    return first, second


def _tags(called: Called, place: np.ndarray) -> pl.Series:
    number = np.where(place < 0, len(called.names), _take(called.ranking.tag, place))
    return pl.Series([*called.names, None], dtype=pl.String).gather(number)


def _scores(called: Called, place: np.ndarray) -> np.ndarray:
    """The model's probability; 0 for und, which the model has no word for."""
    is_known = np.array([not name.startswith(UNKNOWN) for name in called.names], bool)
    score = _take(called.ranking.weight, place) * is_known[_take(called.ranking.tag, place)]
    return np.where(place < 0, 0.0, score.clip(0.0, 1.0))


def _shares(called: Called, first: np.ndarray) -> np.ndarray:
    """Share of the letters in segments called what the document is called."""
    segments = called.segments
    tag = np.where(first < 0, -1, _take(called.ranking.tag, first))
    agree = segments.tag == tag[segments.row]
    share = np.zeros(len(first))
    share[segments.row[agree]] = segments.weight[agree]
    return share


def _scripts(called: Called, first: np.ndarray, tag: pl.Series) -> pl.Series:
    """The commonest script; where it is part of the tag's (kana in Jpan), the tag's."""
    scripts, letters = called.counts.scripts, called.counts.letters
    commonest = letters.argmax(axis=1)
    commonest = np.where(letters.any(axis=1), commonest, len(scripts))
    counted = pl.Series([*scripts, NO_SCRIPT]).gather(commonest)
    is_part = np.zeros((len(called.names), len(scripts) + 1), bool)
    for number in np.unique(_take(called.ranking.tag, first)):
        is_part[number] = [script in called.members[number] for script in (*scripts, NO_SCRIPT)]
    within = pl.Series(is_part[_take(called.ranking.tag, first), commonest])
    return tag.str.slice(-4).zip_with(within, counted)


def _lists(called: Called, rows: int) -> pl.Series:
    segments = called.segments
    offsets = np.r_[0, np.cumsum(np.bincount(segments.row, minlength=rows))]
    tags = pl.Series(called.names).gather(segments.tag)
    entries = pl.DataFrame({"tag": tags, "share": segments.weight.astype(np.float32)})
    values = entries.to_struct("segment").to_arrow()
    lists = pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), values)
    return pl.Series("segments", lists)


def _take(values: np.ndarray, place: np.ndarray) -> np.ndarray:
    """The values at the places; where a place is -1 the value means nothing."""
    return values[place] if len(values) else np.zeros(len(place), values.dtype)

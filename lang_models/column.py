"""The calls of a batch as the `language` column of the corpus."""

import numpy as np
import polars as pl
import pyarrow as pa

from lang_models.called import UNKNOWN, Called
from lang_models.calls import Ranking
from lang_models.cards import Card
from lang_models.spans import Spans
from lang_models.undetermined import NO_LETTERS, UNKNOWN_SCRIPT
from schemas.corpus import LANGUAGE, SECOND_MODEL

NO_SCRIPT = "Zyyy"


def to_column(called: Called, text: pl.Series, model: str, card: Card) -> pl.Series:
    """One struct a document, as `schemas.corpus.LANGUAGE`; null where the text is null.

    Args:
        called: of the same batch.
        text: the batch's text.
        model: the model's name.
        card: the model's card.
    """
    called = _with_han_variants(called)
    first, second = _places(called.ranking, len(text))
    tag = _tags(called, first).fill_null(f"{UNKNOWN}_{NO_SCRIPT}")
    raw = _raw_scores(called, first)
    score = np.where(raw > 0, _calibrated(called, first, raw, card), 0.0)
    frame = pl.DataFrame(
        {
            "tag": tag,
            "script": _scripts(called, first, tag),
            "score": score,
            "second": _tags(called, second),
            "second_score": _left_over(score, raw, _raw_scores(called, second)),
            "share": _shares(called, first),
            "model": pl.repeat(model, len(text), eager=True),
            "segments": _lists(called.segments, called.names, len(text)),
            "raw_score": raw,
            "undetermined": _reasons(tag),
            "mixed": called.mixing.is_mixed,
            "seen_share": called.seen_share,
            "spans": _lists(called.spans, called.names, len(text)),
            "second_model": pl.Series([None], dtype=pl.Struct(SECOND_MODEL)).new_from_index(
                0, len(text)
            ),
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
    ranking, segments, spans = called.ranking, called.segments, called.spans
    return called._replace(
        names=names,
        members=called.members * 3,
        ranking=ranking._replace(tag=ranking.tag + variant[ranking.row]),
        segments=segments._replace(tag=segments.tag + variant[segments.row]),
        spans=spans._replace(tag=spans.tag + variant[spans.row]),
    )


def _places(ranking: Ranking, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Where in the ranking each document's tag and runner-up stand; -1 for none."""
    is_first = ranking.is_best
    is_second = np.r_[False, is_first[:-1] & ~is_first[1:]][: len(ranking.row)]
    is_second &= ranking.weight > 0
    first, second = np.full((2, rows), -1, np.int64)
    first[ranking.row[is_first]] = np.flatnonzero(is_first)
    second[ranking.row[is_second]] = np.flatnonzero(is_second)
    return first, second


def _tags(called: Called, place: np.ndarray) -> pl.Series:
    number = np.where(place < 0, len(called.names), _take(called.ranking.tag, place))
    return pl.Series([*called.names, None], dtype=pl.String).gather(number)


def _raw_scores(called: Called, place: np.ndarray) -> np.ndarray:
    """The model's probability; 0 for und, which the model has no word for."""
    is_known = np.array([not name.startswith(UNKNOWN) for name in called.names], bool)
    score = _take(called.ranking.weight, place) * is_known[_take(called.ranking.tag, place)]
    return np.where(place < 0, 0.0, score.clip(0.0, 1.0))


def _calibrated(called: Called, first: np.ndarray, raw: np.ndarray, card: Card) -> np.ndarray:
    return card.calibrated(called.names, _take(called.ranking.tag, first), raw)


def _left_over(score: np.ndarray, raw: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The runner-up's probability: of what the first leaves, the part the model gives to it.

    Never more than the first has, even where that is calibrated downwards.
    """
    part = second / np.maximum(1.0 - raw, second.clip(1e-9))
    return np.where(raw == score, second, np.minimum((1.0 - score) * part, score))


def _reasons(tag: pl.Series) -> pl.Series:
    """Why nothing could be called: there are no letters, or none of a script of the model."""
    nothing = pl.col("tag") == f"{UNKNOWN}_{NO_SCRIPT}"
    unknown = pl.col("tag").str.starts_with(f"{UNKNOWN}_")
    reason = pl.when(nothing).then(pl.lit(NO_LETTERS)).when(unknown).then(pl.lit(UNKNOWN_SCRIPT))
    return tag.to_frame("tag").select(reason.alias("undetermined"))["undetermined"]


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


def _lists(parts: Ranking | Spans, names: list[str], rows: int) -> pl.Series:
    """What each document has of them, as a list of structs."""
    fields = {"row": parts.row, "tag": pl.Series(names).gather(parts.tag)}
    fields |= (
        {"share": parts.weight.astype(np.float32)}
        if isinstance(parts, Ranking)
        else {
            "first_line": parts.first_line.astype(np.int32),
            "lines": parts.lines.astype(np.int32),
            "share": parts.share.astype(np.float32),
        }
    )
    offsets = np.r_[0, np.cumsum(np.bincount(parts.row, minlength=rows))]
    values = pl.DataFrame(fields).drop("row").to_struct().to_arrow()
    return pl.Series(pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), values))


def _take(values: np.ndarray, place: np.ndarray) -> np.ndarray:
    """The values at the places; where a place is -1 the value means nothing."""
    return values[place] if len(values) else np.zeros(len(place), values.dtype)

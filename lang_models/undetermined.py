"""When no language can be told: too little text, numbers, program code, lists, gibberish.

A model names a language for anything that has letters. These rules say when to disregard it;
the tag is then `und_` with the script, the model's best guess stays as the runner-up, and the
row says why. All are measured on what the model was shown, in arrays over the whole batch.
"""

from typing import Literal, NamedTuple

import numpy as np
import polars as pl

from lang_models.called import UNKNOWN, Called
from lang_models.signs import NAMES

NO_LETTERS, UNKNOWN_SCRIPT = "no-letters", "unknown-script"


class Reason(NamedTuple):
    """Why a language cannot be told.

    Attributes:
        name: as it stands in `language.undetermined`.
        measure: what is measured.
        side: whether the limit is the least (`min`) or the greatest (`max`) that passes.
        limit: of the measure.
        source: where the limit comes from.
    """

    name: str
    measure: str
    side: Literal["min", "max"]
    limit: float
    source: str

    @property
    def rule(self) -> str:
        """The rule by which such a document is held back."""
        return f"undetermined-{self.name}"


_MEASURED = "Measured 2026-11-25 (python -m tests.benchmarks.language_doubts), endonym-lid: "
REASONS = (
    Reason(
        NO_LETTERS, "letters", "min", 1.0,
        "Definition, 2026-11-23: what has no letters is in no language.",
    ),
    Reason(
        UNKNOWN_SCRIPT, "letters in the script of a likely language", "min", 1.0,
        "Definition, 2026-11-23: no language that the model thinks of is written in this script.",
    ),
    Reason(
        "too-short", "letters; a Han character counts as three, a kana or Hangul syllable as two",
        "min", 12.0,
        _MEASURED + "of words and phrases in Latin letters the best guess is right in 62 % of"
        " those with 9 to 11 letters, and in 72 % with 12 to 15; in other scripts in 83 and 90 %.",
    ),
    Reason(
        "numbers", "share of digits among letters and digits", "max", 0.5,
        _MEASURED + "number tables with a word a line have 0.74 and more; of 400 manuals and 166"
        " laws 0.5 % have more than 0.23.",
    ),
    Reason(
        "code", "signs of program code per letter; 1 for keys, hashes and base64", "max", 0.1,
        _MEASURED + "half of the excerpts from program files have 0.08 and more; of 400 manuals,"
        " which hold examples, and 166 laws 0.5 % have more than 0.08.",
    ),
    Reason(
        "list", "words between line feeds, commas and other signs", "min", 1.5,
        _MEASURED + "lists of words have 1.0, half of the excerpts from program files less than"
        " 1.5; of 336 children's stories, 166 laws, 400 manuals and 762 pages of news none is taken"
        " for a list. It holds from eight such runs on, and only where the score is under"
        " 0.9: a list may well be told.",
    ),
    Reason(
        "unlikely", "score", "min", 0.3,
        _MEASURED + "of calls with a score under 0.3 half are right, and 2 % of the sentences of"
        " news and Declarations have so low a one. 45 to 59 % of what was typed at random are"
        " under it; of pages of news in languages of the model 2 %.",
    ),
)  # fmt: skip
#: The rules, by what stands in `language.undetermined`.
RULE_OF = {reason.name: reason.rule for reason in REASONS}
#: Fewer runs than these make no list, and a call as sure as this stands.
_LIST_RUNS, _LIST_SCORE = 8, 0.9
#: Of the letters and digits in keys, hashes and base64 this share stands in endless words.
_ENCODED_SHARE = 0.3
#: Characters of scripts without spaces that make a word: Thai and Lao words have about four,
#: Chinese about two.
_SOLOS_A_WORD = 3


def doubts(column: pl.Series, called: Called) -> pl.DataFrame:
    """Why the language of each document cannot be told; null where it can.

    Args:
        column: as `column.to_column` gives it.
        called: what it was made of.

    Returns:
        `reason`, the first of `REASONS` that applies, with its `measure` and `limit`.
    """
    names = [reason.name for reason in REASONS]
    measures = _measures(column, called).select(names)
    broken = [
        pl.col(one.name) < one.limit if one.side == "min" else pl.col(one.name) > one.limit
        for one in REASONS
    ]
    first = measures.select(
        pl.coalesce(
            pl.when(breaks).then(pl.lit(place, pl.Int64)) for place, breaks in enumerate(broken)
        ).alias("place"),
        pl.all(),
    )
    is_chosen = [pl.when(pl.col("place") == place) for place in range(len(REASONS))]
    return first.select(
        reason=pl.lit(pl.Series(names)).gather("place"),
        measure=pl.coalesce(
            chosen.then(pl.col(name)) for chosen, name in zip(is_chosen, names, strict=True)
        ),
        limit=pl.lit(pl.Series([float(reason.limit) for reason in REASONS])).gather("place"),
    )


def _measures(column: pl.Series, called: Called) -> pl.DataFrame:
    """A column for each reason; null where it does not apply."""
    score, early = (column.struct.field(name) for name in ("score", "undetermined"))
    signs = pl.DataFrame(called.signs.astype(np.float64), NAMES)
    signed = pl.col("letters") + pl.col("digits")
    solo = pl.col("solos") * 2 > pl.col("letters")
    words = pl.when(solo).then(pl.col("solos") / _SOLOS_A_WORD).otherwise("words")
    is_list = (pl.col("runs") >= _LIST_RUNS) & (pl.col("score") < _LIST_SCORE)
    is_encoded = pl.col("encoded") > _ENCODED_SHARE * signed
    measures = signs.with_columns(
        score.cast(pl.Float64), early, pl.Series("content", called.counts.content())
    ).select(
        pl.col("content").alias(NO_LETTERS),
        pl.when(pl.col("undetermined") == UNKNOWN_SCRIPT).then(0.0).alias(UNKNOWN_SCRIPT),
        pl.col("content").alias("too-short"),
        (pl.col("digits") / signed).alias("numbers"),
        pl.when(is_encoded).then(1.0).otherwise(pl.col("code") / pl.col("letters")).alias("code"),
        pl.when(is_list).then(words / pl.col("runs")).alias("list"),
        pl.col("score").alias("unlikely"),
    )
    is_text = pl.lit(column.is_not_null())
    return measures.select(pl.when(is_text).then(pl.all().fill_nan(None)))


def withdraw(column: pl.Series, reason: pl.Series) -> pl.Series:
    """The column without the calls that are in doubt: `und_` and the script, and why.

    The best guess becomes the runner-up, with its score; that of `und_` is 0.
    """
    language = pl.col(column.name).struct
    tag = language.field("tag")
    is_guess = pl.col("reason").is_not_null() & ~tag.str.starts_with(f"{UNKNOWN}_")
    unsure = {
        "tag": pl.lit(f"{UNKNOWN}_") + tag.str.slice(-4),
        "score": pl.lit(0.0, pl.Float32),
        "second": tag,
        "second_score": language.field("score"),
    }
    fields = [
        pl.when(is_guess).then(new).otherwise(language.field(name)).alias(name)
        for name, new in unsure.items()
    ]
    frame = pl.DataFrame([column, reason.alias("reason")])
    changed = language.with_fields(*fields, pl.col("reason").alias("undetermined"))
    return frame.select(pl.when(language.field("model").is_not_null()).then(changed))[:, 0].alias(
        column.name
    )

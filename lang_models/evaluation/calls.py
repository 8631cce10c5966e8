"""What a model called and what it should have called, as numbers: the ground of every rate."""

from functools import cache
from typing import NamedTuple

import numpy as np
import polars as pl

from lang_models.agreement import macrolanguage
from lang_models.labels import members
from lang_models.scripts import MEMBERS


class Calls(NamedTuple):
    """Gold and called language of each row, by number.

    Attributes:
        tags: what the numbers stand for, sorted; those of the gold and those called.
        gold: int64[rows].
        called: int64[rows].
        score: float64[rows], the calibrated score of the call.
        raw_score: float64[rows], the model's own.
    """

    tags: list[str]
    gold: np.ndarray
    called: np.ndarray
    score: np.ndarray
    raw_score: np.ndarray

    @property
    def is_right(self) -> np.ndarray:
        """bool[rows]: the call is the gold."""
        return self.gold == self.called

    def only(self, rows: slice) -> "Calls":
        """Those of some rows."""
        parts = (part[rows] for part in self[1:])
        return Calls(self.tags, *parts)


def compare(gold: pl.Series, language: pl.Series, *, fold_macro: bool = False) -> Calls:
    """The calls of a column beside their gold.

    Args:
        gold: tags, `xxx_Xxxx`.
        language: a struct a row, as `Identifier.identify` gives it.
        fold_macro: a language and its macrolanguage count as the same.
    """
    fields = language.struct.unnest()
    told = _in_words_of(gold, fields["tag"], fold_macro=fold_macro)
    tags = sorted({*gold.unique(), *told.unique()})
    gold_number, called_number = (
        column.cast(pl.Enum(tags)).to_physical().cast(pl.Int64).to_numpy()
        for column in (gold, told)
    )
    return Calls(
        tags,
        gold_number,
        called_number,
        fields["score"].fill_null(0).to_numpy().astype(np.float64),
        fields["raw_score"].fill_null(0).to_numpy().astype(np.float64),
    )


def _in_words_of(gold: pl.Series, called: pl.Series, *, fold_macro: bool) -> pl.Series:
    """The calls; one that means the gold in the gold's own words."""
    pairs = pl.DataFrame({"gold": gold, "called": called})
    distinct = pairs.unique()
    told = [
        true if means(one, true, fold_macro=fold_macro) else one
        for true, one in distinct.iter_rows()
    ]
    distinct = distinct.with_columns(told=pl.Series(told, dtype=pl.String))
    return pairs.join(distinct, on=["gold", "called"], how="left", maintain_order="left")["told"]


@cache
def means(called: str, gold: str, *, fold_macro: bool) -> bool:
    """True when a call is the gold language, in the gold's script.

    A macrolanguage stands for the member that most of its text is in, as everywhere here. When
    they are folded, it is met by any of its members, and meets any of them.

    >>> means("swh_Latn", "swa_Latn", fold_macro=False)
    True
    >>> [means("arz_Arab", "ara_Arab", fold_macro=fold) for fold in (False, True)]
    [False, True]
    >>> [means("cmn_Hans", f"cmn_{script}", fold_macro=False) for script in ("Hani", "Hant")]
    [True, False]
    """
    one, other = called[:3], gold[:3]
    is_same = members().get(one, one) == members().get(other, other)
    is_same |= fold_macro and (macrolanguage(one) == other or macrolanguage(other) == one)
    return is_same and is_in_script(called[4:], gold[4:])


def is_in_script(called: str, gold: str) -> bool:
    """True for the same script, or where one is a part of the other, as kana of Japanese.

    >>> is_in_script("Jpan", "Hira"), is_in_script("Hans", "Hani"), is_in_script("Hans", "Hant")
    (True, True, False)
    """
    return called == gold or called in MEMBERS.get(gold, ()) or gold in MEMBERS.get(called, ())

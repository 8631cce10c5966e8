"""What a rule is, and what the measures of a batch are made from."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from lang_models.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Rule:
    """A measure of a document, and on which side of a limit it has to stay.

    Attributes:
        name: as it stands in the decision on a document.
        measure: the column that it looks at.
        unit: of the measure and of the limit.
        side: "min" when the limit is the least that passes, "max" when the greatest.
        limit: the key under which a language's profile sets the limit.
        about: what kind of document it is for.
        source: where the rule comes from. The number has its own source, in the profile.
        applies: a measure and the least value from which on the rule applies.
    """

    name: str
    measure: str
    unit: str
    side: Literal["min", "max"]
    limit: str
    about: str
    source: str
    applies: tuple[str, float] = ("length_words", 0)


#: A share of fewer than ten lines jumps by more than a tenth with every one of them.
ENOUGH_LINES = ("length_lines", 10)
#: Gopher has no documents below 50 words, so none of its other limits was meant for them.
ENOUGH_WORDS = ("length_words", 50)


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A batch as the measures see it: texts, their words and lines, and their language tags."""

    text: pl.Series
    tokens: Tokens
    tag: pl.Series

    @property
    def words(self) -> np.ndarray:
        """Words of each document, int64."""
        return np.diff(self.tokens.doc_start)


def share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Part by whole, 0 where there is no whole.

    >>> share(np.array([1, 0]), np.array([4, 0])).tolist()
    [0.25, 0.0]
    """
    return part / np.maximum(whole, 1)


def known(values: np.ndarray, where: np.ndarray) -> np.ndarray:
    """The values where they mean something, NaN (null in the frame) elsewhere."""
    return np.where(where, values, np.nan)

"""What a calibration aims at, and what it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
import polars as pl

from lang_models.tokens import tokenise
from schemas.errors import InputError

#: Stands in the source of every number that the command wrote.
MARK = "endonym calibrate"
#: Documents or pieces of one source from which on its quantiles are written down: with 100 of
#: them no share is off by more than 0.14, with a confidence of 95 %.
#: Source: Massart 1990, Annals of Probability 18(3), doi:10.1214/aop/1176990746.
ENOUGH_FOR_QUANTILES = 100


@dataclass(frozen=True)
class Aim:
    """What limits are to do.

    Args:
        day: of the measurement, as 2026-11-25.
        share: of good text that each limit may remove.
        confidence: how sure that has to be.
        least_sources: kinds of text that have to agree before a stop word is taken from them;
            for a limit on the kind of text three at least.
        adopt: `language` sets the limits that follow from the language and moves others only
            where they would remove too much; `all` sets every limit that the text is enough
            for: for text that is like all that the limits will meet.
        replace: limits and stop words that a person set are measured again too.

    Raises:
        InputError: a share that is none, or no sources.
    """

    day: str
    share: float = 0.01
    confidence: float = 0.95
    least_sources: int = 2
    adopt: Literal["language", "all"] = "language"
    replace: bool = False

    def __post_init__(self) -> None:
        """Refuses what cannot be aimed at."""
        for name in ("share", "confidence"):
            given = getattr(self, name)
            if not 0 < given < 1:
                raise InputError(f"{name} is {given:g}; give a share above 0 and below 1")
        if self.least_sources < 1:
            raise InputError(f"sources is {self.least_sources}; at least one has to agree")


@dataclass(frozen=True)
class Sample:
    """The reference text of one language.

    Args:
        tag: `xxx_Xxxx`.
        text: `source` and `text`, a row a document or a sentence, normalised and without
            personal data.
        left_out: why rows were left out, and how many.
        licences: of the sources, by their names.
    """

    tag: str
    text: pl.DataFrame
    left_out: dict[str, int]
    licences: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def sizes(self) -> pl.DataFrame:
        """`source`, in the order of the text, and how many `rows` and `words` it has."""
        words = pl.Series("words", np.diff(tokenise(self.text["text"]).doc_start))
        return (
            self.text.select("source", words)
            .group_by("source", maintain_order=True)
            .agg(pl.len().cast(pl.Int64).alias("rows"), pl.col("words").sum())
        )

"""The text that a profile was measured on: how its measures are spread, which languages are near.

`endonym calibrate` writes these parts of a profile; a run's text is held against them, and when
the two are too far apart the report says so.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from lang_models.sourced import Record, Source

#: Which shares of the reference text lie at or below the numbers in `Spread.at`. The tails are
#: there for the limits, the middle for the drift.
QUANTILES = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)

Share = Annotated[float, Field(ge=0, le=1)]


class Spread(Record):
    """How one measure is spread over the reference text.

    Attributes:
        of: `documents`, or `pieces`: runs of lines of 50 words and more, for measures of words,
            which need no whole documents.
        n: how many of them were measured.
        at: the measure at each of `QUANTILES`.
    """

    of: Literal["documents", "pieces"]
    n: int = Field(ge=1)
    at: tuple[float, ...] = Field(min_length=len(QUANTILES), max_length=len(QUANTILES))

    @model_validator(mode="after")
    def _ascends(self) -> "Spread":
        if any(low > high for low, high in zip(self.at, self.at[1:], strict=False)):
            raise ValueError("quantiles never descend")
        return self


class Text(Record):
    """One source of reference text; the text itself stands nowhere here.

    Attributes:
        name: of the source.
        licence: that its text may be used under; None when nobody said.
        rows: documents, or sentences where it has no documents.
        words: as `lang_models.tokens` counts them.
    """

    name: str = Field(min_length=1)
    licence: str | None = Field(None, min_length=3)
    rows: int = Field(ge=1)
    words: int = Field(ge=1)


class Reference(Record):
    """What a profile was measured on, and what was found.

    Attributes:
        measured: the day, as 2026-11-25.
        share: the share of good text that a limit may remove.
        texts: the sources.
        measures: by name of the measure.
    """

    measured: Annotated[str, Field(pattern=r"^20\d\d-\d\d-\d\d$")]
    share: Share
    texts: tuple[Text, ...] = Field(min_length=1)
    measures: dict[str, Spread]


class Neighbours(Record):
    """The languages that a model takes this one for, or takes for this one.

    Attributes:
        tags: each with the greater of the two shares of lines.
        source: model, lines and date.
    """

    tags: dict[str, Share]
    source: Source


class Kept(Record):
    """Limits for all languages that hold for this one too, and why they were left alone."""

    limits: tuple[str, ...] = Field(min_length=1)
    reason: str = Field(min_length=10)

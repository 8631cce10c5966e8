"""The human reading round: what a policy asks of it, and the labels that readers hand in."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.privacy import TYPES
from schemas.reading_protocol import OBSERVATIONS, QUESTIONS

SCHEMA = "endonym.reading-labels/1"
#: Kappa above which agreement is called substantial (Landis and Koch 1977, Biometrics 33:159).
AGREEMENT = 0.6
#: Days after which a reading round is done again: the yearly review of governed data sets.
READING_DAYS = 365
_Tag = Annotated[str, Field(pattern=r"^[a-z]{3}_[A-Z][a-z]{3}$")]
_Share = Annotated[float, Field(ge=0, le=1)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadingRules(_Record):
    """What a programme asks of the human reading of a release."""

    required: bool = Field(default=False, description="No release without a reading round.")
    languages: list[_Tag] = Field([], description="Languages that must be read; none is any.")
    agreement: float | None = Field(
        AGREEMENT, ge=-1, le=1, description="Least kappa of two readers, for every label."
    )
    language_correct: _Share | None = Field(
        None, description="Share in the right language, at least with 95 % confidence."
    )
    natural: _Share | None = Field(None, description="Share of natural text, likewise.")
    clean: _Share | None = Field(None, description="Share without artifacts, likewise.")
    not_porn: _Share | None = Field(None, description="Share that is no pornography, likewise.")
    max_age_days: int = Field(READING_DAYS, ge=1, description="How old the reading may be.")


class Mark(_Record):
    """Personal data that a reader found in clear: where it stands in what was shown."""

    part: Annotated[int, Field(ge=0, le=2)]
    start: Annotated[int, Field(ge=0)] = Field(description="Code points from the part's start.")
    end: Annotated[int, Field(ge=1)]
    type: str

    @model_validator(mode="after")
    def _fits(self) -> "Mark":
        if self.end <= self.start:
            raise ValueError("the end comes after the start")
        if self.type not in TYPES:
            raise ValueError(f"{self.type[:40]} is no type; types are {', '.join(sorted(TYPES))}")
        return self


class Label(_Record):
    """What one reader says of one document; null is not answered yet."""

    doc_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    language_correct: bool | None = None
    unnatural: bool | None = None
    artifacts: bool | None = None
    porn: bool | None = None
    language: _Tag | None = Field(None, description="The language that it is in, if another.")
    observations: list[str] = []
    marks: Annotated[list[Mark], Field(max_length=200)] = []
    note: Annotated[str, Field(max_length=500)] = ""

    @model_validator(mode="after")
    def _known(self) -> "Label":
        unknown = sorted(set(self.observations) - set(OBSERVATIONS))
        if unknown:
            known = ", ".join(OBSERVATIONS)
            raise ValueError(f"{unknown[0][:40]} is no observation; they are {known}")
        return self

    @property
    def is_complete(self) -> bool:
        """Whether all four questions are answered."""
        return all(getattr(self, name) is not None for name in QUESTIONS)


class LabelFile(_Record):
    """`labels.json`: what one reader said of one language."""

    schema_: Literal["endonym.reading-labels/1"] = Field(alias="schema")
    round: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    release: str
    version: str
    manifest_root: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    language: _Tag
    reader: Annotated[str, Field(pattern=r"^reader-[1-9][0-9]?$")]
    at: date
    labels: Annotated[list[Label], Field(max_length=100_000)]

    @model_validator(mode="after")
    def _once(self) -> "LabelFile":
        named = [one.doc_id for one in self.labels]
        if len(set(named)) < len(named):
            raise ValueError("a document stands here twice; export again")
        return self

"""Checks for unlawful content made elsewhere, with lists that a programme may not give."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_Words = Annotated[str, Field(min_length=2, max_length=200, pattern=r"^[^\r\n]*\S[^\r\n]*$")]


class IllegalCheck(BaseModel):
    """One list or classifier that somebody held against the text of some sources."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: Annotated[list[str], Field(min_length=1)] = Field(
        description="Ids of source cards; `*` for all."
    )
    kind: Literal["hash-list", "url-list", "host-list", "word-list", "classifier"]
    name: _Words = Field(description="Of the list or the classifier, and who keeps it.")
    version: _Words
    version_day: date = Field(description="Day of that version.")
    applied_on: date
    applied_by: _Words = Field(description="Role or institution, not a person.")
    documents: Annotated[int, Field(ge=1)] = Field(description="How many were looked at.")
    found: Annotated[int, Field(ge=0)] = Field(description="How many were met.")
    removed: Annotated[int, Field(ge=0)] = Field(description="How many of those were taken out.")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if not self.removed <= self.found <= self.documents:
            raise ValueError("removed is at most found, and found at most documents")
        if self.version_day > self.applied_on:
            raise ValueError("version_day is after applied_on; a list is applied once it is there")
        return self


class IllegalChecks(BaseModel):
    """The file that `endonym screened` reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    checks: Annotated[list[IllegalCheck], Field(min_length=1)]

"""Waivers: which gates two people let pass for a while, why, and until when."""

import unicodedata
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

_Words = Annotated[str, Field(min_length=3, pattern=r"\S")]


class Waiver(BaseModel):
    """One gate that may fail until a day, because somebody answers for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    gate: Annotated[str, Field(pattern=r"^G-[A-Z0-9-]+$")]
    reason: _Words = Field(description="Why the gate may fail.")
    owner: _Words = Field(description="Who bears the risk.")
    compensating_control: _Words = Field(description="What is done instead.")
    expires: date = Field(description="Last day on which the waiver counts.")
    approved_by: _Words = Field(description="A second person, who agreed.")

    @model_validator(mode="after")
    def _by_two(self) -> "Waiver":
        if _person(self.owner) == _person(self.approved_by):
            raise ValueError("owner and approved_by are the same person; a second one must approve")
        return self


def _person(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


class WaiverFile(BaseModel):
    """The file `waivers.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    waivers: list[Waiver] = []

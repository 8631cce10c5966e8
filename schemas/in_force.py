"""Decisions in force: the file that `endonym decisions apply` writes and every run reads.

It lies beside the run file, so that what changes can be reviewed as a difference of two texts.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.decisions import Scope
from schemas.yaml_files import read_record

NAME = "in-force.yaml"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Change(_Record):
    """One decision that changes what a run does; its person's name stays out of it."""

    id: Annotated[str, Field(pattern=r"^d-[0-9a-f]{8,32}$")]
    kind: Literal["source", "licence", "threshold"]
    target: Annotated[str, Field(min_length=1, max_length=260)] = Field(
        description="Id of a card; source:ID or host:HOST; tag:limit."
    )
    verdict: str
    value: float | str | None = None
    was: float | str | None = Field(None, description="What held when it was decided.")
    scope: Scope = "text"
    role: str = Field(description="Role of who decided.")
    decided_on: date
    release: str = Field(description="Release on whose report it was decided.")
    report: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="Digest of that report."
    )
    reason: str
    expires: date | None = None

    @property
    def source(self) -> str:
        """Where a limit or a licence is from that this decision sets (promise P8)."""
        return (
            f"Decision {self.id} of the {self.role} on {self.decided_on.isoformat()}, on the report"
            f" {self.report[:12]} of {self.release}: {self.reason}"
        )

    def is_over(self, day: date) -> bool:
        """True when its last day is past."""
        return self.expires is not None and self.expires < day


class InForce(_Record):
    """The file: all changes, ordered by kind and target, one for each."""

    changes: list[Change] = []

    @model_validator(mode="after")
    def _once(self) -> "InForce":
        named = [f"{one.kind} {one.target}" for one in self.changes]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} is decided twice; keep one")
        return self


def read_in_force(path: Path) -> InForce:
    """The decisions in force; none when there is no such file.

    Raises:
        InputError: all mistakes of the file, each with its line.
    """
    return read_record(path, InForce) if path.exists() else InForce()

"""A source card: what a data source is, who answers for it, and what may be done with it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

RightsBasis = Literal["licence", "consent", "statute", "contract", "public-domain"]
Unit = Literal["file", "paragraph", "line"]
#: The parts of a record that a card may name by the column or key where they lie.
ROLES = ("text", "id", "url", "title", "date", "licence", "country")


class _Card(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Licence(_Card):
    """The licence as the packager declared it, and as somebody concluded it for the content."""

    declared: str = Field(description="What the packager says, an SPDX expression if it can be.")
    concluded: str | None = Field(
        None, description="What a rights officer found for the text itself, as SPDX expression."
    )
    evidence: str | None = Field(None, description="Where this can be read, in words or as a link.")
    verified_by: str | None = Field(None, description="Role of the person who concluded it.")
    verified_on: date | None = Field(None, description="Day on which it was concluded.")


class Custodian(_Card):
    """Who holds the source and answers questions about it."""

    name: str
    contact: str


class Collected(_Card):
    """When and how the text was collected."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    how: str


class Robots(_Card):
    """Whether the opt-outs of the places collected from were honoured, with the evidence."""

    honoured: bool
    evidence: str | None = None


class Reading(_Card):
    """How the files are cut into records."""

    unit: Unit = Field("file", description="Plain text: one document a file, paragraph or line.")
    max_record_bytes: int = Field(
        16_000_000, gt=0, description="A longer record is quarantined (16 MB: docs/formats.md)."
    )
    encoding: str | None = Field(None, description="Encoding of the files, if it is known.")
    multiline: bool = Field(
        default=True, description="CSV: quoted fields may hold line ends, so files stay whole."
    )  # fmt: skip


class SourceCard(_Card):
    """One data source: no text is read without a card."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
    title: str
    paths: Annotated[list[str], Field(min_length=1)] = Field(
        description="Globs or folders, relative to the card or as URIs."
    )
    format: str | None = Field(None, description="Name of the format; by suffix when absent.")
    fields: dict[str, str] = Field(default_factory=lambda: {"text": "text"})
    licence: Licence
    rights_basis: RightsBasis
    custodian: Custodian
    jurisdiction: Annotated[str, Field(pattern=r"^[A-Z]{2}$|^INT$")] = Field(
        description="Country where the text lives, ISO 3166-1 alpha-2, or INT."
    )
    collected: Collected
    expires: date | None = Field(description="Last day of use, or null when there is none.")
    trust: Annotated[int, Field(ge=1, le=5)] = Field(
        3, description="1 to 5; among equal texts the more trusted source is kept."
    )
    expected_languages: list[str] = Field(default_factory=list)
    robots: Robots | None = None
    reading: Reading = Field(default_factory=Reading)

    @field_validator("fields")
    @classmethod
    def _known_roles(cls, fields: dict[str, str]) -> dict[str, str]:
        unknown = sorted(set(fields) - set(ROLES))
        if unknown:
            raise ValueError(f"{', '.join(unknown)} is no role; roles are {', '.join(ROLES)}")
        return fields

"""A source card: what a data source is, who answers for it, and what may be done with it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, field_validator

from schemas.rights_policy import Purpose, Zone
from schemas.source_rights import (
    Crawler,
    Generator,
    Licence,
    OptOuts,
    SourceType,
)
from schemas.source_rights import Part as _Card

RightsBasis = Literal["licence", "consent", "statute", "contract", "public-domain"]
Unit = Literal["file", "paragraph", "line"]
#: The parts of a record that a card may name by the column or key where they lie.
ROLES = ("text", "id", "url", "title", "date", "licence", "country")


class Custodian(_Card):
    """Who holds the source and answers questions about it."""

    name: str
    contact: str
    address: str | None = None
    country: Zone | None = Field(None, description="ISO 3166-1 alpha-2, or INT.")


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
    robots: Robots | None = Field(None, description="What the collector says; decides nothing.")
    reading: Reading = Field(default_factory=Reading)
    source_type: SourceType | None = Field(None, description="As the EU's summary sorts sources.")
    identifier: str | None = Field(None, description="DOI, ISBN, handle or URL.")
    version: str | None = Field(None, description="Version of the data set.")
    publicly_known: bool | None = Field(None, description="Private data: known to the public?")
    legal_basis_personal_data: str | None = Field(
        None, description="Such as GDPR 6(1)(e), 89; null where it is not known."
    )
    dpia_ref: str | None = Field(None, description="Name of the impact assessment.")
    intended_uses: list[Purpose] = Field([], description="What it may be used for; none is any.")
    residency_zone: Zone | None = Field(None, description="Where it must stay; null is anywhere.")
    retention_until: date | None = Field(
        None, description="Last day on which its raw text may be held."
    )
    crawler: Crawler | None = Field(None, description="Who fetched it.")
    synthetic: list[Generator] = Field([], description="Models that wrote it; none is people.")
    opt_outs: OptOuts = Field(OptOuts(), description="What its hosts reserve: docs/opt-outs.md.")

    @property
    def last_day(self) -> date | None:
        """The last day of use: the earlier of `expires` and `retention_until`; None for none."""
        days = [day for day in (self.expires, self.retention_until) if day]
        return min(days, default=None)

    @field_validator("fields")
    @classmethod
    def _known_roles(cls, fields: dict[str, str]) -> dict[str, str]:
        unknown = sorted(set(fields) - set(ROLES))
        if unknown:
            raise ValueError(f"{', '.join(unknown)} is no role; roles are {', '.join(ROLES)}")
        return fields

"""What a request to take documents down says, and what a policy says about requests."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

GroundCode = Literal[
    "copyright", "opt-out", "erasure", "objection", "illegal", "court", "contract-end", "community"
]
#: Grounds on which a policy may let a copy take the place of what goes. Persons, unlawful content
#: and orders are not among them: there the programme does not look for another copy to publish.
Promotable = Literal["copyright", "opt-out", "contract-end", "community"]
Covers = Literal["content", "place"]
#: What a document can be named by, in the order in which results tell it.
KINDS = (
    "doc_id", "url", "native_id", "host", "prefix", "source", "passage", "file", "subject",
)  # fmt: skip
_Line = Annotated[str, Field(min_length=1, max_length=4096)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TakedownRules(_Record):
    """A programme's own clocks for requests, and what takes the place of what goes."""

    days: dict[GroundCode, Annotated[int, Field(ge=0, le=366)]] = Field(
        {}, description="Days until a request on this ground is answered; else as in the law."
    )
    promote: list[Promotable] = Field(
        [], description="Grounds on which a copy that stays lawful takes the place of what goes."
    )


class Subject(_Record):
    """A value that names a person, as the person writes it."""

    type: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,63}$")] = Field(
        description="Type of personal data, such as EMAIL_ADDRESS."
    )
    value: _Line
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None


class Matcher(_Record):
    """What names the documents: exactly one of these."""

    doc_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")] | None = None
    url: _Line | None = None
    native_id: _Line | None = None
    host: _Line | None = Field(None, description="As example.org; *.example.org for all below it.")
    prefix: _Line | None = Field(None, description="An address with all that lies under it.")
    source: _Line | None = Field(None, description="Id of a source card.")
    passage: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="A quotation of at least five words."
    )
    file: _Line | None = Field(None, description="A file with the text, beside the request.")
    subject: Subject | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = [name for name in KINDS if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of {', '.join(KINDS)}; here are {len(given)}")
        return self

    @property
    def kind(self) -> str:
        """Which of them it is."""
        return next(name for name in KINDS if getattr(self, name) is not None)


class Requester(_Record):
    """Who asks; kept apart and erasable."""

    name: str | None = None
    contact: str | None = None
    note: str | None = None


class TakedownRequest(_Record):
    """A request as it was received; `endonym takedown open` reads it."""

    ground: GroundCode
    match: Annotated[list[Matcher], Field(min_length=1)]
    received: date | None = Field(None, description="Day of receipt; else the day of opening.")
    deadline: date | None = Field(None, description="Last day, when an order or contract sets it.")
    covers: Covers | None = Field(
        None, description="content: copies too; place: only what lies there. Else by the ground."
    )
    requester: Requester = Requester()

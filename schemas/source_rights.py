"""The parts of a source card about rights: licences, evidence, crawlers, opt-outs."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from schemas.opt_out_names import Route

Scope = Literal["text", "media", "packaging"]
SourceType = Literal[
    "public_dataset", "licensed", "third_party_private", "crawl", "user", "synthetic", "offline"
]
#: A host as it stands in an address, in lower case, without port.
Host = Annotated[str, Field(pattern=r"^[^\s/:@A-Z]+\.[^\s/:@A-Z]+$")]


class Part(BaseModel):
    """A part of a source card: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Evidence(Part):
    """One thing that shows a licence: a letter, a page, a file."""

    kind: str = Field(description="What it is: letter, contract, page footer, licence file …")
    location: str = Field(description="Where it can be read.")
    scope: Scope = Field("text", description="What it speaks of; packaging is not the text.")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, description="Digest of the evidence as it was seen."
    )
    verified_by: str | None = Field(None, description="Role of the person who looked.")
    verified_on: date | None = Field(None, description="Day of the look.")


class HostLicence(Part):
    """The licence concluded for the pages of one host and all hosts below it."""

    host: Host = Field(description="Host, lower case; example.org speaks for www.example.org too.")
    concluded: str = Field(description="SPDX expression.")
    scope: Scope = Field("text", description="What was looked at: only text counts.")
    evidence: str | None = Field(None, description="Where the licence stands.")
    verified_by: str | None = Field(None, description="Role of the person who concluded it.")
    verified_on: date | None = Field(None, description="Day on which it was concluded.")


class Licence(Part):
    """The licence as the packager declared it, and as somebody concluded it for the content."""

    declared: str = Field(description="What the packager says, an SPDX expression if it can be.")
    concluded: str | None = Field(
        None, description="What a rights officer found for the text itself, as SPDX expression."
    )
    scope: Scope = Field("text", description="What the conclusion is about: only text counts.")
    evidence: str | None = Field(None, description="Where this can be read, in words or as a link.")
    verified_by: str | None = Field(None, description="Role of the person who concluded it.")
    verified_on: date | None = Field(None, description="Day on which it was concluded.")
    findings: list[Evidence] = Field([], description="Each piece of evidence, with its scope.")
    hosts: list[HostLicence] = Field([], description="What was concluded for single hosts.")

    @field_validator("hosts")
    @classmethod
    def _once(cls, hosts: list[HostLicence]) -> list[HostLicence]:
        named = [one.host for one in hosts]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} stands here twice; keep one conclusion a host")
        return hosts


class Crawler(Part):
    """Who fetched the pages of a crawl, and how it behaved."""

    name: str
    user_agent: str = Field(description="The product token that robots.txt may name.")
    purpose: str | None = None
    behaviour: str | None = Field(None, description="robots.txt, paywalls, captchas: what it did.")


class Generator(Part):
    """A model that wrote synthetic text."""

    model: str
    version: str | None = None
    link: str | None = None


class Snapshot(Part):
    """Files that say what hosts reserve, as they were fetched."""

    path: str = Field(description="Folder, JSONL or WARC (docs/opt-outs.md), relative to the card.")
    fetched_on: date | None = Field(
        None, description="Day of the fetch; needed for a folder, the others have their own."
    )


class OptOuts(Part):
    """What is known of the reservations of the hosts collected from."""

    route: Route = Field("article-4", description="By what right the text is held.")
    reason: str | None = Field(None, description="Why that right applies, and where this is seen.")
    snapshots: list[Snapshot] = Field([], description="robots.txt and its like, then and later.")
    in_archive: bool = Field(
        default=True, description="Whether the WARC files themselves are searched for them."
    )

    @model_validator(mode="after")
    def _says_why(self) -> "OptOuts":
        if self.route != "article-4" and not (self.reason or "").strip():
            raise ValueError(f"route {self.route} needs a `reason`: why it applies")
        return self

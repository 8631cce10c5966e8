"""The parts of a policy about rights: opt-outs, purposes, places, retention and sign-off."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.opt_out_names import PROTOCOL_NAMES, Protocol, Route

#: Roles that a programme may ask to sign; each is another person (governance notes §7.4, 2026-11).
ROLES = ("steward", "technical", "privacy", "rights", "release")
Role = Literal["steward", "technical", "privacy", "rights", "release"]
#: What a run or a source may be for: lower-case words with hyphens.
Purpose = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
Zone = Annotated[str, Field(pattern=r"^[A-Z]{2}$|^INT$")]
#: Days between two looks at a host's opt-outs: the EU's public summary of training content is
#: renewed at least every six months (C(2025) 8311, 2025-12), and with it what it says of them.
RECHECK_DAYS = 183

#: Share of text with a verified licence (governance notes, gate G-LIC-2, 2026-11).
VERIFIED_SHARE = 0.95


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OptOutRules(_Section):
    """Which reservations of rightholders are honoured, and what becomes of their documents."""

    denied: Literal["quarantine", "remove"] = Field(
        "remove", description="A rightholder said no, by any protocol and at any time that counts."
    )
    unknown: Literal["keep", "quarantine", "remove"] = Field(
        "quarantine", description="Of a crawled document nobody knows what its host says."
    )
    protocols: list[Protocol] = Field(
        list[Protocol](PROTOCOL_NAMES), description="The protocols that are honoured."
    )
    max_age_days: int | None = Field(
        RECHECK_DAYS,
        ge=1,
        description="The newest answer of a host may be so old; an older one is unknown.",
    )
    agent_kinds: list[Literal["training", "search", "user"]] = Field(
        ["training"],
        description="Crawlers whose names are asked for in robots.txt: those that collect for"
        " training; those of AI search, and those that fetch for one user.",
    )
    agents: list[str] = Field(
        [], description="Names of crawlers beside those of the package's list."
    )
    exempt_routes: list[Route] = Field(
        ["licence", "contract", "consent", "public-domain"],
        description="Rights by which a source may be held whatever its hosts reserve.",
    )
    national_lists: list[str] = Field(
        [], description="Lists of reserved hosts and paths; they bind exempt sources too."
    )


class Retention(_Section):
    """How long what is not released is kept."""

    raw_days: int | None = Field(
        None, ge=0, description="Days after collection for which raw text may be held."
    )
    withheld_days: int | None = Field(
        None, ge=0, description="Days after the run for removed and quarantined documents."
    )
    staging_days: int | None = Field(
        None, ge=0, description="Days for staged batches of which nothing was changed since."
    )
    superseded_days: int | None = Field(
        None, ge=0, description="Days after the run for releases that a newer one follows."
    )
    case_days: int | None = Field(
        None, ge=0, description="Days after a takedown for who asked, and for what."
    )
    subject_index_days: int | None = Field(
        None, ge=0, description="Days after the run for the keyed index of persons."
    )
    takedown_days: int = Field(
        30, ge=1, description="Days to answer a request (GDPR, article 12(3): one month)."
    )


class SignOff(_Section):
    """Who must sign a release, each with a key of his own."""

    roles: list[Role] = Field([], description="Roles that sign; none is no sign-off.")
    keys: dict[Role, list[str]] = Field(
        {}, description="For each role its public key files (from the policy) or fingerprints."
    )

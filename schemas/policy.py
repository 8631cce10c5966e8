"""A policy: what a programme allows itself to hold, and what happens to the rest."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.privacy import PrivacyPolicy
from schemas.reading import ReadingRules
from schemas.rights_policy import (
    VERIFIED_SHARE,
    OptOutRules,
    Purpose,
    Retention,
    SignOff,
    Zone,
)
from schemas.takedown import TakedownRules

Verdict = Literal["quarantine", "remove"]
Keep = Literal["keep", "drop"]
Answer = Literal["keep", "quarantine", "remove"]

#: Licences that let anyone copy, change and pass on, with at most attribution or share-alike.
OPEN_LICENCES = (
    "CC0-1.0", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-2.0", "CC-BY-SA-2.5",
    "CC-BY-SA-3.0", "CC-BY-SA-4.0", "PDDL-1.0", "ODC-By-1.0", "ODbL-1.0", "OGL-UK-3.0",
    "etalab-2.0", "NLOD-2.0", "DL-DE-BY-2.0", "DL-DE-ZERO-2.0", "MIT", "Apache-2.0",
    "BSD-2-Clause", "BSD-3-Clause", "Unlicense",
)  # fmt: skip


class Policy(BaseModel):
    """The strict default: open licences only, whatever is unclear waits in quarantine."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = "strict"
    allowed_licences: list[str] = Field(
        list(OPEN_LICENCES), description="SPDX ids, and ids of licence_refs, that may be held."
    )
    licence_refs: list[str] = Field(
        [], description="LicenseRef-… ids of this programme, for licences that SPDX does not list."
    )
    unknown_licence: Verdict = Field("quarantine", description="No licence, or no SPDX expression.")
    denied_licence: Verdict = Field("remove", description="A licence outside allowed_licences.")
    expired_source: Verdict | Literal["stop"] = Field(
        "remove", description="The card's last day of use is past; stop reads nothing at all."
    )
    language_precision: float | None = Field(
        None,
        ge=0.5,
        lt=1.0,
        description="Of the documents called by a language, the share that should be in it; the"
        " scores that this takes are in the model's card.",
    )
    language_recall: float | None = Field(
        None,
        ge=0.5,
        lt=1.0,
        description="Of the documents in a language, the share to be believed; if it is given,"
        " language_precision has no say.",
    )
    undetermined_language: Verdict = Field(
        "quarantine", description="No language can be told: lists, code, gibberish, a few letters."
    )
    mixed_language: Answer = Field("keep", description="Documents in two languages.")
    models_disagree: Answer = Field(
        "quarantine", description="The run's second model names another language."
    )
    contaminated: Answer = Field(
        "remove", description="Documents with passages of an evaluation set; keep only notes them."
    )
    removed_text: Keep = Field("keep", description="Masked text of removed documents.")
    quarantine_text: Keep = Field("keep", description="Masked text of documents in quarantine.")
    takedown: TakedownRules = Field(
        TakedownRules(), description="Own clocks for takedowns, and when a copy takes the place."
    )
    privacy: PrivacyPolicy = Field(
        PrivacyPolicy(), description="What becomes of personal data, and how names are found."
    )
    residency_zones: list[Zone] = Field(
        [], description="Jurisdictions whose text may be held; none named means all."
    )
    locations: dict[str, Zone] = Field(
        {}, description="Where places lie: beginnings of paths and names of regions."
    )
    purposes: list[Purpose] = Field([], description="What a run may be for; none is anything.")
    extends: str | None = Field(None, description="Name or path of the policy that this changes.")
    jurisdiction: Zone | None = Field(None, description="Whose law it was written for.")
    as_of: date | None = Field(None, description="Day on which somebody read that law for it.")
    share_alike_mix: Literal["note", "refuse"] = Field(
        "note", description="Share-alike licences that cannot be mixed in one work."
    )
    verified_share: float = Field(
        VERIFIED_SHARE,
        ge=0,
        le=1,
        description="Share of the released text with a licence that somebody verified.",
    )
    opt_outs: OptOutRules = OptOutRules()
    retention: Retention = Retention()
    signoff: SignOff = SignOff()
    reading: ReadingRules = ReadingRules()

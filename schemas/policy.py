"""A policy: what a programme allows itself to hold, and what happens to the rest."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

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
    expired_source: Verdict = Field("remove", description="The card's last day of use is past.")
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
    removed_text: Keep = Field("keep", description="Masked text of removed documents.")
    quarantine_text: Keep = Field("keep", description="Masked text of documents in quarantine.")
    residency_zones: list[str] = Field(
        [], description="Jurisdictions whose text may be held; none named means all."
    )

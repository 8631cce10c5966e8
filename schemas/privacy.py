"""What becomes of personal data: a treatment per type and source, and how names are looked for."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

PLACEHOLDER, SURROGATE, PSEUDONYM = "placeholder", "surrogate", "pseudonym"
GENERALISE, DROP = "generalise", "drop"
TREATMENTS = (PLACEHOLDER, SURROGATE, PSEUDONYM, GENERALISE, DROP)

NAME_TYPES = ("PERSON", "LOCATION")
#: Every type of personal data that can be found, as the placeholders say it.
TYPES = (
    "ADDRESS", "BANK_ACCOUNT", "COORDINATES", "CREDIT_CARD", "CRYPTO_WALLET", "DATE_OF_BIRTH",
    "EMAIL_ADDRESS", "HEALTH_NUMBER", "IBAN_CODE", "IMEI", "IP_ADDRESS", "LICENCE_PLATE",
    "MAC_ADDRESS", "NATIONAL_ID", "PASSPORT", "PHONE_NUMBER", "SECRET", "SOCIAL_HANDLE",
    "STUDENT_NUMBER", "URL_CREDENTIALS",
    *NAME_TYPES,
)  # fmt: skip
#: The types that a treatment can be given to; those not named here take every type.
TYPES_OF: Mapping[str, tuple[str, ...]] = {
    SURROGATE: (
        "CREDIT_CARD", "EMAIL_ADDRESS", "IBAN_CODE", "IP_ADDRESS", "MAC_ADDRESS", "NATIONAL_ID",
        "PHONE_NUMBER",
    ),
    GENERALISE: ("COORDINATES", "DATE_OF_BIRTH", "IP_ADDRESS"),
}  # fmt: skip

_SHA256 = r"^[0-9a-f]{64}$"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _checked(types: dict[str, str]) -> dict[str, str]:
    """The treatments by type, if there are such types and treatments and they go together.

    Raises:
        ValueError: with every mistake, and what there is instead.
    """
    wrong = []
    unknown = sorted(set(types) - set(TYPES))
    if unknown:
        wrong.append(f"{', '.join(unknown)} is no type; types are {', '.join(sorted(TYPES))}")
    strange = sorted(set(types.values()) - set(TREATMENTS))
    if strange:
        known = ", ".join(TREATMENTS)
        wrong.append(f"{', '.join(strange)} is no treatment; treatments are {known}")
    for name, treatment in sorted(types.items()):
        fitting = TYPES_OF.get(treatment, TYPES)
        if name in TYPES and name not in fitting:
            wrong.append(f"{name} has no {treatment}; {treatment} is for {', '.join(fitting)}")
    if wrong:
        raise ValueError("; ".join(wrong))
    return types


class SourceTreatments(_Section):
    """Treatments of one source, where they differ from the policy's own."""

    default: str | None = Field(None, description="Treatment of the types not named here.")
    types: dict[str, str] = Field({}, description="Type of personal data to treatment.")

    @field_validator("default")
    @classmethod
    def _known_default(cls, default: str | None) -> str | None:
        return default if default is None else _known(default)

    @field_validator("types")
    @classmethod
    def _known_types(cls, types: dict[str, str]) -> dict[str, str]:
        return _checked(types)


def _offered(engine: object) -> object:
    """What a model is made for, if we can ask it.

    Raises:
        ValueError: nothing here can load it; with what there is instead.
    """
    if engine != "spacy":
        raise ValueError(
            f"{engine} is not offered; the engine is spacy. For languages without such a model"
            " there are cues (names after a title) and lists of names"
        )
    return engine


class NameModel(_Section):
    """A local model that finds names in running text, asked through Presidio."""

    path: str = Field(description="Folder of the model, relative to the policy file.")
    sha256: Annotated[str, Field(pattern=_SHA256)] = Field(
        description="Digest of the folder: `python -m governance.pii.names.digest FOLDER`."
    )
    engine: Annotated[Literal["spacy"], BeforeValidator(_offered)] = Field(
        "spacy", description="What the model is made for."
    )
    languages: Annotated[list[str], Field(min_length=1)] = Field(
        description="ISO 639-3 codes of the languages whose documents are shown to it."
    )


class Names(_Section):
    """How names of persons and places are looked for; they are not where this is absent."""

    models: list[NameModel] = Field([], description="Models; each language has at most one.")
    lists: list[str] = Field(
        [], description="Files with one name a line, relative to the policy file."
    )
    cues: bool = Field(
        default=True, description="Names after a title, in languages that no model is for."
    )
    entities: Annotated[list[Literal["PERSON", "LOCATION"]], Field(min_length=1)] = Field(
        ["PERSON"], description="What the models look for; titles and lists tell persons only."
    )

    @model_validator(mode="after")
    def _something_to_do(self) -> "Names":
        if not (self.models or self.lists or self.cues):
            raise ValueError("names needs models, lists or cues: true; or leave `names` out")
        languages = [language for model in self.models for language in model.languages]
        twice = sorted({name for name in languages if languages.count(name) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} has more than one model; name each language once")
        return self


def _known(default: str) -> str:
    if default not in TREATMENTS:
        raise ValueError(f"{default} is no treatment; treatments are {', '.join(TREATMENTS)}")
    return default


class PrivacyPolicy(_Section):
    """What becomes of personal data. The default: its type in brackets, and names stay."""

    default: str = Field(
        PLACEHOLDER,
        description="Treatment of the types not named; those that cannot have it get placeholders.",
    )
    types: dict[str, str] = Field({}, description="Type of personal data to treatment.")
    sources: dict[str, SourceTreatments] = Field(
        {}, description="Ids of source cards with treatments of their own."
    )
    names: Names | None = Field(None, description="How names are looked for; null: they are not.")
    recognisers_off: list[str] = Field(
        [], description="Types of personal data that are not looked for."
    )
    recognisers_only: list[str] | None = Field(
        None, description="The only types that are looked for; null: all but those switched off."
    )
    subject_index: bool = Field(
        default=False,
        description="Whether a run writes a keyed index, outside the release, that answers whether"
        " an address or a number is in the corpus and where.",
    )
    residual_per_million: float | None = Field(
        None,
        ge=0,
        description="Values that may be left in a million documents, at most with 95 % confidence.",
    )
    recall_floor: float | None = Field(
        None,
        gt=0,
        lt=1,
        description="Recall that the evidence must show of every type, at least with 95 %"
        " confidence.",
    )
    evidence: str | None = Field(
        None,
        description="Result of `endonym pii eval --out`, relative to the run file: how good the"
        " recognisers are, measured.",
    )

    @field_validator("default")
    @classmethod
    def _known_default(cls, default: str) -> str:
        return _known(default)

    @field_validator("types")
    @classmethod
    def _known_types(cls, types: dict[str, str]) -> dict[str, str]:
        return _checked(types)

    @field_validator("recognisers_off", "recognisers_only")
    @classmethod
    def _known_recognisers(cls, names: list[str] | None) -> list[str] | None:
        looked_for = sorted(set(TYPES) - set(NAME_TYPES))
        unknown = sorted(set(names or ()) - set(looked_for))
        if unknown:
            raise ValueError(
                f"{', '.join(unknown)} is no type that is looked for; there are"
                f" {', '.join(looked_for)}"
            )
        return names

    def treatment(self, source: str | None, kind: str) -> str:
        """The treatment of a type in a source: the source's word, then the policy's, type first.

        >>> PrivacyPolicy(types={"EMAIL_ADDRESS": "surrogate"}).treatment("x", "EMAIL_ADDRESS")
        'surrogate'
        """
        own = self.sources.get(source or "")
        default = self.default
        if own is not None:
            if kind in own.types:
                return own.types[kind]
            default = own.default or default
            if own.default is None and kind in self.types:
                return self.types[kind]
        elif kind in self.types:
            return self.types[kind]
        return default if kind in TYPES_OF.get(default, TYPES) else PLACEHOLDER

    def uses(self, treatment: str) -> bool:
        """Whether any type of any source may get a treatment."""
        sections: list[PrivacyPolicy | SourceTreatments] = [self, *self.sources.values()]
        return any(one.default == treatment or treatment in one.types.values() for one in sections)

    @property
    def is_plain(self) -> bool:
        """Whether everything found gets a placeholder."""
        return not any(self.uses(treatment) for treatment in TREATMENTS if treatment != PLACEHOLDER)

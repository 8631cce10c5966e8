"""What is known of one language in one script: its names, its words, the limits for its text.

A profile is a file, `profiles/xxx_Xxxx.yaml`. What it leaves unsaid follows from
`profiles/_characters.yaml` when its script is written without spaces, and from
`profiles/_default.yaml`. A language without a file is judged by those two alone.
"""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from lang_models.reference import Kept, Neighbours, Reference
from lang_models.sourced import Record, Source
from lang_models.writing import RIGHT_TO_LEFT, UNSPACED_CODES
from schemas.errors import InputError
from schemas.yaml_files import read_record

FOLDER = Path(__file__).parent / "profiles"
MOST_STOP_WORDS = 64  # one bit each
FEWEST_STOP_WORDS = 4  # the rule asks for two of them; with fewer it asks for the same two
_TAG = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")


class Limit(Record):
    """The least or the greatest value that passes, with its source; null switches the rule off."""

    min: float | None = None
    max: float | None = None
    source: Source

    @model_validator(mode="after")
    def _one_side(self) -> "Limit":
        if len(self.model_fields_set & {"min", "max"}) != 1:
            raise ValueError("a limit has either min or max")
        return self

    @property
    def side(self) -> Literal["min", "max"]:
        """Which of the two it sets."""
        return "min" if "min" in self.model_fields_set else "max"

    @property
    def value(self) -> float | None:
        """The number, or null when the rule is off."""
        return self.min if self.side == "min" else self.max


class StopWords(Record):
    """Words so frequent that hardly any running text is without them.

    None of them, and a source that says why, where the language has no such words or they
    could not be found; the rule is silent there.
    """

    words: tuple[str, ...] = Field(max_length=MOST_STOP_WORDS)
    source: Source

    @model_validator(mode="after")
    def _enough(self) -> "StopWords":
        if 0 < len(self.words) < FEWEST_STOP_WORDS:
            raise ValueError(f"at least {FEWEST_STOP_WORDS} stop words, or none")
        return self


class Limits(Record):
    """A file of limits alone: what holds where no profile says otherwise."""

    limits: dict[str, Limit]


class ProfileFile(Limits):
    """What a profile's file says by itself; whatever it leaves out follows from its script."""

    name: str
    endonym: str
    script: str
    direction: Literal["ltr", "rtl"]
    words: Literal["spaces", "characters"]
    digits: tuple[str, ...] = ()
    sentence_ends: tuple[str, ...] = ()
    neighbours: Neighbours | None = None
    stop_words: StopWords | None = None
    limits: dict[str, Limit] = Field(default_factory=dict)
    kept: tuple[Kept, ...] = ()
    reference: Reference | None = None


class Profile(ProfileFile):
    """A language in a script, with every limit that holds for it and where it comes from.

    Attributes:
        tag: `xxx_Xxxx`.
        digits: the sets of ten digits that its text is written with, the usual one first.
        sentence_ends: the marks that end its sentences, the usual one first.
        neighbours: the languages that it is confused with.
        kept: the limits for all languages that hold for it too, with the reasons.
        reference: what it was measured on.
    """

    tag: str


def is_tag(text: str) -> bool:
    """True for a language and a script as we write them, ISO 639-3 and ISO 15924.

    >>> is_tag("swh_Latn"), is_tag("sw")
    (True, False)
    """
    return _TAG.fullmatch(text) is not None


def available() -> tuple[str, ...]:
    """The tags that have a profile of their own, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("[a-z]*_*.yaml")))


def read(path: Path) -> ProfileFile:
    """What a profile's file says by itself, without the limits for all languages.

    Raises:
        InputError: as `load`.
    """
    return read_record(path, ProfileFile)


def digest() -> str:
    """SHA-256 over all profiles: whatever changes in them makes another release."""
    whole = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.yaml")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


@cache
def load(tag: str | None) -> Profile:
    """The profile of a language tag.

    Args:
        tag: `xxx_Xxxx` (ISO 639-3 and ISO 15924). Null, or a language without a file, gets
            the common limits; its tag stands in place of its names.

    Raises:
        InputError: a profile has a mistake; names file, line and key.

    >>> load("swh_Latn").endonym, load("xxx_Khmr").words
    ('Kiswahili', 'characters')
    """
    tag = tag if tag and is_tag(tag) else "und_Zyyy"
    path = FOLDER / f"{tag}.yaml"
    file = read(path) if path.exists() else _from_script(tag)
    limits = _layer(common(file.words), file.limits, path)
    return Profile(tag=tag, **file.model_dump(exclude={"limits"}), limits=limits)


def _from_script(tag: str) -> ProfileFile:
    script = tag[4:]
    return ProfileFile(
        name=tag,
        endonym=tag,
        script=script,
        direction="rtl" if script in RIGHT_TO_LEFT else "ltr",
        words="characters" if script in UNSPACED_CODES else "spaces",
    )


@cache
def common(words: Literal["spaces", "characters"]) -> dict[str, Limit]:
    """The limits that hold where a profile sets none, by how words are parted."""
    limits = read_record(FOLDER / "_default.yaml", Limits).limits
    if words == "spaces":
        return limits
    path = FOLDER / "_characters.yaml"
    return _layer(limits, read_record(path, Limits).limits, path)


def _layer(below: dict[str, Limit], above: dict[str, Limit], path: Path) -> dict[str, Limit]:
    for key, limit in above.items():
        if key not in below:
            known = ", ".join(below)
            raise InputError(f"{path}: limits.{key}: there is no such limit; known are {known}")
        if limit.side != below[key].side:
            raise InputError(f"{path}: limits.{key}: this limit is set by {below[key].side}")
    return {**below, **above}

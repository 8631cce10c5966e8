"""What is known of one language in one script: its names, its words, the limits for its text.

A profile is a file, `profiles/xxx_Xxxx.yaml`. What it leaves unsaid follows from
`profiles/_characters.yaml` when its script is written without spaces, and from
`profiles/_default.yaml`. A language without a file is judged by those two alone.
"""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from lang_models.writing import RIGHT_TO_LEFT, UNSPACED_CODES
from schemas.errors import InputError
from schemas.yaml_files import read_record

FOLDER = Path(__file__).parent / "profiles"
MOST_STOP_WORDS = 64  # one bit each
_TAG = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_PLACEHOLDER = re.compile(
    r"\b(todo|tbd|tba|tbc|fixme|xxx+|placeholder|lorem ipsum)\b|\?\?", re.IGNORECASE
)
_SHORTEST_SOURCE_CHARS = 20


def _sourced(source: str) -> str:
    """Refuses what only stands where a source should (promise P8)."""
    if _PLACEHOLDER.search(source) or len(source.strip()) < _SHORTEST_SOURCE_CHARS:
        raise ValueError("say where the number comes from: paper, measurement or decision")
    if not _YEAR.search(source):
        raise ValueError("the source needs its date, at least the year")
    return source


Source = Annotated[str, AfterValidator(_sourced)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limit(_Record):
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


class StopWords(_Record):
    """Words so frequent that hardly any running text is without them."""

    words: tuple[str, ...] = Field(min_length=4, max_length=MOST_STOP_WORDS)
    source: Source


class Limits(_Record):
    """A file of limits alone: what holds where no profile says otherwise."""

    limits: dict[str, Limit]


class _File(Limits):
    name: str
    endonym: str
    script: str
    direction: Literal["ltr", "rtl"]
    words: Literal["spaces", "characters"]
    stop_words: StopWords | None = None
    limits: dict[str, Limit] = {}


class Profile(_File):
    """A language in a script, with every limit that holds for it and where it comes from."""

    tag: str


def available() -> tuple[str, ...]:
    """The tags that have a profile of their own, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("[a-z]*_*.yaml")))


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
    tag = tag if tag and _TAG.fullmatch(tag) else "und_Zyyy"
    path = FOLDER / f"{tag}.yaml"
    own = read_record(path, _File) if path.exists() else _from_script(tag)
    limits = _layer(_common(own.words), own.limits, path)
    return Profile(tag=tag, **own.model_dump(exclude={"limits"}), limits=limits)


def _from_script(tag: str) -> _File:
    script = tag[4:]
    return _File(
        name=tag,
        endonym=tag,
        script=script,
        direction="rtl" if script in RIGHT_TO_LEFT else "ltr",
        words="characters" if script in UNSPACED_CODES else "spaces",
    )


@cache
def _common(words: Literal["spaces", "characters"]) -> dict[str, Limit]:
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

"""What every number in a profile has to bring: where it comes from, and when (promise P8)."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

_YEAR = re.compile(r"\b(19|20)\d\d\b")
_PLACEHOLDER = re.compile(
    r"\b(todo|tbd|tba|tbc|fixme|xxx+|placeholder|lorem ipsum)\b|\?\?", re.IGNORECASE
)
_SHORTEST_SOURCE_CHARS = 20


def _sourced(source: str) -> str:
    """Refuses what only stands where a source should."""
    if _PLACEHOLDER.search(source) or len(source.strip()) < _SHORTEST_SOURCE_CHARS:
        raise ValueError("say where the number comes from: paper, measurement or decision")
    if not _YEAR.search(source):
        raise ValueError("the source needs its date, at least the year")
    return source


Source = Annotated[str, AfterValidator(_sourced)]


class Record(BaseModel):
    """A part of a profile: no unknown keys, and nothing changes it once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

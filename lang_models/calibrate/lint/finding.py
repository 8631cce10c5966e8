"""What a check of a profile is, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from lang_models.profile import ProfileFile

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, or odd, in a profile.

    Args:
        tag: of the profile.
        check: that found it.
        level: an error must be mended before the profile is used; a warning is to be read.
        text: what it is, in one sentence.
    """

    tag: str
    check: str
    level: Level
    text: str


@dataclass(frozen=True)
class Check:
    """One thing that can be wrong with a profile.

    Args:
        name: as it stands in a finding.
        find: level and sentence of everything that it finds.
    """

    name: str
    find: Callable[[str, ProfileFile], Iterator[tuple[Level, str]]]

    @property
    def about(self) -> str:
        """What it looks for."""
        return self.find.__doc__ or ""

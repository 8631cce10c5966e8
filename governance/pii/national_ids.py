"""The table of national identity and tax numbers, and the check of each.

`national_ids.tsv` has one line a number: the country; what checks it (a module of
python-stdnum; `own/…`, a check in `number_checks/`; `shape/…`, nothing but its shape,
where no rule is public); its name; the shape of the number without spaces (or with its
hyphens, where they carry meaning); whether it may stand without a cue word
(`bare`) when the country is right; a written form that is telling by itself;
the share of random numbers of the shape that pass the check, measured; cue words; where the
structure was read. One that nobody could look up is marked, and needs a cue word.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from governance.pii.number_checks import CHECKS
from governance.pii.timeless import timeless_check

_TABLE = Path(__file__).with_name("national_ids.tsv")
#: The source of a number that no law, authority's page, standard, package or article confirms.
UNVERIFIED = "structure as commonly published, unverified"
LEFT_OUT = _TABLE.with_name("stdnum_left_out.tsv")


@dataclass(frozen=True)
class Entry:
    """One line of the table."""

    country: str
    module: str
    name: str
    shape: re.Pattern[str]
    chars: range
    is_bare: bool
    written: re.Pattern[str] | None
    chance_share: float
    cues: tuple[str, ...]
    source: str

    @property
    def is_verified(self) -> bool:
        """Whether something that can be looked up confirms the structure."""
        return self.source != UNVERIFIED

    @property
    def key(self) -> str:
        """The kind that its cue words have: `id/EE/ee.ik`."""
        return f"id/{self.country}/{self.module}"

    @property
    def has_stdnum_check(self) -> bool:
        """Whether python-stdnum checks it."""
        return "/" not in self.module

    @property
    def has_shape_only(self) -> bool:
        """Whether nothing is known to check it."""
        return self.module.startswith("shape/")

    @cached_property
    def _is_valid(self) -> Callable[[str], bool]:
        if self.has_shape_only:
            return bool
        return timeless_check(self.module) if self.has_stdnum_check else CHECKS[self.module]

    def accepts(self, compact: str, written: str) -> bool:
        """Whether the number has this entry's shape and passes its check.

        The answer is the same on every day (`governance.pii.timeless`).

        Source: python-stdnum 2.2 (2025), or the file in `number_checks/`. Some modules
        of python-stdnum raise KeyError or ValueError, not their own error, for parts
        that no table of theirs holds: such numbers were never given out.

        >>> [entry.accepts("38001085718", "38001085718") for entry in entries_of("EE")]
        [True]
        """
        is_joined_by_plus = "+" in written and "+" not in self.shape.pattern
        number = compact if self.shape.fullmatch(compact) else written
        if is_joined_by_plus or (number is written and not self.shape.fullmatch(written)):
            return False
        try:
            return self._is_valid(number)
        except (LookupError, ValueError):
            return False


@cache
def entries() -> tuple[Entry, ...]:
    """All lines of the table, in its order."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(_entry(line.split("\t")) for line in lines[1:])


@cache
def entries_of(country: str | None) -> tuple[Entry, ...]:
    """The lines of one country; none for an unknown one."""
    return tuple(entry for entry in entries() if entry.country == country)


@cache
def entry_by_key() -> dict[str, Entry]:
    """Each line by the kind of its cue words."""
    return {entry.key: entry for entry in entries()}


def left_out() -> dict[str, str]:
    """The modules of python-stdnum that no line asks, each with why it names no person."""
    lines = LEFT_OUT.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines[1:])


def _entry(cells: list[str]) -> Entry:
    country, module, name, shape, chars, bare, written, chance, cues, source = cells
    return Entry(
        country=country,
        module=module,
        name=name,
        shape=re.compile(shape),
        chars=range(int(chars.split("-")[0]), int(chars.split("-")[-1]) + 1),
        is_bare=bare == "yes",
        written=re.compile(written) if written else None,
        chance_share=float(chance),
        cues=tuple(cues.split("|")),
        source=source,
    )

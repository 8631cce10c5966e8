"""What a recogniser is, and what it is shown."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from governance.pii.cues import SHORT_KINDS, Cues, all_cues, nearest, short_cues
from governance.pii.territories import Territories
from governance.pii.tokens import Token, number_tokens

CONTEXT_CHARS = 40
"""How far before a candidate its cue words may begin."""

DIRECT_CHARS = 12
"""At most this much between a cue and what it announces: "Tel. (office): 555 0100"."""

# Context ends at a placeholder and at any longer number, so a cue speaks for one number only.
_BARRIER = re.compile(r"[A-Z_]{4,}\]|[0-9]{3,}|\n\s*\n")
_LINK = re.compile(r"://|www\.|[/=&?]")
_LAST_WORD = re.compile(r"\S+\Z")
_LINK_CHARS = 100


ALLOWANCE, ALLOWANCE_PER_LINE, ALLOWANCE_PER_FINDING = 60_000, 1_000, 500
"""What a recogniser may spend on a window: about a tenth of a second, a thousandth a line more.

And half a thousandth for each different value that was found in it.
"""

_CUE_UNITS, _TOKEN_UNITS = 8, 2


class TooDenseError(Exception):
    """So many candidates in one line that no time is left for it."""


@dataclass(slots=True)
class Window:
    """A stretch of folded text around an anchor, and the countries that its document points to."""

    text: str
    lands: Territories
    _tokens: list[Token] | None = field(default=None, repr=False)
    _cues: dict[int, dict[str, int]] = field(default_factory=dict, repr=False)
    _short: dict[int, dict[str, int]] = field(default_factory=dict, repr=False)
    _left: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        """A whole allowance to begin with."""
        self.begin()

    def begin(self, findings: int = 0) -> None:
        """Gives the next recogniser a whole allowance.

        findings: different values found in the window so far; each is worth some more work, so
        that a page full of addresses on one line is read to its end and a line made to hurt is not.
        """
        lines = self.text.count("\n")
        self._left = ALLOWANCE + ALLOWANCE_PER_LINE * lines + ALLOWANCE_PER_FINDING * findings

    @property
    def units_left(self) -> int:
        """What the recogniser may still spend: more candidates than these are one too many."""
        return self._left

    def spend(self, units: int) -> None:
        """Counts work, in units of about a microsecond: what one candidate costs.

        Raises:
            TooDenseError: a line was made to hurt, or is no text; its document waits for a person.
        """
        self._left -= units
        if self._left < 0:
            raise TooDenseError

    @property
    def tokens(self) -> list[Token]:
        """The window's `number_tokens`."""
        if self._tokens is None:
            self._tokens = list(islice(number_tokens(self.text), self._left // _TOKEN_UNITS + 1))
            self.spend(_TOKEN_UNITS * len(self._tokens))
        return self._tokens

    def cues(self, place: int) -> dict[str, int]:
        """Kinds of cue words before `place`, each with the code points from it to the place.

        Not those of `SHORT_KINDS`, which `has_cue` alone answers for.
        """
        return self._known(self._cues, all_cues(), place)

    def _known(self, known: dict[int, dict[str, int]], cues: Cues, place: int) -> dict[str, int]:
        if place not in known:
            self.spend(_CUE_UNITS)
            context = self.text[max(0, place - CONTEXT_CHARS) : place]
            barriers = [barrier.end() for barrier in _BARRIER.finditer(context)]
            known[place] = nearest(cues, context[barriers[-1] if barriers else 0 :])
        return known[place]

    def has_cue(self, kind: str, place: int, within_chars: int = CONTEXT_CHARS) -> bool:
        """Whether a cue word of a kind stands close before a place."""
        if kind in SHORT_KINDS:
            found = self._known(self._short, short_cues(), place)
        else:
            found = self.cues(place)
        return found.get(kind, CONTEXT_CHARS + 1) <= within_chars

    def is_in_link(self, place: int) -> bool:
        """Whether the place lies inside a URL or path, so that digits there mean little."""
        word = _LAST_WORD.search(self.text, max(0, place - _LINK_CHARS), place)
        return word is not None and _LINK.search(word.group()) is not None


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One kind of personal data.

    name: what the documentation calls it. type: what the placeholder says.
    anchors: bits of `kinds` that must be in a window
    before it is looked at. strictness: of two findings as long as each other the
    stricter wins. find: spans of a window's text. source: where the structure
    and the check come from.
    """

    name: str
    type: str
    anchors: int
    strictness: int
    find: Callable[[Window], Iterable[tuple[int, int]]]
    description: str
    source: str

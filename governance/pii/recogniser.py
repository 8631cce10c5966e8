"""What a recogniser is, and what it is shown."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from governance.pii.cues import all_cues, nearest
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


@dataclass(slots=True)
class Window:
    """A stretch of folded text around an anchor, and the countries that its document points to."""

    text: str
    lands: Territories
    _tokens: list[Token] | None = field(default=None, repr=False)
    _cues: dict[int, dict[str, int]] = field(default_factory=dict, repr=False)

    @property
    def tokens(self) -> list[Token]:
        """The window's `number_tokens`."""
        if self._tokens is None:
            self._tokens = number_tokens(self.text)
        return self._tokens

    def cues(self, place: int) -> dict[str, int]:
        """Kinds of cue words before `place`, each with the code points from it to the place."""
        if place not in self._cues:
            context = self.text[max(0, place - CONTEXT_CHARS) : place]
            barriers = [barrier.end() for barrier in _BARRIER.finditer(context)]
            self._cues[place] = nearest(all_cues(), context[barriers[-1] if barriers else 0 :])
        return self._cues[place]

    def has_cue(self, kind: str, place: int, within_chars: int = CONTEXT_CHARS) -> bool:
        """Whether a cue word of a kind stands close before a place."""
        return self.cues(place).get(kind, CONTEXT_CHARS + 1) <= within_chars

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

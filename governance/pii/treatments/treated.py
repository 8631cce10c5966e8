"""What was treated already: it is set aside before a text is searched, so it is never found again.

Pseudonyms and surrogates are known by their form. In their place the recognisers see the
type in brackets, exactly what they would see had everything become a placeholder.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from governance.pii.treatments import pseudonym
from governance.pii.treatments.placeholder import placeholder
from governance.pii.treatments.surrogates import BY_TYPE
from schemas.privacy import PSEUDONYM, SURROGATE, PrivacyPolicy

Spans = list[tuple[int, int, str]]
_PSEUDONYM = re.compile(pseudonym.PATTERN)


@dataclass(frozen=True, slots=True)
class Treated:
    """The forms of treated values that a policy leads to; none where it has placeholders only."""

    pseudonyms: bool
    surrogates: tuple[str, ...]

    @classmethod
    def of(cls, policy: PrivacyPolicy) -> "Treated":
        """The forms that texts under a policy may hold."""
        sources = (None, *policy.sources)
        kinds = (
            kind
            for kind in BY_TYPE
            if any(policy.treatment(source, kind) == SURROGATE for source in sources)
        )
        return cls(policy.uses(PSEUDONYM), tuple(kinds))

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return self.pseudonyms or bool(self.surrogates)

    def spans(self, text: str) -> Spans:
        """Where treated values stand in a text: start, end, type; in order, none over another."""
        found = sorted(self._all(text))
        kept: Spans = []
        for span in found:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return kept

    def _all(self, text: str) -> Iterator[tuple[int, int, str]]:
        if self.pseudonyms:
            yield from ((*match.span(), match[1]) for match in _PSEUDONYM.finditer(text))
        for kind in self.surrogates:
            yield from ((start, end, kind) for start, end in BY_TYPE[kind].find(text))

    def possible(self, text: pl.Series) -> pl.Series:
        """Which texts could hold any, by patterns that cost little."""
        hints = [BY_TYPE[kind].hint for kind in self.surrogates]
        hints += [r"\[[A-Z_]+:[a-p]{32}\]"] if self.pseudonyms else []
        return text.str.contains("|".join(f"(?:{hint})" for hint in hints)).fill_null(value=False)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text in which known spans are placeholders, and the way back to the text as it was."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    shifts: Sequence[int]

    def original(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of the text as it was that a span of the new one covers, known spans left out.

        >>> list(replaced("ab 12 cd", [(3, 5, "X")]).original(0, 9))
        [(0, 3), (5, 8)]
        """
        known = bisect_right(self.ends, start)
        place, shift = start, self.shifts[known - 1] if known else 0
        while known < len(self.starts) and self.starts[known] < end:
            if place < self.starts[known]:
                yield place + shift, self.starts[known] + shift
            place, shift = self.ends[known], self.shifts[known]
            known += 1
        if place < end:
            yield place + shift, end + shift


def replaced(text: str, spans: Spans) -> Replaced:
    """A text with a placeholder for every span; spans in order, none over another."""
    pieces: list[str] = []
    starts, ends, shifts = [], [], []
    place = size = 0
    for start, end, kind in spans:
        sign = placeholder(kind)
        size += start - place
        starts.append(size)
        size += len(sign)
        ends.append(size)
        shifts.append(end - size)
        pieces += (text[place:start], sign)
        place = end
    return Replaced("".join([*pieces, text[place:]]), starts, ends, shifts)

"""One window of text as the recognisers read it, with the way back to the original offsets."""

import re
from dataclasses import dataclass
from functools import cache

from governance.pii.characters import IGNORED, plain_equivalents

_IGNORED = re.compile(f"[{IGNORED}]")
# URLs write @ + space . - : ( ) as percent signs with two hexadecimal digits.
_ESCAPED = re.compile(r"%(?:40|2[BbEeDd089]|3[Aa])")
_SKIPPED = re.compile(rf"[{IGNORED}]|{_ESCAPED.pattern}")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `starts[i]` and `ends[i]` are where its character i stood in the original.

    Both are None when every character kept its place, as nearly always.
    """

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that became the characters from `start` to `end`."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


@cache
def _table() -> dict[int, str]:
    return plain_equivalents()


@cache
def _foldable() -> re.Pattern[str]:
    # Python's `re` is fast on a set of the basic plane only, so every later plane counts.
    basic = "".join(chr(point) for point in _table() if point < 0x10000)
    return re.compile(f"[{basic}]|[\U00010000-\U0010ffff]")


def fold(text: str) -> Folded:
    """Native digits to ASCII, full-width forms to plain ones, invisible controls left out.

    Percent escapes of the signs that addresses and numbers are made of are undone,
    so that an address inside a URL is found too.

    >>> fold("٠٩١٢").text
    '0912'
    >>> fold("u=jo%40example.org").original(2, 16)
    (2, 18)
    """
    plain = text if text.isascii() else _foldable().sub(_folded, text)
    has_marks = not text.isascii() and _IGNORED.search(plain)
    if has_marks or ("%" in plain and _ESCAPED.search(plain)):
        return _skip(plain)
    return Folded(plain)


def _folded(match: re.Match[str]) -> str:
    return _table().get(ord(match.group()), match.group())


def _skip(text: str) -> Folded:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for match in _SKIPPED.finditer(text):
        pieces.append(text[place : match.start()])
        starts.extend(range(place, match.start()))
        ends.extend(range(place + 1, match.start() + 1))
        if match.group().startswith("%"):
            pieces.append(chr(int(match.group()[1:], 16)))
            starts.append(match.start())
            ends.append(match.end())
        place = match.end()
    pieces.append(text[place:])
    starts.extend(range(place, len(text)))
    ends.extend(range(place + 1, len(text) + 1))
    return Folded("".join(pieces), starts, ends)

"""Stretches of joined tokens, each of which could be one number written in parts."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from governance.pii.recogniser import Window
from governance.pii.tokens import Token

JOINTS = frozenset(" -./+")
"""What one number's parts may be joined by."""

_MOST_TOKENS = 8
_FEWEST_CHARS, _MOST_CHARS = 7, 20
_LONGEST_PREFIX_CHARS = 3
_TIGHT_BEFORE = re.compile(r"(?:[0-9][-./:,]|[_@#=$€£¥+~^*\\-])\Z")
_TIGHT_AFTER = re.compile(r"[-./:,][0-9]|[_@%°$€£¥]|\.[a-z]|-[A-Za-z]")


class Candidate(NamedTuple):
    """Joined tokens of a window that could be one number."""

    window: Window
    first: int
    last: int

    @property
    def start(self) -> int:
        """Where it begins in the window."""
        return self.window.tokens[self.first].start

    @property
    def end(self) -> int:
        """Where it ends in the window."""
        return self.window.tokens[self.last].end

    @property
    def compact(self) -> str:
        """Its letters, in upper case, and digits without what joins them."""
        tokens = self.window.tokens[self.first : self.last + 1]
        return "".join(token.text for token in tokens).upper()

    @property
    def text(self) -> str:
        """As it stands in the text."""
        return self.window.text[self.start : self.end]

    @property
    def written(self) -> str:
        """As it stands in the text, but in upper case."""
        return self.text.upper()


def stretches(window: Window) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Each token that may begin a number; those that may end it, with the characters so far."""
    tokens = window.tokens
    joined = [_is_joined(window, left, right) for left, right in pairwise(tokens)]
    reach = [len(token.text) for token in tokens]  # characters from a token to its chain's end
    for left in range(len(joined) - 1, -1, -1):
        reach[left] += reach[left + 1] if joined[left] else 0
    for first, token in enumerate(tokens):
        if reach[first] < _FEWEST_CHARS:
            continue
        chars, digits = len(token.text), token.has_digit
        lasts = [(first, chars)] if digits and _FEWEST_CHARS <= chars <= _MOST_CHARS else []
        for last in range(first + 1, min(first + _MOST_TOKENS, len(tokens))):
            chars += len(tokens[last].text)
            digits |= tokens[last].has_digit
            if not joined[last - 1] or not digits or chars > _MOST_CHARS:
                break
            if chars >= _FEWEST_CHARS:
                lasts.append((last, chars))
        if lasts:
            yield first, lasts


def has_edges(window: Window, first: int, last: int) -> bool:
    """Whether no digit is joined more tightly to the candidate than its own parts may be."""
    tokens, text = window.tokens, window.text
    before = text[max(0, tokens[first].start - 2) : tokens[first].start]
    after = text[tokens[last].end : tokens[last].end + 2]
    return not _TIGHT_BEFORE.search(before) and not _TIGHT_AFTER.match(after)


def is_maximal(candidate: Candidate) -> bool:
    """Whether a candidate of several parts has no further digits beside it."""
    window, first, last = candidate.window, candidate.first, candidate.last
    tokens = window.tokens
    if first == last:
        return True
    if first and tokens[first - 1].has_digit and _is_joined(window, *tokens[first - 1 : first + 1]):
        return False
    after = tokens[last : last + 2]
    return len(after) < 2 or not after[1].has_digit or not _is_joined(window, after[0], after[1])


def _is_joined(window: Window, left: Token, right: Token) -> bool:
    if right.start != left.end + 1 or window.text[left.end] not in JOINTS:
        return False
    return right.has_digit or len(right.text) <= _LONGEST_PREFIX_CHARS

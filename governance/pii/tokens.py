"""The words of a window that hold digits: what national numbers are put together from."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DIGIT_TOKEN = re.compile(r"[0-9][0-9A-Za-z]*")
_LETTERS_BEFORE = re.compile(r"[A-Za-z]+\Z")
# Letters of a number that stand apart from its digits: "HR 3293…", "x-4482978w", "1234567-K".
# Three only in Ghana's, "GHA-700000000-0".
_PREFIX = re.compile(r"(?<![0-9A-Za-z])(?:[A-Za-z]|[A-Z]{2}|GHA)(?=[ .\-/]\Z)")
_SUFFIX = re.compile(r"(?:[.\-/](?=[A-Za-z])| (?=[A-Z]))([A-Za-z]{1,2})(?![0-9A-Za-z])")


class Token(NamedTuple):
    """A run of ASCII letters and digits in a window: its place and its text."""

    start: int
    end: int
    text: str
    has_digit: bool = True


def number_tokens(text: str) -> Iterator[Token]:
    """Runs of letters and digits with a digit in them, and short ones of letters beside those.

    >>> [token.text for token in number_tokens("OIB: HR 32895505964 Split")]
    ['HR', '32895505964']
    """
    last = -1
    for match in _DIGIT_TOKEN.finditer(text):
        start, end = match.span()
        if text[start - 1 : start].isalpha():
            letters = _LETTERS_BEFORE.search(text, max(0, start - 20), start)
            start = letters.start() if letters else start
        if last + 1 != start and start > 1 and text[start - 2].isalpha():
            prefix = _PREFIX.search(text, max(0, start - 4), start)
            if prefix and prefix.start() >= last:
                yield Token(*prefix.span(), prefix.group(), has_digit=False)
        yield Token(start, end, text[start:end])
        last = end
        suffix = _SUFFIX.match(text, end) if text[end + 1 : end + 2].isalpha() else None
        if suffix:
            yield Token(*suffix.span(1), suffix[1], has_digit=False)
            last = suffix.end(1)

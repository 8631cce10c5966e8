"""Numbers that only the word before them tells: insurance, patients, students."""

import re
from collections.abc import Iterator

from governance.pii.number_forms import is_amount, is_date
from governance.pii.recogniser import DIRECT_CHARS, Window

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z_])(?:[A-Z]{1,5}[-/ ]?)?[0-9][0-9A-Z]*(?:[-/. ][0-9A-Z]*[0-9][0-9A-Z]*){0,5}"
    r"(?![0-9A-Za-z_%]|[,:][0-9])"
)
_DIGIT = re.compile("[0-9]")
_FEWEST_DIGITS, _MOST_DIGITS = 4, 16
_CANDIDATE_UNITS = 2


def labelled_numbers(window: Window, kind: str) -> Iterator[tuple[int, int]]:
    """Spans of numbers right after a cue word of a kind, with nothing but signs between.

    Dates and amounts stay. No cue: none.
    """
    for match in _NUMBER.finditer(window.text):
        window.spend(_CANDIDATE_UNITS)
        written = match.group()
        digits = len(_DIGIT.findall(written))
        if not _FEWEST_DIGITS <= digits <= _MOST_DIGITS or is_date(written) or is_amount(written):
            continue
        if window.has_cue(kind, match.start(), DIRECT_CHARS):
            yield match.span()

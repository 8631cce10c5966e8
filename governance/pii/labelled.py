"""Numbers that only the word before them tells: insurance, patients, students, passports.

A recogniser of that kind is one call of `labelled` and a file of words in `cues/`.
"""

import re
from collections.abc import Iterator

from governance.pii.kinds import CUED
from governance.pii.number_forms import is_amount, is_date
from governance.pii.recogniser import DIRECT_CHARS, Recogniser, Window

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z_])(?:[A-Z]{1,5}[-/ ]?)?[0-9][0-9A-Z]*(?:[-/. ][0-9A-Z]*[0-9][0-9A-Z]*){0,5}"
    r"(?![0-9A-Za-z_%]|[,:][0-9])"
)
_DIGIT = re.compile("[0-9]")
_FEWEST_DIGITS, _MOST_DIGITS = 4, 16
_CANDIDATE_UNITS = 2


def labelled(
    kind: str, *, name: str, placeholder: str, description: str, fewest_digits: int = _FEWEST_DIGITS
) -> Recogniser:
    """A recogniser of numbers right after a word of `cues/<kind>.tsv`, with signs between only.

    Dates and amounts stay. Nothing checks such numbers, so without the word they stay too.

    Args:
        kind: one of `cues.SHORT_KINDS`.
        name: what the documentation calls it.
        placeholder: what it says, the type.
        description: what is found, a sentence.
        fewest_digits: fewer are a year or a page.
    """

    def find(window: Window) -> Iterator[tuple[int, int]]:
        for match in _NUMBER.finditer(window.text):
            window.spend(_CANDIDATE_UNITS)
            written = match.group()
            digits = len(_DIGIT.findall(written))
            is_other = is_date(written) or is_amount(written)
            if is_other or not fewest_digits <= digits <= _MOST_DIGITS:
                continue
            if window.has_cue(kind, match.start(), DIRECT_CHARS):
                yield match.span()

    return Recogniser(name, placeholder, CUED, 2, find, description, "the forms' own labels")

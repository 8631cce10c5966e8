"""Dates of birth: a whole date right after a word for being born.

"Born 12 March 1980", "geb. 12.3.1980", "生年月日：1980年3月12日". Other dates are everybody's
and stay, and so does a year alone. Months may be written in any script, since the cue word
and the year hold the date between them.

Source: CLDR date formats (short, medium and long) for the orders and signs; years 1850 to
2099, and 2400 to 2599 for the Buddhist era.
"""

import re
from collections.abc import Iterator

from governance.pii.kinds import CUED
from governance.pii.recogniser import DIRECT_CHARS, Recogniser, Window

_YEAR = r"(?:18[5-9]|19[0-9]|20[0-9]|2[45][0-9])[0-9](?![0-9])"
_MONTH = r"[^\W\d_][^\s\d,()\[\]:;/]{1,14}"
_FORMS = (
    r"[0-9]{4} ?[年년] ?[0-9]{1,2} ?[月월] ?[0-9]{1,2} ?[日일号號]?",
    rf"{_YEAR}(?P<sign>[-./])[0-9]{{1,2}}(?P=sign)[0-9]{{1,2}}(?![0-9])",
    rf"[0-9]{{1,2}}(?P<mark>[-./]|\. )[0-9]{{1,2}}(?P=mark)(?:{_YEAR}|[0-9]{{2}}(?![0-9]))",
    (
        rf"[0-9]{{1,2}}(?![0-9])(?:\.|st|nd|rd|th|er|º)? ?(?:(?:de|of|tháng) )?"
        rf"(?:{_MONTH}|[0-9]{{1,2}}),?"
        rf" (?:(?:de|del|năm) )?{_YEAR}"
    ),
)
_DATE = re.compile("|".join(f"(?:{form})" for form in _FORMS))
_MONTH_FIRST = re.compile(rf"({_MONTH} )[0-9]{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}")
_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_][^\s\d]{1,14} \Z")
_NOT_BEFORE = re.compile(r"[0-9A-Za-z][-./]?\Z")
_DIGITS = re.compile(r"[0-9]+")
_MOST_MONTH_CHARS = 16
_CANDIDATE_UNITS = 3


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of dates after a word for being born.

    >>> from governance.pii.territories import territories
    >>> window = Window("Born 12 March 1980 in", territories(None, None))
    >>> [window.text[start:end] for start, end in find(window)]
    ['12 March 1980']
    """
    text, end = window.text, 0
    for digits in _DIGITS.finditer(text):
        place = digits.start()
        if place < end:
            continue
        window.spend(_CANDIDATE_UNITS)
        match = _DATE.match(text, place) or _month_first(text, place)
        if not match or not window.has_cue("birth", match.start(), DIRECT_CHARS):
            continue
        if not _NOT_BEFORE.search(text, max(0, match.start() - 2), match.start()):
            end = match.end()
            yield match.span()


def _month_first(text: str, place: int) -> re.Match[str] | None:
    """A date whose month stands before the day at `place`."""
    month = _BEFORE.search(text, max(0, place - _MOST_MONTH_CHARS), place)
    return _MONTH_FIRST.match(text, month.start()) if month else None


RECOGNISER = Recogniser(
    name="Date of birth",
    type="DATE_OF_BIRTH",
    anchors=CUED,
    strictness=3,
    find=find,
    description="Whole dates after a word for being born, in seventy languages.",
    source="CLDR date formats",
)

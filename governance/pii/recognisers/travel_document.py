"""The lines that machines read from passports, visas and identity cards.

Number, day of birth and last day, each with its check digit, in one line of 44, 36 or 30
letters, digits and `<`. All three of a passport must be right, both of an identity card's second
line, and the one of its first.

Source: ICAO Doc 9303, parts 3 to 5 and 7, eighth edition 2021 (forms and check digits).
"""

import re
from collections.abc import Iterator

from governance.pii.kinds import NUMBER
from governance.pii.recogniser import Recogniser, Window

_EDGES = r"(?<![0-9A-Za-z<]){}(?![0-9A-Za-z<])"
_DAYS = r"([0-9]{6}[0-9])[MFX<]([0-9]{6}[0-9])"
_PASSPORT = re.compile(
    _EDGES.format(rf"([0-9A-Z<]{{9}}[0-9])[A-Z<]{{3}}{_DAYS}(?:[0-9A-Z<]{{16}}|[0-9A-Z<]{{8}})")
)
_CARD_NUMBER = re.compile(_EDGES.format(r"[IAC][0-9A-Z<][A-Z<]{3}([0-9A-Z<]{9}[0-9])[0-9A-Z<]{15}"))
_CARD_DAYS = re.compile(_EDGES.format(rf"{_DAYS}[A-Z<]{{3}}[0-9A-Z<]{{11}}[0-9]"))
_FORMS = (_PASSPORT, _CARD_NUMBER, _CARD_DAYS)
_WEIGHTS = (7, 3, 1)
_CANDIDATE_UNITS = 15


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of such lines whose check digits are right."""
    if "<<" not in window.text:
        return
    for form in _FORMS:
        for match in form.finditer(window.text):
            window.spend(_CANDIDATE_UNITS)
            if "<" in match.group() and all(map(_is_right, match.groups())):
                yield match.span()


def _is_right(field: str) -> bool:
    """Whether the last digit checks the others: weights 7, 3, 1, letters from 10, `<` is 0.

    >>> _is_right("L898902C36"), _is_right("L898902C37")
    (True, False)
    """
    values = (0 if char == "<" else int(char, 36) for char in field[:-1])
    total = sum(value * _WEIGHTS[place % 3] for place, value in enumerate(values))
    return total % 10 == int(field[-1])


RECOGNISER = Recogniser(
    name="Machine-readable line of a travel document",
    type="PASSPORT",
    anchors=NUMBER,
    strictness=5,
    find=find,
    description="Lines of passports, visas and identity cards by their check digits.",
    source="ICAO Doc 9303, eighth edition 2021",
)

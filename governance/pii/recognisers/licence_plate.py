"""Licence plates after a word for them: "Plate no. KBX 123A", "车牌 京A12345".

Two to nine letters in capitals and digits in up to four groups. Plates look like codes of
every other kind, so without a cue word right before they stay.

Source: Vienna Convention on Road Traffic 1968, annex 2 (letters and numerals; native scripts
where the country has them); ISO 3166 lands' own forms were not told apart.
"""

import re
from collections.abc import Iterator

from governance.pii.kinds import CUED
from governance.pii.recogniser import DIRECT_CHARS, Recogniser, Window

_SIGN = r"(?:[A-Z0-9]|(?![a-zà-ÿа-яёα-ωა-ჿա-և])[^\W_\x00-\x7f])"
_PLATE = re.compile(
    rf"(?<![0-9A-Za-z]){_SIGN}{{1,8}}+(?:[ ·-]{_SIGN}{{1,5}}+(?! ?[:：])){{0,3}}"
    r"(?![0-9A-Za-z]|[-./][0-9])"
)
_DIGIT = re.compile("[0-9]")
_FEWEST_CHARS, _MOST_CHARS, _FEWEST_DIGITS, _MOST_DIGITS = 4, 10, 2, 6
_CANDIDATE_UNITS = 2


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of what could be a plate right after a cue word."""
    end = 0
    for match in _PLATE.finditer(window.text):
        window.spend(_CANDIDATE_UNITS)
        written = _shortened(match.group())
        if match.start() >= end and _is_plate(window, match.start(), written):
            end = match.start() + len(written)
            yield match.start(), end


def _shortened(written: str) -> str:
    """What may be a plate without the words after it: "KE-DA 2363" of "KE-DA 2363 CARD".

    >>> _shortened("KE-DA 2363 CARD"), _shortened("KBX 123A")
    ('KE-DA 2363', 'KBX 123A')
    """
    while sum(char.isalnum() for char in written) > _MOST_CHARS:
        place = max(written.rfind(joint) for joint in " ·-")
        if place <= 0:
            break
        written = written[:place]
    return written


def _is_plate(window: Window, start: int, written: str) -> bool:
    digits = len(_DIGIT.findall(written))
    signs = sum(char.isalnum() for char in written)
    fits = _FEWEST_CHARS <= signs <= _MOST_CHARS and _FEWEST_DIGITS <= digits <= _MOST_DIGITS
    return fits and digits < signs and window.has_cue("plate", start, DIRECT_CHARS)


RECOGNISER = Recogniser(
    name="Licence plate",
    type="LICENCE_PLATE",
    anchors=CUED,
    strictness=2,
    find=find,
    description="Plates of letters and digits, native ones too, after a cue word.",
    source="Vienna Convention on Road Traffic 1968, annex 2",
)

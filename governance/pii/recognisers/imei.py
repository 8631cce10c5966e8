"""Serial numbers of mobile telephones (IMEI) after that word.

Fifteen digits, the last by Luhn, in one piece or as 49-015420-323751-8. One number in ten passes
the check, so the word must stand before it; other numbers of fifteen digits stay.

Source: 3GPP TS 23.003 section 6.2; Luhn's digit as in ISO/IEC 7812-1.
"""

import re
from collections.abc import Iterator

from stdnum import luhn

from governance.pii.kinds import NUMBER
from governance.pii.recogniser import Recogniser, Window

_IMEI = re.compile(
    r"[0-9](?<![0-9A-Za-z_][0-9])[0-9]"
    r"(?:[0-9]{13}|([ -])?[0-9]{6}\1[0-9]{6}\1[0-9]|[0-9]{4} ?[0-9]{9})(?![0-9A-Za-z_])"
)
_WORD = re.compile(r"(?i)imei(?!\])[^0-9\n]{0,24}\Z")
_REACH_CHARS = 28
_CANDIDATE_UNITS = 5


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of numbers with Luhn's digit after "IMEI"."""
    if "imei" not in window.text.lower():
        return
    for match in _IMEI.finditer(window.text):
        window.spend(_CANDIDATE_UNITS)
        start = match.start()
        if not _WORD.search(window.text, max(0, start - _REACH_CHARS), start):
            continue
        if luhn.is_valid(re.sub("[ -]", "", match.group())):
            yield match.span()


RECOGNISER = Recogniser(
    name="Telephone's serial number",
    type="IMEI",
    anchors=NUMBER,
    strictness=4,
    find=find,
    description="Fifteen digits with Luhn's after the word IMEI, which every script keeps.",
    source="3GPP TS 23.003, section 6.2",
)

"""International bank account numbers, compact or grouped.

Two letters for the country, two check digits, then up to thirty letters or
digits. The country says how long the number is, so it is found also where the
next word follows without a space; the remainder by 97 tells real ones apart.

Source: ISO 13616-1 (structure, lengths: the registry in python-stdnum 2.2),
ISO/IEC 7064 MOD 97-10 (check digits). The check digits that some countries have
inside are not asked for: a mistyped account is still somebody's.
"""

import re
from collections.abc import Iterator
from functools import cache

from governance.pii.kinds import NUMBER
from governance.pii.recogniser import Recogniser, Window

_BEGIN = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2}[0-9]{2}(?=[ .-]?[0-9A-Za-z]{4})")
_JOINTS = " -."
_CANDIDATE_UNITS = 14


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of account numbers whose length and remainder are right."""
    for match in _BEGIN.finditer(window.text):
        length = _lengths().get(match.group()[:2].upper())
        if length:
            window.spend(_CANDIDATE_UNITS)
            end, number = _collect(window.text, match.start(), length)
            if number and remainder(number) == 1 and _has_structure(number):
                yield match.start(), end


def remainder(number: str) -> int:
    """The remainder of a compact account number by 97; 1 when it is right.

    >>> remainder("GB82WEST12345698765432")
    1
    """
    return int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97


def _collect(text: str, start: int, length: int) -> tuple[int, str]:
    """`length` letters and digits from `start`, single joints left out; "" when there are fewer."""
    chars: list[str] = []
    place = start
    while place < len(text) and len(chars) < length:
        char = text[place]
        if char.isascii() and char.isalnum():
            chars.append(char.upper())
        elif char not in _JOINTS or text[place - 1] in _JOINTS:
            return place, ""
        place += 1
    after = text[place : place + 1]
    is_whole = len(chars) == length and not (after.isascii() and after.isalnum())
    return place, "".join(chars) if is_whole else ""


@cache
def _lengths() -> dict[str, int]:
    from stdnum import numdb  # noqa: PLC0415  # its registry is read when the first one is seen

    lengths = {}
    for _, low, _, properties, _ in numdb.get("iban").prefixes:
        groups = re.findall(r"([0-9]+)!", properties.get("bban", ""))
        lengths[low] = 4 + sum(map(int, groups))
    return lengths


def _has_structure(number: str) -> bool:
    from stdnum import iban  # noqa: PLC0415

    return iban.is_valid(number, check_country=False)


RECOGNISER = Recogniser(
    name="Bank account (IBAN)",
    type="IBAN_CODE",
    anchors=NUMBER,
    strictness=5,
    find=find,
    description="Accounts of all registered countries, compact or grouped, by remainder 97.",
    source="ISO 13616-1, ISO/IEC 7064 MOD 97-10",
)

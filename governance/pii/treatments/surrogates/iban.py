"""Accounts of a country that can never be one: ZZ is left to users by ISO 3166-1.

Check digits and length are right, so they look and check like any other; the two digits after
the check digits say how many characters the number has.

Source: ISO 3166-1, 8.1.3 (user-assigned codes), ISO 13616-1, ISO/IEC 7064 MOD 97-10.
"""

import re
from collections.abc import Iterator

from governance.pii.treatments.surrogates.draw import Draw, Range, ascii_digits, plain

_IBAN = re.compile(r"(?<![0-9A-Za-z])[Zz]{2}\d\d(?:[ .\-]?\d){11,30}")
_COUNTRY, _ZZ = "ZZ", "3535"


def _make(original: str, _: str | None, draw: Draw) -> str | None:
    form = plain(original)
    chars = sum(char.isalnum() for char in form)
    account = f"{chars:02d}{draw.digits(chars - 6)}"
    remainder = 98 - int(f"{account}{_ZZ}00") % 97
    left = iter(f"{_COUNTRY}{remainder:02d}{account}")
    return "".join(next(left) if char.isalnum() else char for char in form)


def _find(text: str) -> Iterator[tuple[int, int]]:
    for match in _IBAN.finditer(text):
        digits = ascii_digits(match.group())
        chars = int(digits[2:4])
        if len(digits) + 2 < chars or chars < len(_ZZ) + 4:
            continue
        if int(digits[2 : chars - 2] + _ZZ + digits[:2]) % 97 != 1:
            continue
        end = _end(text, match.start(), chars)
        if not text[end : end + 1].isalnum():
            yield match.start(), end


def _end(text: str, place: int, chars: int) -> int:
    """Where so many letters and digits end."""
    while chars:
        chars -= text[place].isalnum()
        place += 1
    return place


RANGE = Range(
    type="IBAN_CODE",
    make=_make,
    find=_find,
    hint=r"[Zz][Zz]\p{Nd}\p{Nd}",
    source="ISO 3166-1, ISO 13616-1",
)

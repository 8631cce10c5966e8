"""Card numbers that nobody can issue: 9999, the national scheme of a country that is none.

A 9 leaves the number to the standards body of the country whose ISO 3166 number follows, and
999 is no country's. Two digits then say how long the number is, and the last one is Luhn's.

Source: ISO/IEC 7812-1 (2017), section 4; ISO 3166-1 (numbers 900 to 999 are left to users).
"""

import re
from collections.abc import Iterator

from governance.pii.treatments.surrogates.draw import NINES as _N
from governance.pii.treatments.surrogates.draw import Draw, Range, ascii_digits, filled, plain

_CARD = re.compile(rf"(?<![\d])[{_N}](?:[ \-]?[{_N}]){{3}}(?:[ \-]?\d){{8,15}}")


def _make(original: str, _: str | None, draw: Draw) -> str:
    form = plain(original)
    count = len(ascii_digits(form))
    number = f"9999{count:02d}{draw.digits(count - 7)}"
    return filled(form, number + str(-_luhn(number + "0") % 10))


def _luhn(number: str) -> int:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return sum(doubled) + sum(map(int, number[-1::-2]))


def _find(text: str) -> Iterator[tuple[int, int]]:
    for match in _CARD.finditer(text):
        digits = ascii_digits(match.group())
        count = int(digits[4:6])
        if not 12 <= count <= len(digits) or _luhn(digits[:count]) % 10:
            continue
        places = [place for place, char in enumerate(match.group()) if char.isdecimal()]
        end = match.start() + places[count - 1] + 1
        if not text[end : end + 1].isalnum():
            yield match.start(), end


RANGE = Range(
    type="CREDIT_CARD",
    make=_make,
    find=_find,
    hint=rf"[{_N}][ \-]?[{_N}][ \-]?[{_N}][ \-]?[{_N}]",
    source="ISO/IEC 7812-1, ISO 3166-1",
)

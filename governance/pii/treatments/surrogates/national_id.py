"""National numbers that no country gives out: three or four zeros first, no check that passes.

Four zeros are no day, month or year of birth in any order, and the number is drawn again until
no country's check accepts it; where some country has a check that nearly all numbers pass, the
number begins with an X, which that country's numbers do not. Letters become X. The last two
digits follow from the others, so that ours can be told from a slip of the pen.

Source: the checks of every number in `national_ids.tsv`; its sources stand in its modules.
"""

import re
from collections.abc import Iterator

from governance.pii.treatments.surrogates.draw import ZEROS as _Z
from governance.pii.treatments.surrogates.draw import (
    Draw,
    Range,
    ascii_digits,
    check,
    in_digits_of,
    plain,
)

_FEWEST_DIGITS, _LONG_DIGITS = 7, 9
_CHECKS = 97
_TRIES = 8
_RUN = re.compile(rf"(?<![0-9A-Za-z+])[X{_Z}](?:[ \-./+]?[X\d]){{6,24}}")


def _make(original: str, _: str | None, draw: Draw) -> str | None:
    form = re.sub(r"[^\W\d_]", "X", plain(original))
    if not re.fullmatch(r"[X\d](?:[ \-./+]?[X\d])*", form):
        return None
    made = _drawn(form, draw) or _drawn(f"X{form[1:]}", draw)
    return in_digits_of(original, made) if made else None


def _drawn(form: str, draw: Draw) -> str | None:
    count = len(ascii_digits(form))
    if count < _FEWEST_DIGITS:
        return None
    lead = "0000" if count >= _LONG_DIGITS else "000"
    for _ in range(_TRIES):
        digits = lead + draw.digits(count - len(lead) - 2)
        made = _filled(form, digits + f"{_mark(_filled(form, digits)):02d}")
        if _is_nobodys(made):
            return made
    return None


def _filled(form: str, digits: str) -> str:
    """A form with its digits replaced, as far as there are any."""
    left = iter(digits)
    return "".join(next(left, "") if char.isdecimal() else char for char in form)


def _mark(written: str) -> int:
    return check(re.sub("[^0-9X]", "", written), _CHECKS)


def _is_nobodys(written: str) -> bool:
    """Whether no check of any country accepts the number."""
    from governance.pii.national_ids import entries  # noqa: PLC0415  # loads every check

    compact = re.sub("[^0-9X]", "", written)
    return not any(
        entry.accepts(compact, written) for entry in entries() if not entry.has_shape_only
    )


def _find(text: str) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text):
        run = re.sub(r"\d", lambda digit: ascii_digits(digit.group()), match.group())
        ends = (end for end in range(len(run), _FEWEST_DIGITS - 1, -1) if _is_ours(run[:end]))
        end = next(ends, None)
        if end is not None and not text[match.start() + end : match.start() + end + 1].isalnum():
            yield match.start(), match.start() + end


def _is_ours(written: str) -> bool:
    digits = ascii_digits(written)
    if len(digits) < _FEWEST_DIGITS or not written[-1].isalnum():
        return False
    if not digits.startswith("0000" if len(digits) >= _LONG_DIGITS else "000"):
        return False
    last = [place for place, char in enumerate(written) if char.isdecimal()][-2:]
    rest = "".join(char for place, char in enumerate(written) if place not in last)
    return int(digits[-2:]) == _mark(rest) and _is_nobodys(written)


RANGE = Range(
    type="NATIONAL_ID",
    make=_make,
    find=_find,
    hint=rf"[{_Z}][ \-./+X]{{0,6}}[{_Z}][ \-./+X]{{0,6}}[{_Z}]",
    source="national_ids.tsv",
)

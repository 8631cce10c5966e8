"""Payment card numbers.

Twelve to nineteen digits whose last one is Luhn's, beginning as one of the card
schemes does and as long as that scheme's cards are. In groups of four (or 4-6-5,
4-6-4) or in one piece. Lengths and beginnings that other numbers share (thirteen
digits are article numbers too) and unknown schemes need a word such as "card"
or "карта" before them.

Source: ISO/IEC 7812-1 (structure and Luhn); issuer ranges as the schemes
publish them: Visa, Mastercard (2221-2720, 51-55), American Express, Discover,
Diners, JCB, UnionPay, Mir, Maestro, RuPay, Troy, Verve, Elo; checked 2026-11.
"""

import re
from collections.abc import Iterator

from governance.pii.kinds import NUMBER
from governance.pii.recogniser import DIRECT_CHARS, Recogniser, Window

# Begins with a digit, and looks back from it: `re` then skips to digits.
_CARD = re.compile(
    r"[0-9](?<![0-9A-Za-z_][0-9])(?<![0-9][-./][0-9])"
    r"(?:[0-9]{11,18}|[0-9]{3}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{1,4}(?:\1[0-9]{3})?"
    r"|[0-9]{3}([ -])[0-9]{6}\2[0-9]{4,5}|[0-9]{3}[ -][0-9]{15}|[0-9]{5}[ -][0-9]{10,13})"
    r"(?![0-9A-Za-z_]|[-./][0-9])"
)
_CANDIDATE_UNITS = 5
# first digits, lengths
_SCHEMES = (
    (re.compile("4"), (16, 19)),
    (re.compile("5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),
    (re.compile("3[47]"), (15,)),
    (re.compile("6011|64[4-9]|65"), (16, 19)),
    (re.compile("30[0-5]|3095|36|3[89]"), (14, 16)),
    (re.compile("352[89]|35[3-8]"), (16,)),
    (re.compile("62|81|60|82|508|353|356"), (16, 19)),
    (re.compile("220[0-4]"), (16, 19)),
    (re.compile("50|5[6-9]|6[0379]"), (16, 19)),
    (re.compile("9792"), (16,)),
)


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of card numbers."""
    for match in _CARD.finditer(window.text):
        window.spend(_CANDIDATE_UNITS)
        number = re.sub("[ -]", "", match.group())
        if not _passes_luhn(number) or len(set(number)) == 1:
            continue
        is_named = window.has_cue("card", match.start())
        if is_named or (_has_scheme(number) and not _is_code(window, match.start())):
            yield match.span()


def _is_code(window: Window, place: int) -> bool:
    return window.has_cue("code", place, DIRECT_CHARS) or window.is_in_link(place)


def _passes_luhn(number: str) -> bool:
    """Luhn's check.

    >>> _passes_luhn("4111111111111111")
    True
    """
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(doubled) + sum(map(int, number[-1::-2]))) % 10 == 0


def _has_scheme(number: str) -> bool:
    return any(begin.match(number) and len(number) in lengths for begin, lengths in _SCHEMES)


RECOGNISER = Recogniser(
    name="Payment card",
    type="CREDIT_CARD",
    anchors=NUMBER,
    strictness=4,
    find=find,
    description="Card numbers by Luhn's digit, issuer range and length.",
    source="ISO/IEC 7812-1 and the schemes' issuer ranges",
)

"""Drawing from a reserved range, and putting what was drawn into the form of the original."""

import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import shake_256

from governance.pii.characters import digit_values

NINES = "".join(chr(point) for point, value in digit_values().items() if value == 9)
ZEROS = "".join(chr(point) for point, value in digit_values().items() if value == 0)
_DRAWN_BYTES = 512


class Draw:
    """Numbers that follow from a seed and say nothing of it."""

    def __init__(self, seed: bytes) -> None:
        """Begins with a keyed digest."""
        self._left = int.from_bytes(shake_256(seed).digest(_DRAWN_BYTES))

    def below(self, limit: int) -> int:
        """A number from 0 to below a limit."""
        self._left, drawn = divmod(self._left, limit)
        return drawn

    def digits(self, count: int) -> str:
        """That many digits; none for a count of 0 or less."""
        return "".join(str(self.below(10)) for _ in range(count))


@dataclass(frozen=True, slots=True)
class Range:
    """A reserved range of one type.

    make: from the original, the country of its document and a draw to a surrogate; None where
    none fits. find: where surrogates stand in a text. hint: a pattern without look-around that
    any text with a surrogate matches. source: who reserved the range.
    """

    type: str
    make: Callable[[str, str | None, Draw], str | None]
    find: Callable[[str], Iterable[tuple[int, int]]]
    hint: str
    source: str


def plain(text: str) -> str:
    r"""A number as written, without invisible controls, and with plain spaces and hyphens.

    >>> plain("0712\u2011345\u00a0678")
    '0712-345 678'
    """
    text = re.sub(r"%2[Bb]", "+", text)
    text = re.sub(r"%(?:2[0-9D-F]|[34][0-9A-F])", " ", text)
    kept = (char for char in text if unicodedata.category(char) != "Cf")
    text = unicodedata.normalize("NFKC", "".join(kept))
    text = "".join("-" if unicodedata.category(char) == "Pd" else char for char in text)
    return re.sub(r"\s", " ", text.replace("\u2212", "-"))


def ascii_digits(text: str) -> str:
    """The digits of a text, of any script, in ASCII; everything else left out.

    >>> ascii_digits("٠٧-12")
    '0712'
    """
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def in_digits_of(original: str, text: str) -> str:
    """A text with its ASCII digits in the script of the original's first digit.

    >>> in_digits_of("৮৮", "192.0")
    '১৯২.০'
    """
    first = next((char for char in original if char.isdecimal()), "0")
    zero = ord(first) - unicodedata.decimal(first)
    return text.translate({48 + value: chr(zero + value) for value in range(10)})


def filled(form: str, digits: str) -> str:
    """A number's form with other digits, in the form's own script.

    >>> filled("(01) 23", "9876")
    '(98) 76'
    """
    left = iter(in_digits_of(form, digits))
    return "".join(next(left) if char.isdecimal() else char for char in form)


def check(text: str, limit: int) -> int:
    """A number below a limit that follows from a text: what tells our surrogates from others."""
    return zlib.crc32(text.encode()) % limit

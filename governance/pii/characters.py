"""Which characters mean the same in a number or an address, whatever the script.

A telephone number in Bengali digits, an e-mail address with a full-width ＠ and
a bank account grouped by narrow spaces must look alike to every recogniser.
Each entry here replaces one code point by one code point, so offsets stay.

Source: Unicode 15 general categories Nd and Zs, block Halfwidth and Fullwidth
Forms, and the bidirectional and joining controls of chapter 23.
"""

import unicodedata
from functools import cache

SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
HYPHENS = "\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d"
# Invisible controls that may stand inside a number in right-to-left or Indic text.
IGNORED = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
SMALL_AT = "\ufe6b"
#: From here on there are only ideographs, tags and private use: no digits (Unicode 15, plane 2).
_FIRST_IDEOGRAPHIC = 0x20000


@cache
def digit_values() -> dict[int, int]:
    """Every decimal digit of every script, as code point -> 0 to 9.

    >>> digit_values()[ord("৭")]
    7
    """
    return {
        point: unicodedata.decimal(chr(point))
        for point in range(_FIRST_IDEOGRAPHIC)
        if chr(point).isdecimal()
    }


def plain_equivalents() -> dict[int, str]:
    """The table for `str.translate`: native digits, full-width forms, spaces and hyphens to ASCII.

    >>> "＋٩٦٦".translate(plain_equivalents())
    '+966'
    """
    table = {point: chr(48 + value) for point, value in digit_values().items() if point > 127}
    table |= {point: chr(point - 0xFEE0) for point in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys(map(ord, SPACES), " ")
    table |= dict.fromkeys(map(ord, HYPHENS), "-")
    table[ord(SMALL_AT)] = "@"
    return table

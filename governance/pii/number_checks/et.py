"""Ethiopia: the Fayda identification number (FIN).

Twelve digits that begin with 2 to 9; the last is Verhoeff's, as in every register built on
MOSIP.

Source: MOSIP 1.2, ID generator (Verhoeff), which the National ID Program uses.
"""

from stdnum import verhoeff


def is_fayda(number: str) -> bool:
    """Whether Verhoeff's digit is right.

    >>> is_fayda("234123412346"), is_fayda("234123412347")
    (True, False)
    """
    return bool(verhoeff.is_valid(number))

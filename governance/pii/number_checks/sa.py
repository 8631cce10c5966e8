"""Saudi Arabia: national identity and residence (iqama) numbers.

Ten digits; 1 for citizens, 2 for residents; the last is Luhn's.

Source: Absher and the Ministry of Interior's published form of the number; OECD, tax
identification numbers, Saudi Arabia.
"""

from stdnum import luhn


def is_national_id(number: str) -> bool:
    """Whether Luhn's digit is right.

    >>> is_national_id("1000000008"), is_national_id("1000000009")
    (True, False)
    """
    return bool(luhn.is_valid(number))

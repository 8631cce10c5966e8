"""Mexico: the social security number (NSS).

Eleven digits, the last by Luhn.

Source: the packages francerz/mx-imss 0.1.2 and mexa 0.0.7 (eleven digits, Luhn).
"""

from stdnum import luhn


def is_social_security(number: str) -> bool:
    """Whether Luhn's digit is right.

    >>> is_social_security("12345678903"), is_social_security("12345678904")
    (True, False)
    """
    return bool(luhn.is_valid(number))

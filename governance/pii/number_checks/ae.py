"""United Arab Emirates: the identity number, 784-YYYY-NNNNNNN-N.

Fifteen digits: the country, the year of birth, seven more, one by Luhn.

Source: Microsoft Purview, "U.A.E. identity card number" (form, Luhn); Emirates Identity Authority
through WAM, 17 January 2016 (parts of the number).
"""

from stdnum import luhn


def is_emirates_id(number: str) -> bool:
    """Whether the year of birth is possible and Luhn's digit is right.

    >>> is_emirates_id("784199000000002"), is_emirates_id("784199000000001")
    (True, False)
    """
    return 1900 <= int(number[3:7]) <= 2099 and bool(luhn.is_valid(number))

"""Kuwait: the civil number.

Twelve digits: century (2 or 3), date of birth, four of the order, one to check.

Source: Public Authority for Civil Information; OECD, tax identification numbers, Kuwait.
"""

from governance.pii.number_checks.arithmetic import is_day_of_century, weighted_sum

_WEIGHTS = (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_civil_number(number: str) -> bool:
    """Whether the day of birth exists and the last digit is right.

    >>> is_civil_number("290010100003"), is_civil_number("290130100003")
    (True, False)
    """
    if not is_day_of_century(number[1:3], number[3:5], number[5:7]):
        return False
    return 11 - weighted_sum(number, _WEIGHTS) % 11 == int(number[11])

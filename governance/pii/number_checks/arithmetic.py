"""What the checks of national numbers have in common: days of birth and weighted sums."""

import datetime as dt
from collections.abc import Iterable


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has the day, in years from 1850 to 2099.

    >>> is_day(1996, 2, 29), is_day(1997, 2, 29), is_day(1066, 10, 14)
    (True, False, False)
    """
    try:
        return 1850 <= dt.date(year, month, day).year <= 2099
    except ValueError:
        return False


def is_day_of_century(year: str, month: str, day: str) -> bool:
    """Whether a day with a year of two digits is in the calendar of some century.

    >>> is_day_of_century("00", "02", "29"), is_day_of_century("01", "02", "29")
    (True, False)
    """
    return is_day(2000 + int(year), int(month), int(day))


def weighted_sum(number: str, weights: Iterable[int]) -> int:
    """The sum of digits times weights; further digits are left out.

    >>> weighted_sum("123", (3, 2, 1))
    10
    """
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))

"""Sri Lanka: the national identity card's number.

Twelve digits: year of birth, day of the year (500 more for women), five more. Before 2016 nine
digits with V or X: year of the century, day, four more.

Source: Department for Registration of Persons; Registration of Persons Act 32 of 1968.
"""

_LAST_DAY, _WOMEN = 366, 500


def is_new_number(number: str) -> bool:
    """Whether year and day are possible.

    >>> is_new_number("199000100001"), is_new_number("199040000001")
    (True, False)
    """
    return 1900 <= int(number[:4]) <= 2099 and _is_day_of_year(int(number[4:7]))


def is_old_number(number: str) -> bool:
    """Whether the day is possible.

    >>> is_old_number("900010001V"), is_old_number("904000001V")
    (True, False)
    """
    return _is_day_of_year(int(number[2:5]))


def _is_day_of_year(day: int) -> bool:
    return 1 <= day <= _LAST_DAY or _WOMEN < day <= _WOMEN + _LAST_DAY

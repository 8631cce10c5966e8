"""United Kingdom: the National Insurance number and the driver number of Great Britain.

Two letters, six digits, A to D: nothing checks it, but not all pairs of letters are in use.
A driver number is made of five letters of the name (9 where it is shorter), decade, month (50
more for women), day and year of birth, two initials, one sign and two letters.

Source: HM Revenue and Customs, National Insurance Manual, NIM39110; for drivers the licence
itself, as ukdriving.org.uk explains it (read 2026-11).
"""

import re

from governance.pii.number_checks.arithmetic import is_day_of_century

_NEVER_FIRST, _NEVER_SECOND = frozenset("DFIQUV"), frozenset("DFIQUVO")
_NEVER_PAIRS = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})


def is_national_insurance(number: str) -> bool:
    """Whether the two letters are in use.

    >>> is_national_insurance("AB123456C"), is_national_insurance("QQ123456C")
    (True, False)
    """
    is_in_use = number[0] not in _NEVER_FIRST and number[1] not in _NEVER_SECOND
    return is_in_use and number[:2] not in _NEVER_PAIRS


def is_driver_number(number: str) -> bool:
    """Whether name and day of birth could be somebody's.

    >>> is_driver_number("MORGA657054SM9IJ"), is_driver_number("MORGA677054SM9IJ")
    (True, False)
    """
    if not re.fullmatch("[A-Z]+9*", number[:5]) or not re.fullmatch(
        "[A-Z]9|[A-Z]{2}", number[11:13]
    ):
        return False
    month = int(number[6:8]) % 50
    return is_day_of_century(number[5] + number[10], f"{month:02d}", number[8:10])

"""Ukraine: the register's number (УНЗР), YYYYMMDD-NNNNN.

Source: Law 5492-VI on the Unified State Demographic Register.
"""

from governance.pii.number_checks.arithmetic import is_day


def is_register_number(number: str) -> bool:
    """Whether the day of birth is in the calendar.

    >>> is_register_number("1990010100001"), is_register_number("1990130100001")
    (True, False)
    """
    return is_day(int(number[:4]), int(number[4:6]), int(number[6:8]))

"""El Salvador: the identity document's number (DUI).

Eight digits, a hyphen, one to check.

Source: the package nationid 0.6.0, SV_DUI (weights 9 to 2, remainder by ten).
"""

from governance.pii.number_checks.arithmetic import weighted_sum


def is_dui(number: str) -> bool:
    """Whether the last digit is right.

    >>> is_dui("000162975"), is_dui("000162976")
    (True, False)
    """
    return -weighted_sum(number, range(9, 1, -1)) % 10 == int(number[8])

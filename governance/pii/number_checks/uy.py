"""Uruguay: the identity card's number (cédula de identidad).

Six or seven digits and one to check.

Source: the package ciuy, "Acerca de los números de identidad uruguayos" (weights 8123476, the
same as 2987634 the other way round).
"""

from governance.pii.number_checks.arithmetic import weighted_sum


def is_cedula(number: str) -> bool:
    """Whether the last digit is right.

    >>> is_cedula("11111111"), is_cedula("11111112")
    (True, False)
    """
    digits = number.zfill(8)
    return -weighted_sum(digits, (2, 9, 8, 7, 6, 3, 4)) % 10 == int(digits[7])

"""Russia: the insurance number (СНИЛС).

Nine digits and two to check, written 112-233-445 95.

Source: Pension Fund of Russia, annex to decree 318p (2006).
"""

from governance.pii.number_checks.arithmetic import weighted_sum


def is_snils(number: str) -> bool:
    """Whether the last two digits are right.

    >>> is_snils("11223344595"), is_snils("11223344596")
    (True, False)
    """
    return weighted_sum(number, range(9, 0, -1)) % 101 % 100 == int(number[9:])

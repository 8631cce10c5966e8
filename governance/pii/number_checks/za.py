"""South Africa: identity numbers of refugees.

As a citizen's, with a 2 where citizens have 0 and permanent residents 1; Luhn's digit last.

Source: Refugees Act 130 of 1998; the digit as explained by teachers of computing (Notes on IT,
2012, read 2026-11).
"""

from governance.pii.number_checks.arithmetic import is_day_of_century


def is_refugee(number: str) -> bool:
    """Whether the day of birth exists and the last digit is Luhn's.

    >>> is_refugee("0001015002288"), is_refugee("0001015002289")
    (True, False)
    """
    if not is_day_of_century(number[:2], number[2:4], number[4:6]):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(doubled) + sum(map(int, number[-1::-2]))) % 10 == 0

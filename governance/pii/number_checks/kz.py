"""Kazakhstan: the individual identification number (ЖСН, ИИН).

Twelve digits: date of birth, century and sex, four of the order, one to check.

Source: Government decree 565 of 11 June 2003; OECD, tax identification numbers, Kazakhstan.
"""

from governance.pii.number_checks.arithmetic import is_day_of_century, weighted_sum

_WEIGHTS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))


def is_iin(number: str) -> bool:
    """Whether the day of birth exists and the last digit is right.

    >>> is_iin("900101300007"), is_iin("901301300007")
    (True, False)
    """
    if number[6] not in "0123456" or not is_day_of_century(number[:2], number[2:4], number[4:6]):
        return False
    rests = [weighted_sum(number, weights) % 11 for weights in _WEIGHTS]
    return int(number[11]) == (rests[0] if rests[0] < 10 else rests[1])

"""Brazil: the workers' number (PIS, PASEP, NIS, NIT) and the voter's title.

Source: Caixa Econômica Federal (PIS, weights 3298765432, by 11); Tribunal Superior Eleitoral,
resolution 21.538/2003 (state codes 01 to 28).
"""

from governance.pii.number_checks.arithmetic import weighted_sum

_STATES = 28


def is_pis(number: str) -> bool:
    """Whether the last of eleven digits is right.

    >>> is_pis("12056412278"), is_pis("12056412279")
    (True, False)
    """
    rest = 11 - weighted_sum(number, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return int(number[10]) == (rest if rest < 10 else 0)


def is_voter_title(number: str) -> bool:
    """Whether the state exists and the first check digit is right, or could be.

    >>> is_voter_title("123456780191"), is_voter_title("123456789991")
    (True, False)
    """
    if not 1 <= int(number[8:10]) <= _STATES:
        return False
    rest = weighted_sum(number, range(2, 10)) % 11
    return int(number[10]) in {rest % 10, 1 if rest == 0 else rest % 10}

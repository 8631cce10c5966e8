"""Hungary: personal, social insurance and tax numbers of persons.

Source: Act XX of 1996 on identification, annexes on the personal number, the TAJ number and
the tax identification mark.
"""

from governance.pii.number_checks.arithmetic import is_day_of_century, weighted_sum


def is_personal_number(number: str) -> bool:
    """Whether the day of birth exists and the last of eleven digits is right.

    Weights run from 1 to 10, or back for those born after 1996. Both are tried.

    >>> is_personal_number("19001010002"), is_personal_number("19013010002")
    (True, False)
    """
    if not is_day_of_century(number[1:3], number[3:5], number[5:7]):
        return False
    sums = weighted_sum(number, range(1, 11)), weighted_sum(number, range(10, 0, -1))
    return any(one % 11 == int(number[10]) for one in sums)


def is_taj(number: str) -> bool:
    """Whether the last of nine digits is right.

    >>> is_taj("111111110"), is_taj("123456788"), is_taj("123456789")
    (False, True, False)
    """
    is_varied = len(set(number[:8])) > 1
    return is_varied and weighted_sum(number, (3, 7) * 4) % 10 == int(number[8])


def is_tax_mark(number: str) -> bool:
    """Whether the last of ten digits, beginning with 8, is right.

    >>> is_tax_mark("8000000008"), is_tax_mark("8000000009")
    (True, False)
    """
    return weighted_sum(number, range(1, 10)) % 11 == int(number[9])

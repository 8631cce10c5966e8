"""Finland: personal identity codes that are given for a time.

As the lasting ones, with an individual number from 900 to 999: hospitals give them to patients
and newborn children whose own code is unknown.

Source: Väestötietoasetus 128/2010; Wikipedia, National identification number, Finland (2026-11).
"""

from governance.pii.number_checks.arithmetic import is_day_of_century

_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def is_temporary(number: str) -> bool:
    """Whether the day exists and the last sign is the remainder's by 31.

    >>> is_temporary("010594Y9032"), is_temporary("010594Y9033")
    (True, False)
    """
    day, month, year, order = number[:2], number[2:4], number[4:6], number[7:10]
    if not is_day_of_century(year, month, day):
        return False
    return number[10] == _LETTERS[int(day + month + year + order) % 31]

"""Uzbekistan: the personal number (JShShIR, ПИНФЛ).

Fourteen digits: sex and century, day, month and year of birth, three of the district, four
more.

Source: Cabinet of Ministers, resolution 177 of 12 April 2022 (lex.uz, document 5955665); the
package uz-types 0.26, pinfl.
"""

from governance.pii.number_checks.arithmetic import is_day_of_century


def is_pinfl(number: str) -> bool:
    """Whether the day of birth is in the calendar.

    >>> is_pinfl("30101900000000"), is_pinfl("30113900000000")
    (True, False)
    """
    return is_day_of_century(number[5:7], number[3:5], number[1:3])

"""Nicaragua: the identity card's number, 001-010190-0001A.

Municipality, day, month and year of birth, four digits, a letter.

Source: Ley de Identificación Ciudadana (Law 152); Consejo Supremo Electoral.
"""

from governance.pii.number_checks.arithmetic import is_day_of_century


def is_cedula(number: str) -> bool:
    """Whether the day of birth is in the calendar.

    >>> is_cedula("0010101900001A"), is_cedula("0010113900001A")
    (True, False)
    """
    return is_day_of_century(number[7:9], number[5:7], number[3:5])

"""Guatemala: the identification code (CUI) of the personal document.

Eight digits, one to check, two of the department, two of the municipality.

Source: Decreto 90-2005, Ley del Registro Nacional de las Personas; the package nationid 0.6.0,
GT_DPI (weights 2 to 9, remainder by eleven).
"""

from governance.pii.number_checks.arithmetic import weighted_sum

_DEPARTMENTS, _MOST_MUNICIPALITIES = 22, 33


def is_cui(number: str) -> bool:
    """Whether the check digit is right and the place can exist.

    >>> is_cui("1234567830101"), is_cui("1234567890101"), is_cui("1234567839901")
    (False, True, False)
    """
    is_place = (
        1 <= int(number[9:11]) <= _DEPARTMENTS and 1 <= int(number[11:]) <= _MOST_MUNICIPALITIES
    )
    return is_place and weighted_sum(number, range(2, 10)) % 11 == int(number[8])

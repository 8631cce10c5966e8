"""Taiwan: the national identity number and that of residents.

A letter for the place of registration, 1 or 2 (8 or 9 for residents), eight digits, the last
to check.

Source: the package stdnum 1.11 (npm), tw/natid, after the Ministry of Finance's guide 16968.
"""

from governance.pii.number_checks.arithmetic import weighted_sum

_VALUE_OF_LETTER = {letter: 10 + place for place, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO")}
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)


def is_national_id(number: str) -> bool:
    """Whether the last digit is right.

    >>> is_national_id("A123456789"), is_national_id("A123456788")
    (True, False)
    """
    return weighted_sum(f"{_VALUE_OF_LETTER[number[0]]}{number[1:]}", _WEIGHTS) % 10 == 0

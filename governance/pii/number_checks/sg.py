"""Singapore: NRIC and FIN.

S, T, F, G or M, seven digits, a letter to check.

Source: Immigration and Checkpoints Authority; check letters as published by Ngiam (2004), M
series from 2022.
"""

from governance.pii.number_checks.arithmetic import weighted_sum

_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
_OFFSETS = {"S": 0, "T": 4, "F": 0, "G": 4, "M": 3}
_LETTERS = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "F": "XWUTRQPNMLK", "G": "XWUTRQPNMLK"}
_LETTERS_OF_M = "KLJNPQRTUWX"


def is_nric(number: str) -> bool:
    """Whether the last letter is right.

    >>> is_nric("S1234567D"), is_nric("S1234567E")
    (True, False)
    """
    series = number[0]
    place = (_OFFSETS[series] + weighted_sum(number[1:8], _WEIGHTS)) % 11
    letters = _LETTERS.get(series)
    return number[8] == (letters[place] if letters else _LETTERS_OF_M[10 - place])

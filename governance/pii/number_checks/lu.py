"""Luxembourg: the national identification number (matricule).

Thirteen digits: date of birth, three of the order, one by Luhn and one by Verhoeff over the
first eleven.

Source: Law of 19 June 2013 on the identification of natural persons.
"""

from stdnum import luhn, verhoeff

from governance.pii.number_checks.arithmetic import is_day


def is_matricule(number: str) -> bool:
    """Whether the day of birth exists and both last digits are right.

    >>> is_matricule("1893120105732"), is_matricule("1893120105733")
    (True, False)
    """
    if not is_day(int(number[:4]), int(number[4:6]), int(number[6:8])):
        return False
    return bool(luhn.is_valid(number[:12]) and verhoeff.is_valid(number[:11] + number[12]))

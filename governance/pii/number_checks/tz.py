"""Tanzania: the national identification number (NIDA).

Twenty digits: date of birth, five of the postal area, five of the order, two more.

Source: Registration and Identification of Persons Act 11 of 1986; ujuzitz.com, "Mfano na namba
ya NIDA" (twenty digits, the first eight the day of birth).
"""

from governance.pii.number_checks.arithmetic import is_day


def is_national_id(number: str) -> bool:
    """Whether the day of birth is in the calendar.

    >>> is_national_id("19900101000010000112"), is_national_id("19901301000010000112")
    (True, False)
    """
    return is_day(int(number[:4]), int(number[4:6]), int(number[6:8]))

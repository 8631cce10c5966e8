"""Kyrgyzstan: the personal number (ПИН, ЖИН).

Fourteen digits: sex, day, month and year of birth, five more.

Source: structure as commonly published, unverified; so it needs a cue word.
"""

from governance.pii.number_checks.arithmetic import is_day


def is_pin(number: str) -> bool:
    """Whether the day of birth is in the calendar.

    >>> is_pin("20101199000000"), is_pin("20113199000000")
    (True, False)
    """
    return is_day(int(number[5:9]), int(number[3:5]), int(number[1:3]))

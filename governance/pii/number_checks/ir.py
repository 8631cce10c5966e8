"""Iran: the national code (کد ملی).

Ten digits, the last to check; ten times the same digit was never given out.

Source: National Organization for Civil Registration; the rule as in Iran's Tax Administration
documentation.
"""

from governance.pii.number_checks.arithmetic import weighted_sum


def is_national_code(number: str) -> bool:
    """Whether the last digit is right.

    >>> is_national_code("0499370899"), is_national_code("0499370898")
    (True, False)
    """
    if len(set(number)) == 1:
        return False
    rest = weighted_sum(number, range(10, 1, -1)) % 11
    return int(number[9]) == (rest if rest < 2 else 11 - rest)

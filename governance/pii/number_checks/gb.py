"""United Kingdom: the National Insurance number.

Two letters, six digits, A to D. Nothing checks it, but not all pairs of letters are in use.

Source: HM Revenue and Customs, National Insurance Manual, NIM39110.
"""

_NEVER_FIRST, _NEVER_SECOND = frozenset("DFIQUV"), frozenset("DFIQUVO")
_NEVER_PAIRS = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})


def is_national_insurance(number: str) -> bool:
    """Whether the two letters are in use.

    >>> is_national_insurance("AB123456C"), is_national_insurance("QQ123456C")
    (True, False)
    """
    is_in_use = number[0] not in _NEVER_FIRST and number[1] not in _NEVER_SECOND
    return is_in_use and number[:2] not in _NEVER_PAIRS

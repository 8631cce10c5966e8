"""Australia: the Medicare card's number.

Ten digits that begin with 2 to 6; the ninth checks the first eight, the tenth counts cards; an
eleventh names the person on the card.

Source: Services Australia; METEOR 270101, Medicare card number.
"""

from governance.pii.number_checks.arithmetic import weighted_sum


def is_medicare(number: str) -> bool:
    """Whether the ninth digit is right.

    >>> is_medicare("2123456701"), is_medicare("2123456711")
    (True, False)
    """
    return weighted_sum(number, (1, 3, 7, 9, 1, 3, 7, 9)) % 10 == int(number[8])

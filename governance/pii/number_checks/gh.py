"""Ghana: the Ghana Card's number, GHA-700000000-0.

The rule of its last digit is not public, so the beginning tells it.

Source: the package guardrails-african-pii (GHA-XXXXXXXXX-X); QoreID, "Ghana Card".
"""


def is_ghana_card(number: str) -> bool:
    """Whether the number begins with the country's code, as every citizen's does.

    >>> is_ghana_card("GHA7000000000"), is_ghana_card("GBA7000000000")
    (True, False)
    """
    return number.startswith("GHA")

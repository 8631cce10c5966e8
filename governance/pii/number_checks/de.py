"""Germany: health and pension insurance numbers.

Source: Social Code book V, section 290 (Krankenversichertennummer); VKVV, section 2
(Versicherungsnummer of the pension insurance).
"""

_PENSION_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)


def is_health_number(number: str) -> bool:
    """Whether the last digit is right, for a letter and nine digits.

    >>> is_health_number("A000500015"), is_health_number("A000500014")
    (True, False)
    """
    digits = f"{ord(number[0]) - 64:02}{number[1:9]}"
    return _cross_sums(digits, (1, 2) * 5) % 10 == int(number[9])


def is_pension_number(number: str) -> bool:
    """Whether the last digit is right, for eight digits, a letter and three digits.

    >>> is_pension_number("15070649C103"), is_pension_number("15070649C104")
    (True, False)
    """
    digits = f"{number[:8]}{ord(number[8]) - 64:02}{number[9:11]}"
    return _cross_sums(digits, _PENSION_WEIGHTS) % 10 == int(number[11])


def _cross_sums(digits: str, weights: tuple[int, ...]) -> int:
    products = (int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return sum(sum(divmod(product, 10)) for product in products)

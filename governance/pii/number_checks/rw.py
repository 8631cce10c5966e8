"""Rwanda: the national identity number (indangamuntu).

Sixteen digits: status (1 citizen, 2 refugee, 3 foreigner), year of birth, sex (8 or 7), seven
of the order, how often issued, two to check, whose rule is not public.

Source: National Identification Agency (NIDA), as explained by The New Times and KT Press, 2025.
"""


def is_national_id(number: str) -> bool:
    """Whether the year of birth and the digit for the sex are possible.

    >>> is_national_id("1199080000012034"), is_national_id("1199050000012034")
    (True, False)
    """
    return 1900 <= int(number[1:5]) <= 2099 and number[5] in "78"

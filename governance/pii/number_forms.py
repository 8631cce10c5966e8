"""Ways of writing numbers that are dates or amounts, and so nobody's."""

import re

_YEAR, _MONTH, _DAY = (
    r"(?:1[5-9]|20)[0-9]{2}",
    r"(?:0?[1-9]|1[0-2])",
    r"(?:0?[1-9]|[12][0-9]|3[01])",
)
_TIME = r"(?:[ T.-]?(?:[01]?[0-9]|2[0-4])(?:[ .:-]?[0-5][0-9]){0,2})?"
_DATE = re.compile(
    rf"(?:{_YEAR}([-./ ])(?:{_MONTH}\1{_DAY}|{_DAY}\1{_MONTH})"
    rf"|(?:{_DAY}([-./ ]){_MONTH}\2|{_MONTH}([-./ ]){_DAY}\3){_YEAR}"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|{_YEAR}-(?:{_YEAR}|[0-9]{{2}})){_TIME}"
)
_AMOUNT = re.compile(r"[1-9][0-9]{0,2}(?:([ .])[0-9]{3})(?:\1[0-9]{3})*")


# The prefilter leaves out the same fractions: 0.392555, 16.9230769231, but not 02.1234567.
_LONG_FRACTION = re.compile(r"[0-9]\.[0-9]{6,}|[1-9][0-9]{1,2}\.[0-9]{9,}")
_FRACTION = re.compile(r"[0-9]{1,7}\.[0-9]+")
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){3,}(?:[-+/][0-9A-Z.]+)?")
# Five and four digits: a postal code of the United States (ZIP+4). Counting up: an example.
_NOBODYS = re.compile(r"[0-9]{5}-[0-9]{4}|0?123456789?0?")


def is_date(written: str) -> bool:
    """Whether digits are a date, a date with a time, or two years with a hyphen.

    Day and month come in either order, years from 1500 to 2099.

    >>> is_date("31.12.2024"), is_date("20241231"), is_date("021 234 5678")
    (True, True, False)
    """
    return _DATE.fullmatch(written) is not None


def is_amount(written: str) -> bool:
    """Whether digits are grouped by thousands as amounts are.

    >>> is_amount("12 345 678"), is_amount("021 345 678")
    (True, False)
    """
    return _AMOUNT.fullmatch(written) is not None


def is_long_fraction(written: str) -> bool:
    """Whether digits are a fraction that no telephone number is written like.

    >>> is_long_fraction("3.14159265"), is_long_fraction("02.1234567")
    (True, False)
    """
    return _LONG_FRACTION.fullmatch(written) is not None


def is_fraction_or_version(written: str) -> bool:
    """Whether one dot, or three and more, part the digits as in a fraction or a version.

    >>> is_fraction_or_version("3.14159265"), is_fraction_or_version("192.168.1.20")
    (True, True)
    """
    return _FRACTION.fullmatch(written) is not None or _VERSION.fullmatch(written) is not None


def is_postcode_or_example(written: str) -> bool:
    """Whether digits are a ZIP+4 code, or count up from 0 or 1.

    >>> is_postcode_or_example("02110-1301"), is_postcode_or_example("0123456789")
    (True, True)
    """
    return _NOBODYS.fullmatch(written) is not None

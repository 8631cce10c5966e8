"""Egypt: the national number (الرقم القومي).

Fourteen digits: century (2 or 3), date of birth, governorate of birth, four of the day's
order and sex, one to check, whose rule is not public.

Source: Civil Status Law 143 of 1994 and the Civil Status Organisation's list of governorates.
"""

from governance.pii.number_checks.arithmetic import is_day

_GOVERNORATES = frozenset(
    [
        "01",
        "02",
        "03",
        "04",
        "11",
        "12",
        "13",
        "14",
        "15",
        "16",
        "17",
        "18",
        "19",
        "21",
        "22",
        "23",
        "24",
        "25",
        "26",
        "27",
        "28",
        "29",
        "31",
        "32",
        "33",
        "34",
        "35",
        "88",
    ]
)


def is_national_id(number: str) -> bool:
    """Whether the day of birth and the governorate exist.

    >>> is_national_id("29001011234567"), is_national_id("29013011234567")
    (True, False)
    """
    year = 1700 + 100 * int(number[0]) + int(number[1:3])
    return is_day(year, int(number[3:5]), int(number[5:7])) and number[7:9] in _GOVERNORATES

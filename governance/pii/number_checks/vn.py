"""Vietnam: the citizen's number (CCCD).

Twelve digits: province of birth, century and sex, year of birth, six of the order. Nothing
checks it, so the province must exist.

Source: Circular 07/2016/TT-BCA and 59/2021/TT-BCA of the Ministry of Public Security.
"""

_PROVINCES = frozenset(
    [
        "001",
        "002",
        "004",
        "006",
        "008",
        "010",
        "011",
        "012",
        "014",
        "015",
        "017",
        "019",
        "020",
        "022",
        "024",
        "025",
        "026",
        "027",
        "030",
        "031",
        "033",
        "034",
        "035",
        "036",
        "037",
        "038",
        "040",
        "042",
        "044",
        "045",
        "046",
        "048",
        "049",
        "051",
        "052",
        "054",
        "056",
        "058",
        "060",
        "062",
        "064",
        "066",
        "067",
        "068",
        "070",
        "072",
        "074",
        "075",
        "077",
        "079",
        "080",
        "082",
        "083",
        "084",
        "086",
        "087",
        "089",
        "091",
        "092",
        "093",
        "094",
        "095",
        "096",
    ]
)


def is_citizen_number(number: str) -> bool:
    """Whether the province exists and the century is the last one or ours.

    >>> is_citizen_number("001090123456"), is_citizen_number("003090123456")
    (True, False)
    """
    return number[:3] in _PROVINCES and number[3] in "0123"

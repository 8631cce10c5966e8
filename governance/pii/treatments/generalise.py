"""Less of the value: the year of a date of birth, a tenth of a degree, the network of an address.

A tenth of a degree is eleven kilometres, a town. An IPv4 address keeps its first two numbers
(65,536 addresses), an IPv6 one its first two groups (a provider). What cannot be cut down
surely, such as a date whose year has two digits, becomes a placeholder.

Source: HIPAA Safe Harbor, 45 CFR 164.514(b)(2) (year of a date); RFC 6177 (sizes of IPv6
networks); one degree of latitude is 111 km.
"""

import ipaddress
import re
import unicodedata

from governance.pii.fold import fold
from governance.pii.treatments.treatment import Treatment, Value
from schemas.privacy import GENERALISE, TYPES_OF

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DEGREES = re.compile(r"([-+]?\d{1,3})\.(\d)\d*( ?°)?( ?[NSEWOСЮВЗ](?!\w))?")
_SECONDS = "'′’\"″”"
_FIRST_YEAR, _LAST_YEAR = 1800, 2700


def _replace(value: Value) -> str | None:
    text = unicodedata.normalize("NFKC", value.text)
    return {"DATE_OF_BIRTH": _year, "COORDINATES": _tenths, "IP_ADDRESS": _network}[value.type](
        text
    )


def _year(text: str) -> str | None:
    """The year, in the digits that it is written in.

    >>> _year("12 March 1980"), _year("12.3.80")
    ('1980', None)
    """
    years = [year for year in _YEAR.findall(text) if _FIRST_YEAR <= int(year) <= _LAST_YEAR]
    return years[0] if len(years) == 1 else None


def _tenths(text: str) -> str | None:
    """Degrees with one decimal.

    >>> _tenths("-1.29207, 36.82195")
    '-1.2, 36.8'
    """
    if any(sign in text for sign in _SECONDS) or not _DEGREES.search(text):
        return None
    return _DEGREES.sub(lambda m: f"{m[1]}.{m[2]}{m[3] or ''}{m[4] or ''}", text)


def _network(text: str) -> str | None:
    """The network.

    >>> _network("93.184.216.34"), _network("2606:2800:220:1::25c8")
    ('93.184.x.x', '2606:2800::/32')
    """
    try:
        address = ipaddress.ip_address(fold(text).text)
    except ValueError:
        return None
    if address.version == 4:  # the version of the protocol
        return ".".join([*text.split(".")[:2], "x", "x"])
    groups = address.exploded.split(":")
    return f"{int(groups[0], 16):x}:{int(groups[1], 16):x}::/32"


TREATMENT = Treatment(
    GENERALISE,
    TYPES_OF[GENERALISE],
    is_unique=False,
    replace=_replace,
    source="45 CFR 164.514(b)(2), RFC 6177",
)

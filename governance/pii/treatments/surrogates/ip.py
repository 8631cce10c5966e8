"""Addresses for documentation: 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 and 2001:db8::/32.

Source: RFC 5737 (IPv4, 2010), RFC 3849 (IPv6, 2004).
"""

import re
from collections.abc import Iterator

from governance.pii.treatments.surrogates.draw import Draw, Range, ascii_digits, in_digits_of

_NETWORKS = ("192.0.2", "198.51.100", "203.0.113")
_V4 = re.compile(r"(?<![\w.])\d{3}(?:\.\d{1,3}){3}(?![0-9A-Za-z_]|\.\d)")
_V6 = re.compile(r"(?<![0-9A-Za-z:.])2001:db8:[0-9a-f]{1,4}:[0-9a-f]{1,4}::[0-9a-f]{1,4}(?![\w:])")
_OCTET = 256


def _make(original: str, _: str | None, draw: Draw) -> str:
    if ":" in original and "." not in original:
        return "2001:db8:{:x}:{:x}::{:x}".format(*(1 + draw.below(0xFFFF) for _ in range(3)))
    network = _NETWORKS[draw.below(len(_NETWORKS))]
    return in_digits_of(original, f"{network}.{draw.below(_OCTET)}")


def _find(text: str) -> Iterator[tuple[int, int]]:
    for match in _V4.finditer(text):
        network, _, last = ".".join(map(ascii_digits, match.group().split("."))).rpartition(".")
        if network in _NETWORKS and int(last) < _OCTET:
            yield match.span()
    yield from (match.span() for match in _V6.finditer(text))


RANGE = Range(
    type="IP_ADDRESS",
    make=_make,
    find=_find,
    hint=r"\p{Nd}{3}\.\p{Nd}{1,3}\.\p{Nd}{1,3}\.\p{Nd}|2001:db8:",
    source="RFC 5737, RFC 3849",
)

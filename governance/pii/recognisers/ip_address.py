"""Public IPv4 and IPv6 addresses.

Private, documentation and other reserved ranges name nobody and stay. So do
versions and section numbers that look alike: after "version", "v" or "§" in
some forty languages, inside a longer dotted number, joined to a package name,
or beginning below 32 with at most one group above (1.2.3.4, 2.6.38.6), unless "IP"
or "server" stands before.

Source: RFC 791, RFC 4291, RFC 5952; public as IANA's special-purpose registries
have it in Python's `ipaddress` (is_global), multicast and the networks that end
in `::` left out. 32: of random addresses 0.5 % look like that, of versions nearly all.
"""

import ipaddress
import re
from collections.abc import Iterator
from functools import lru_cache

from governance.pii.kinds import ADDRESS
from governance.pii.recogniser import DIRECT_CHARS, Recogniser, Window

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_V4_BARE = rf"(?:{_OCTET}\.){{3}}{_OCTET}"
# Begins with its digits, not with what may not stand before them: `re` then skips to digits.
_V4 = re.compile(
    r"[0-9][0-9]{0,2}(?:\.[0-9]{1,3}){3}"
    r"(?![0-9A-Za-z_~+]|\.[0-9A-Za-z*]|-(?![0-9]{1,3}\.)[0-9A-Za-z])"
)
_NOT_BEFORE_V4 = re.compile(r"(?:[0-9A-Za-z_.~+]|[A-Za-z_~+]-|[0-9:]:)\Z")
_V6 = re.compile(
    r"(?<![0-9A-Za-z:.])(?:[0-9A-Fa-f]{1,4}:){1,7}(?::|[0-9A-Fa-f]{1,4})"
    r"(?::?[0-9A-Fa-f]{1,4}){0,7}(?![0-9A-Za-z:])"
)
_MAPPED = re.compile(rf"(?<![0-9A-Za-z:.])::(?:[Ff]{{4}}:)?({_V4_BARE})(?![0-9A-Za-z.])")
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_VERSION_OCTET = 32
_NO_CUE = 99
_CANDIDATE_UNITS = 3


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of public addresses, without port or prefix length."""
    text = window.text
    for match in _V4.finditer(text):
        window.spend(_CANDIDATE_UNITS)
        start, address = match.start(), match.group()
        if _NOT_BEFORE_V4.search(text, max(0, start - 2), start) or not _is_public(address):
            continue
        if not _is_version(window, start, address):
            yield match.span()
    if "::" in text or text.count(":") > 6:
        for match in _V6.finditer(text):
            window.spend(_CANDIDATE_UNITS)
            if _is_public(match.group()):
                yield match.span()
        for match in _MAPPED.finditer(text):
            if _is_public(match[1]):
                yield match.span()


@lru_cache(maxsize=4096)  # the same few addresses fill a page
def _is_public(written: str) -> bool:
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return False
    if address.version == 6 and (address not in _GLOBAL_UNICAST or written.endswith("::")):
        return False
    return address.is_global and not address.is_multicast


def _is_version(window: Window, start: int, address: str) -> bool:
    cues = window.cues(start)
    version, announced = cues.get("version", _NO_CUE), cues.get("ip", _NO_CUE)
    is_same_line = "\n" not in window.text[max(0, start - announced - 1) : start]
    if announced <= DIRECT_CHARS and announced < version and is_same_line:
        return False
    octets = [int(octet) for octet in address.split(".")]
    small = sum(octet < _VERSION_OCTET for octet in octets)
    return version <= DIRECT_CHARS or (octets[0] < _VERSION_OCTET and small >= 3)


RECOGNISER = Recogniser(
    name="IP address",
    type="IP_ADDRESS",
    anchors=ADDRESS,
    strictness=3,
    find=find,
    description="Public IPv4 and IPv6 addresses; versions and reserved ranges stay.",
    source="RFC 791, RFC 4291, IANA special-purpose registries",
)

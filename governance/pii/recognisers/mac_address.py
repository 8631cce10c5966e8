"""Hardware addresses of network devices: 6c:40:08:00:53:ff, 6C-40-08-00-53-FF.

Six groups of two hexadecimal digits with one kind of sign. A telephone or a laptop is somebody's.
Broadcast, zero, multicast and the range for documentation name no device and stay.

Source: IEEE 802 (EUI-48), RFC 7042 section 2.1 (00-00-5E-00-53 for documentation).
"""

import re
from collections.abc import Iterator

from governance.pii.kinds import ADDRESS
from governance.pii.recogniser import Recogniser, Window

_MAC = re.compile(
    r"(?<![0-9A-Za-z:.-])[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}(?![0-9A-Za-z]|[:-][0-9A-Fa-f])"
)
_DOCUMENTATION = "00005e0053"
_GROUP_BIT = 1


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of addresses of single devices."""
    for match in _MAC.finditer(window.text):
        digits = match.group().replace(match[1], "").lower()
        is_device = not int(digits[:2], 16) & _GROUP_BIT and len(set(digits)) > 1
        if is_device and not digits.startswith(_DOCUMENTATION):
            yield match.span()


RECOGNISER = Recogniser(
    name="MAC address",
    type="MAC_ADDRESS",
    anchors=ADDRESS,
    strictness=4,
    find=find,
    description="Hardware addresses of single devices.",
    source="IEEE 802 (EUI-48), RFC 7042",
)

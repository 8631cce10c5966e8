"""Hardware addresses for documentation: 00-00-5E-00-53-00 to 00-00-5E-00-53-FF.

Source: RFC 7042, section 2.1.1 (2013).
"""

import re
from collections.abc import Iterator

from governance.pii.treatments.surrogates.draw import Draw, Range

_MAC = re.compile(
    r"(?<![0-9A-Za-z:.-])00([:-])00\1(?:5E\1(?:00\1)53\1[0-9A-F]{2}|5e\1(?:00\1)53\1[0-9a-f]{2})"
    r"(?![0-9A-Za-z]|[:-][0-9A-Fa-f])"
)


def _make(original: str, _: str | None, draw: Draw) -> str:
    sign = ":" if ":" in original else "-"
    written = sign.join(("00", "00", "5e", "00", "53", f"{draw.below(256):02x}"))
    return written if original == original.lower() else written.upper()


def _find(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _MAC.finditer(text))


RANGE = Range(
    type="MAC_ADDRESS",
    make=_make,
    find=_find,
    hint=r"00[:-]00[:-]5[eE][:-]00[:-]53",
    source="RFC 7042",
)

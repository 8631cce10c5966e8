"""Coordinates finer than a village.

Degrees with three decimals and more (110 m) in pairs, or with seconds (30 m). A pair of
fractions may mean anything, so it needs a hemisphere, a degree sign, a word such as "GPS" or
"широта", or a link to a map around it. Coarser ones name a place, not a home, and stay.

Source: ISO 6709 (ways of writing), RFC 5870 (geo URI); one degree of latitude is 111 km.
"""

import re
from collections.abc import Iterator

from governance.pii.kinds import CUED, PLACE
from governance.pii.recogniser import Recogniser, Window

_SIDE = r"(?:[ ]?[NSEWOСЮВЗ](?![^\W\d_]))"
_DEGREES = rf"[-+]?[0-9]{{1,3}}\.[0-9]{{3,12}}(?![0-9])(?:[ ]?°)?{_SIDE}?"
_PAIR = re.compile(
    rf"(?<![0-9A-Za-z.,])(?<![0-9]-)({_DEGREES})(?:[,;/]| [,;/]?) ?({_DEGREES})(?![0-9.]|,[0-9])"
)
_ONE = re.compile(rf"(?<![0-9A-Za-z.,])(?<![0-9]-){_DEGREES}(?![0-9A-Za-z%])")
_SECONDS = re.compile(
    r"(?<![0-9.])[0-9]{1,3} ?° ?[0-9]{1,2} ?['′’] ?[0-9]{1,2}(?:[.,][0-9]{1,6})? ?"
    r"(?:[\"″”]|['′’]{2})(?: ?[NSEWOСЮВЗ](?![^\W\d_]))?"
)
_SIGNED = re.compile("[°NSEWOСЮВЗ]")
_MAP_LINK = re.compile(r"(?:geo:|/@|[?&](?:q|ll|center|query|daddr|saddr|sll|mlat)=|\bloc:)\Z")
_MOST_LATITUDE, _MOST_LONGITUDE = 90.0, 180.0
_CUE_CHARS, _ONE_CUE_CHARS = 24, 3
_CANDIDATE_UNITS = 4


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of pairs, of single degrees right after their own word, and of seconds."""
    text = window.text
    if "°" in text:
        yield from (match.span() for match in _SECONDS.finditer(text))
    for match in _PAIR.finditer(text):
        window.spend(_CANDIDATE_UNITS)
        if _is_on_earth(match[1], match[2]) and _is_told(window, match):
            yield match.span()
    for match in _ONE.finditer(text):
        if window.has_cue("geo", match.start(), _ONE_CUE_CHARS) and _is_on_earth(match.group()):
            yield match.span()


def _is_told(window: Window, pair: re.Match[str]) -> bool:
    if _SIGNED.search(pair[1]) and _SIGNED.search(pair[2]):
        return True
    start = pair.start()
    link = _MAP_LINK.search(window.text, max(0, start - 10), start)
    return link is not None or window.has_cue("geo", start, _CUE_CHARS)


def _is_on_earth(first: str, second: str = "0") -> bool:
    """Whether both are degrees of latitude and longitude, in either order."""
    sizes = [abs(float(re.sub("[^0-9.]", "", written))) for written in (first, second)]
    return min(sizes) <= _MOST_LATITUDE and max(sizes) <= _MOST_LONGITUDE


RECOGNISER = Recogniser(
    name="Coordinates",
    type="COORDINATES",
    anchors=PLACE | CUED,
    strictness=3,
    find=find,
    description="Latitude and longitude to 110 metres or less, by sign, cue word or map link.",
    source="ISO 6709, RFC 5870",
)

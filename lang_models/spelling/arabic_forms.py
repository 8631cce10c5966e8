"""Arabic letters stored as the shapes they have in a word, as programs of the time of print did.

A shape becomes its letter. Where a word ended in a shape that does not join and the next letter
follows without a space, a ZWNJ keeps the two apart, as they were drawn.

Left alone: the signs for whole phrases (ﷺ, ﷲ, ﷼), which are written on purpose; vowel marks with
a space or a kashida of their own; and lines whose shapes stand in the order of the eye, from left
to right: those are told by `has_visual_order`, for turning them round would be a guess.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from lang_models.spelling._rule import Spelling, one_by_one

#: Letters and ligatures of letters of both blocks of presentation forms, Persian, Urdu, Sindhi,
#: Uyghur and Kurdish among them.
_BLOCKS = (
    range(0xFB50, 0xFBB2),
    range(0xFBD3, 0xFD3E),
    range(0xFD50, 0xFDC8),
    range(0xFE80, 0xFEFD),
)
SHAPES = "[" + "".join(f"{chr(block[0])}-{chr(block[-1])}" for block in _BLOCKS) + "]"
_RUN = re.compile(SHAPES + "+")
#: Letters that never join to the next one: ZWNJ would say nothing there.
_NEVER_JOINS = frozenset("ءآأؤإاةدذرزوٱٲٳڈڌڍڎژڑڒړۀۃۅۆۇۈۉۋےۓە")
_ZWNJ = "\u200c"


class _Shape(NamedTuple):
    letters: str
    joins_before: bool  # medial and final shapes
    joins_after: bool  # initial and medial shapes


@cache
def _shapes() -> dict[str, _Shape]:
    """Every shape with its letters, from the compatibility decompositions (UAX #44)."""
    found = {}
    for shape in map(chr, (point for block in _BLOCKS for point in block)):
        kind, _, points = unicodedata.decomposition(shape).partition(" ")
        letters = "".join(chr(int(point, 16)) for point in points.split())
        if kind in ("<isolated>", "<final>", "<initial>", "<medial>") and letters[0] not in " ـ":
            joins_before = kind in ("<medial>", "<final>")
            found[shape] = _Shape(letters, joins_before, kind in ("<initial>", "<medial>"))
    return found


def _logical(line: str) -> str:
    if _turned(line) > 0:
        return line
    return _RUN.sub(lambda run: _letters(run.group()), line)


def _letters(run: str) -> str:
    """The letters of shapes in a row."""
    shapes = _shapes()
    parts = []
    for place, one in enumerate(run):
        shape = shapes.get(one, _Shape(one, joins_before=True, joins_after=True))
        following = shapes.get(run[place + 1 : place + 2])
        parts.append(shape.letters)
        ends = not shape.joins_after and shape.letters[-1] not in _NEVER_JOINS
        if ends and following and not following.joins_before:
            parts.append(_ZWNJ)
    return "".join(parts)


def _turned(line: str) -> int:
    """Pairs of shapes that join only from left to right, minus those that join as they stand."""
    shapes = _shapes()
    turned = 0
    for run in _RUN.findall(line):
        known = [shapes[one] for one in run if one in shapes]
        for first, second in pairwise(known):
            as_stored = first.joins_after and second.joins_before
            as_seen = first.joins_before and second.joins_after
            turned += as_seen - as_stored
    return turned


def _joined(text: str) -> str:
    return "\n".join(map(_logical, text.split("\n")))


def has_visual_order(text: str) -> bool:
    """Whether any line has Arabic shapes in the order of the eye, the last letter first.

    >>> has_visual_order("ﻡﻼﺳ"), has_visual_order("ﺳﻼﻡ")
    (True, False)
    """
    return any(_turned(line) > 0 for line in text.split("\n"))


RULES = (
    Spelling(
        name="arabic-shapes",
        tags=frozenset(),
        suspect=SHAPES,
        apply=one_by_one(_joined),
        about="shapes of Arabic letters (U+FB50 to U+FEFC) become letters (ﻻ → لا); a ZWNJ keeps "
        "apart what was drawn apart. Signs for whole phrases stay, and lines in visual order",
        reversible="yes, by shaping the text again",
        source="Unicode Character Database 17.0 (2025), compatibility decompositions; Core "
        "Specification 9.2: the shapes are for old programs only",
    ),
)

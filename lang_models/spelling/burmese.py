"""Zawgyi, the font encoding that half of Burma wrote in until 2019, into Unicode.

It uses the code points of Unicode's Myanmar block for other letters and in another order, so it
passes for Unicode everywhere and reads as nonsense. It is told by what no language of the block
writes in Unicode, and only where that outweighs by far what Zawgyi cannot hold. Shan, Mon, Karen
and the other languages of the block stay as they are. Each line is told by itself, for pages are
put together from many hands; a short line that tells nothing goes with the others of its text if
none of them speaks for Unicode.

What stays: lines of both encodings at once, which `is_doubtful` tells; Unicode text with the signs
of a syllable in another order.
"""

import re

from lang_models.spelling._rule import Spelling, one_by_one
from lang_models.spelling._zawgyi_letters import to_unicode

_BLOCK = "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"
#: What a virama can stand before, in any language of the block.
_STACKS = (
    "\u1000-\u1021\u1023-\u102a\u103f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070"
    "\u1075-\u1081\u108e\ua9e0-\ua9e4\ua9e7-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa6f\uaa71-\uaa76\uaa7a"
)
#: Signs that no vowel E and no medial comes after, within a syllable.
_ENDS = "\u102b-\u1030\u1032\u1036-\u1039"
_ONLY_ZAWGYI = re.compile(
    f"\u1039(?![{_STACKS}])|(?<![{_BLOCK}])[\u1031\u103b\u103c]|(?<=[{_ENDS}])[\u1031\u103b\u103c]"
)
#: The medial H; asat with visarga or dot below; E with anything but a letter after it.
_ONLY_UNICODE = re.compile(
    "\u103e|[\u1004\u1009\u100a\u1010\u1014\u1015\u1019\u101a]\u103a\u1038|\u1037\u103a|\u103a\u1037"
    "|\u1031(?![\u1000-\u1021\u1023-\u102a\u1031\u103b\u103f\u1040\u106a\u106b\u106e\u106f\u107e-\u1084"
    "\u1086\u108f-\u1092\u1097])"
)
#: One sign may be a slip of the pen. Of 8,458 Burmese lines none in Unicode has two of them, of
#: 7,819 in six other languages of the block one has (and that is Zawgyi); measured 2026-11-25.
_LEAST_SIGNS = 2
#: Lines of real Zawgyi, half mended by hand, have up to half as many signs of Unicode (the same).
_LEAST_ODDS = 2

_ZAWGYI, _UNICODE, _UNTOLD = "zawgyi", "unicode", "untold"


def _told(line: str) -> str:
    """Which encoding the signs of a line tell."""
    zawgyi = len(_ONLY_ZAWGYI.findall(line))
    unicode = len(_ONLY_UNICODE.findall(line))
    if zawgyi >= _LEAST_SIGNS and zawgyi >= _LEAST_ODDS * unicode:
        return _ZAWGYI
    return _UNICODE if unicode else _UNTOLD


def _mend(text: str) -> str:
    lines = text.split("\n")
    told = [_told(line) for line in lines]
    if _ZAWGYI not in told:
        return text
    mended = [to_unicode(line) for line in lines]
    sound = [_told(line) != _ZAWGYI for line in mended]
    is_all = _UNICODE not in told and all(sound)
    return "\n".join(
        new if good and (was == _ZAWGYI or (is_all and was == _UNTOLD)) else old
        for old, new, was, good in zip(lines, mended, told, sound, strict=True)
    )


def is_doubtful(text: str) -> bool:
    """Whether a line still has signs of Zawgyi, more than slips of the pen.

    >>> is_doubtful("မြန်မာနိုင်ငံ")
    False
    """
    return any(len(_ONLY_ZAWGYI.findall(line)) >= _LEAST_SIGNS for line in text.split("\n"))


#: The same as `_ONLY_ZAWGYI` without looking ahead or behind.
SUSPECT = f"\u1039(?:[^{_STACKS}]|$)|(?:^|[^{_BLOCK}]|[{_ENDS}])[\u1031\u103b\u103c]"

RULES = (
    Spelling(
        name="zawgyi",
        tags=frozenset(),
        suspect=SUSPECT,
        apply=one_by_one(_mend),
        about="lines in Zawgyi become Unicode (ျမန္မာ → မြန်မာ); lines of both at once stay and "
        "are flagged `zawgyi-doubtful`",
        reversible="nearly: ICU's my-Zawgyi gives it back but for the choice among shapes",
        source="Unicode Technical Note 11, version 4 (2012); charts of the Zawgyi-One font (2008); "
        "Unicode FAQ on Myanmar (2024)",
    ),
)

"""Beginning, middle and end of a text, safe to be shown."""

import re
import unicodedata
from collections import Counter
from typing import Any

#: Code points shown of each part; the protocol of HPLT v3 shows short texts whole and
#: 500 each of longer ones (2025).
PART_CHARS = 500
#: Signs that show nothing, or that change how what follows is set (controls, overrides of
#: direction, tags, surrogates); joiners and direction marks stay, for scripts need them.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f]"
)


def excerpt(text: str | None) -> dict[str, Any]:
    r"""The parts of a text that a steward reads.

    Args:
        text: masked text, or None when none was written.

    Returns:
        `parts`, one for a short text and three for a longer one, with unseen signs shown
        as a replacement character; `chars`, its length in code points; and `direction`,
        the one that most of its letters run in. (A browser would go by the first letter
        only, and would set an Arabic page that begins with an address from the left.)

    >>> excerpt("a" * 2000)["chars"], [len(part) for part in excerpt("a" * 2000)["parts"]]
    (2000, [500, 500, 500])
    >>> excerpt(None)
    {'parts': [], 'chars': None, 'direction': 'ltr'}
    >>> excerpt("example.org\nمرحبا بالعالم")["direction"]
    'rtl'
    """
    if text is None:
        return {"parts": [], "chars": None, "direction": "ltr"}
    if len(text) <= 3 * PART_CHARS:
        parts = [text]
    else:
        middle = (len(text) - PART_CHARS) // 2
        later = (text[middle : middle + PART_CHARS], text[-PART_CHARS:])
        parts = [text[:PART_CHARS], *map(_from_a_base, later)]
    shown = list(map(visible, parts))
    return {"parts": shown, "chars": len(text), "direction": _direction("".join(shown))}


def visible(text: str) -> str:
    r"""The text with unseen signs shown as a replacement character, so that it cannot act.

    >>> visible("\x1b[2J safe\n")
    '\ufffd[2J safe\n'
    """
    return _UNSEEN.sub("\ufffd", text)


def _direction(text: str) -> str:
    """The direction of most letters, by the Unicode Bidirectional Algorithm (UAX #9)."""
    kinds = Counter(map(unicodedata.bidirectional, text))
    return "rtl" if kinds["R"] + kinds["AL"] > kinds["L"] else "ltr"


def _from_a_base(part: str) -> str:
    """The part without marks at its beginning that belong to a letter which was cut off."""
    start = next(
        (place for place, char in enumerate(part) if unicodedata.category(char)[0] != "M"), 0
    )
    return part[start:]

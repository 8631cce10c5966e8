"""Kinds of characters, as far as they tell a right decoding from a wrong one."""

import unicodedata
from functools import cache

OTHER, LOWER, UPPER, CASELESS, MARK, JOINER, SIGN, DIGIT, NONSENSE = range(9)
QUOTE, LOW_QUOTE, APOSTROPHE, DASH = range(9, 13)
#: How many kinds there are.
KINDS = 13
#: The kinds of which words are made.
LETTERS = (LOWER, UPPER, CASELESS, MARK)
#: The kinds of punctuation that printed text is full of.
PUNCTUATION = (JOINER, QUOTE, LOW_QUOTE, APOSTROPHE, DASH)

_FORMAT_CONTROLS = "\u200c\u200d\u200e\u200f\u00ad"
_JOINERS = frozenset("\u00a0·ـ\u200c\u200d\u200e\u200f")
_QUOTES = frozenset("‘“”«»‹›…•№،؟؛")
#: Signs that are seen in ordinary text now and then; all others are rare.
COMMON_SIGNS = frozenset("€£©®™°§½¡¿ºª¹²³´\u00ad¼¾†‡×÷±µ₪฿‰")
_BY_CATEGORY = {
    "Ll": LOWER,
    "Lu": UPPER,
    "Lt": UPPER,
    "Lo": CASELESS,
    "Lm": CASELESS,
    "Mn": MARK,
    "Mc": MARK,
    "Me": MARK,
    "Nd": DIGIT,
}
_BY_CHARACTER = {
    "\ufffd": NONSENSE,
    "’": APOSTROPHE,
    "–": DASH,
    "—": DASH,
    "„": LOW_QUOTE,
    "‚": LOW_QUOTE,
    **dict.fromkeys(_JOINERS, JOINER),
    **dict.fromkeys(_QUOTES, QUOTE),
}


@cache
def kind(character: str) -> int:
    r"""The kind of a character. ASCII signs, spaces and controls are OTHER.

    >>> kind("ж") == LOWER, kind("„") == LOW_QUOTE, kind("\x85") == NONSENSE
    (True, True, True)
    """
    if character in _BY_CHARACTER:
        return _BY_CHARACTER[character]
    category = unicodedata.category(character)
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    if character < "\x80":
        return OTHER
    is_control = category.startswith("C") and character not in _FORMAT_CONTROLS
    return NONSENSE if is_control else SIGN


@cache
def script(character: str) -> str:
    r"""First word of a letter's Unicode name, such as CYRILLIC; empty for what is no letter.

    Marks that combine with any script have none.

    >>> script("ж"), script("7"), script("\u0301")
    ('CYRILLIC', '', '')
    """
    if kind(character) not in LETTERS:
        return ""
    name = unicodedata.name(character, "").split(" ")[0]
    return "" if name == "COMBINING" else name

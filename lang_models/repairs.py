"""The repairs that normalising makes, in their order; each leaves sound text as it is."""

import re
from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from lang_models import composition, mojibake
from lang_models.spelling import ANY_LANGUAGE, Spelling


class Repair(NamedTuple):
    """One kind of damage and its repair.

    Attributes:
        name: as it stands in the `repairs` of a document.
        suspect: gives a regular expression (of polars) that matches all texts it may change.
        apply: the texts, repaired; given only texts that `suspect` matches.
        unless: a text in which this expression matches is left alone.
    """

    name: str
    suspect: Callable[[], str]
    apply: Callable[[pl.Series], pl.Series]
    unless: str | None = None


def _replacing(name: str, pattern: str, value: str = "", unless: str | None = None) -> Repair:
    return Repair(name, lambda: pattern, lambda text: text.str.replace_all(pattern, value), unless)


def _of_spelling(rule: Spelling) -> Repair:
    return Repair(rule.name, lambda: rule.suspect, rule.apply)


#: As line printers made letters bold or underlined: X^HX, _^HX.
_OVERSTRUCK = re.compile(r"_\x08(?=[^\x08])|([^\n\x08])\x08(?=\1)")


def _unstrike(text: pl.Series) -> pl.Series:
    return pl.Series([_OVERSTRUCK.sub("", one) for one in text], dtype=pl.String)


#: CR LF, CR, vertical tab, form feed, NEL, line and paragraph separator (Unicode 5.8, R4).
_LINE_ENDS = r"\r\n?|[\x0b\x0c\x{85}\x{2028}\x{2029}]"
#: C0 without tab and line feed, DEL, C1; formatting characters that Unicode deprecates (23.3);
#: annotation and object signs (23.8), which mean nothing outside one program.
_CONTROLS = r"[\x00-\x08\x0e-\x1f\x7f-\x{84}\x{86}-\x{9f}\x{206a}-\x{206f}\x{fff9}-\x{fffc}]"
#: The 66 code points that no text may hold (Unicode 23.7).
_NONCHARACTERS = (
    r"[\x{fdd0}-\x{fdef}"
    + "".join(rf"\x{{{plane:x}fffe}}\x{{{plane:x}ffff}}" for plane in range(17))
    + "]"
)
#: Tag characters spell out text that nobody sees; they belong only after the black flag, in the
#: flags of England, Scotland and Wales (UTS #51, C.1).
_TAGS = r"(\x{1f3f4}[\x{e0020}-\x{e007f}]+)|[\x{e0000}-\x{e007f}]"
#: Scripts written without spaces use the zero-width space to part words (UAX #14, class SA).
_PARTED_BY_ZERO_WIDTH = (
    r"[\p{Khmer}\p{Thai}\p{Lao}\p{Myanmar}\p{Tibetan}\p{Tai_Tham}\p{Tai_Viet}\p{Tai_Le}"
    r"\p{New_Tai_Lue}\p{Javanese}\p{Balinese}\p{Han}\p{Hiragana}\p{Katakana}\p{Yi}]"
)

REPAIRS = (
    Repair("mojibake", mojibake.suspect, mojibake.mend_all),
    _replacing("line-ends", _LINE_ENDS, "\n"),
    _replacing("terminal-escapes", r"\x1b\[[0-9;]*[A-Za-z]"),
    Repair("overstrikes", lambda: r"\x08", _unstrike),
    _replacing("controls", _CONTROLS),
    _replacing("noncharacters", _NONCHARACTERS),
    _replacing("byte-order-marks", r"\x{feff}"),
    _replacing("bidi-overrides", r"[\x{202d}\x{202e}]"),
    _replacing("hidden-tags", _TAGS, "$1"),
    _replacing("zero-width-spaces", r"\x{200b}", unless=_PARTED_BY_ZERO_WIDTH),
    *(_of_spelling(rule) for rule in ANY_LANGUAGE),
    Repair("nfc", composition.suspect, composition.compose),
)

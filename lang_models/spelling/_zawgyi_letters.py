"""From the code points of Zawgyi to those of Unicode: letter by letter, then into order.

Zawgyi has a code point for each shape that a letter takes and stores them as they are drawn, the
vowel E and the medial R before their consonant. Unicode has one code point a letter and stores
them as they are read. So each shape is first named by its letter, then each syllable is put in
order.

Source: the order of signs in a syllable from Unicode Technical Note 11, version 4 (Hosken 2012);
what each Zawgyi code point stands for from the charts of the Zawgyi-One font (2008). The outcome
was compared with ICU 72's transform Zawgyi-my, on 8,457 lines (docs/normalisation.md).
"""

import re
import unicodedata

#: The small ng above the next letter, until its place in the syllable is found.
_KINZI = "\ue000"
#: Asat behind the vowel AA, as in ေ-ာ်; elsewhere it stands before the vowels below.
_LATE_ASAT = "\ue001"
_MEDIAL_R = "\u103c"
_ASAT, _MEDIAL_Y, _E, _VIRAMA = "\u103a", "\u103b", "\u1031", "\u1039"
_CONSONANTS = "\u1000-\u1021\u1023-\u1027\u1029\u103f"

#: Consonants below another one, from U+1060 on; 0 where the code point is none.
_STACKED = {
    **dict(enumerate(range(0x1000, 0x1004), 0x1060)),
    **dict(enumerate((0x1005, 0x1006, 0x1006, 0x1007, 0x1008), 0x1065)),
    **dict(enumerate((0x100B, 0x100C), 0x106C)),
    **dict(enumerate((0x100F, 0x1010, 0x1010, 0x1011, 0x1011, *range(0x1012, 0x101A)), 0x1070)),
    0x1085: 0x101C,
    0x1093: 0x1018,
}
_LETTERS = {
    0x1033: "\u102f", 0x1034: "\u1030",
    0x1039: _ASAT, 0x103A: _MEDIAL_Y, 0x103B: _MEDIAL_R, 0x103C: "\u103d", 0x103D: "\u103e",
    0x105A: "\u102b\u103a", 0x1064: _KINZI, 0x106A: "\u1009", 0x106B: "\u100a",
    0x106E: "\u100d\u1039\u100d", 0x106F: "\u100d\u1039\u100e", 0x107D: _MEDIAL_Y,
    **dict.fromkeys(range(0x107E, 0x1085), _MEDIAL_R), 0x1086: "\u103f", 0x1087: "\u103e",
    0x1088: "\u103e\u102f", 0x1089: "\u103e\u1030", 0x108A: "\u103d\u103e",
    0x108B: _KINZI + "\u102d", 0x108C: _KINZI + "\u102e", 0x108D: _KINZI + "\u1036",
    0x108E: "\u102d\u1036", 0x108F: "\u1014", 0x1090: "\u101b", 0x1091: "\u100f\u1039\u100d",
    0x1092: "\u100b\u1039\u100c", 0x1094: "\u1037", 0x1095: "\u1037",
    0x1096: "\u1039\u1010\u103d", 0x1097: "\u100b\u1039\u100b",
    **{shape: _VIRAMA + chr(letter) for shape, letter in _STACKED.items()},
}  # fmt: skip

_SYLLABLE = re.compile(
    rf"([{_E}{_MEDIAL_R}]*)([{_CONSONANTS}\u1040])"
    rf"((?:{_VIRAMA}[\u1000-\u1021]|[{_KINZI}\u102b-\u1030\u1032\u1036-\u103b\u103d\u103e])*)"
)
_STACK = re.compile(_VIRAMA + "[\u1000-\u1021]")
_ORDER = _KINZI + "\u103b\u103c\u103d\u103e\u1031\u102d\u102e\u1032\u103a\u102f\u1030\u102b\u102c"
_RANK = {sign: rank for rank, sign in enumerate(_ORDER + _LATE_ASAT + "\u1036\u1037\u1038")}

#: What typists took for another letter: zero for W, four for the sign of "the same", and the
#: vowel U for NY; and two letters that Zawgyi only has in parts.
_BEFORE = (
    (re.compile("(?<![\u1040-\u1049.,])\u1040(?=[\u1000-\u1021\u102b-\u103e])"), "\u101d"),
    (re.compile(f"(?<=[{_E}{_MEDIAL_R}])\u1040"), "\u101d"),
    (re.compile("(?<![\u1040-\u1049.,])\u1044(?=\u1004\u103a\u1038)"), "\u104e"),
    (re.compile("\u104e(?!\u1004)"), "\u104e\u1004\u103a\u1038"),
)
#: A medial after a vowel has lost its syllable.
_AFTER = (
    (re.compile("([\u102d-\u1031]+)([\u103b-\u103e]+)"), r"\2\1"),
    (re.compile("([\u103b-\u103e])\\1"), r"\1"),
    (re.compile("\u1025\u102e"), "\u1026"),
    (re.compile("\u1025(?=[\u103a\u1039])"), "\u1009"),
    (re.compile("\u101e\u103c\u1031\u102c\u103a"), "\u102a"),
)


def to_unicode(text: str) -> str:
    """Zawgyi text in Unicode (NFC); nothing but Burmese letters changes.

    >>> to_unicode("ျမန္မာႏိုင္ငံ")
    'မြန်မာနိုင်ငံ'
    """
    text = text.translate(_LETTERS)
    for pattern, value in _BEFORE:
        text = pattern.sub(value, text)
    text = _SYLLABLE.sub(_in_order, text)
    for pattern, value in _AFTER:
        text = pattern.sub(value, text)
    text = text.replace(_KINZI, "\u1004\u103a\u1039")
    return unicodedata.normalize("NFC", text)  # puts the dot below before the asat


def _in_order(syllable: re.Match[str]) -> str:
    before, consonant, tail = syllable.groups()
    if not (before or tail):
        return consonant
    stacked = "".join(_STACK.findall(tail))
    # Typed twice, a sign is drawn over itself and nobody sees it.
    signs = "".join(dict.fromkeys(before + _STACK.sub("", tail)))
    kinzi = "\u1004\u103a\u1039" if _KINZI in signs else ""
    asat, signs = _placed_asat(signs.replace(_KINZI, ""))
    ordered = "".join(sorted(signs, key=_RANK.__getitem__))
    return kinzi + consonant + stacked + asat + ordered.replace(_LATE_ASAT, _ASAT)


def _placed_asat(signs: str) -> tuple[str, str]:
    """Asat at the consonant itself, before a medial Y (ယောက်ျား), or among the other signs."""
    if _ASAT not in signs:
        return "", signs
    has_aa = "\u102b" in signs or "\u102c" in signs
    is_late = has_aa and _E in signs
    if _MEDIAL_Y in signs and not is_late:
        return _ASAT, signs.replace(_ASAT, "")
    return "", signs.replace(_ASAT, _LATE_ASAT) if has_aa else signs

"""How scripts are written: with or without spaces between words, from the left or the right.

Imports nothing, so that a profile loads fast.
"""

#: Scripts that do not part words by spaces: Unicode's name, and the ISO 15924 codes by which
#: language tags call them. UAX #14 (Unicode 16, 2024) lists them under line breaking by
#: dictionary or by syllable. Yi, Javanese and Tai Tham are among them because their Universal
#: Declaration has 20 to 170 code points between spaces; Tai Viet, Vai and Ethiopic, with 3 to
#: 6, are not (measured 2026-11-23).
UNSPACED: dict[str, tuple[str, ...]] = {
    "Han": ("Hani", "Hanb", "Hans", "Hant"),
    "Hiragana": ("Hira", "Hrkt", "Jpan"),
    "Katakana": ("Kana",),
    "Thai": ("Thai",),
    "Lao": ("Laoo",),
    "Khmer": ("Khmr",),
    "Myanmar": ("Mymr",),
    "Tibetan": ("Tibt",),
    "Yi": ("Yiii",),
    "Javanese": ("Java",),
    "Balinese": ("Bali",),
    "Tai_Tham": ("Lana",),
    "Tai_Le": ("Tale",),
    "New_Tai_Lue": ("Talu",),
}
UNSPACED_CODES = frozenset(code for codes in UNSPACED.values() for code in codes)

#: Scripts of living use that run from right to left. Source: Bidi_Class of their letters,
#: Unicode 14 (2021); a test compares.
RIGHT_TO_LEFT = frozenset(
    ("Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi")
)

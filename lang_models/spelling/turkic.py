"""The dot that a Turkish capital İ leaves behind when a program makes it small.

Lower-casing İ by the rules of every other language gives i with a combining dot above, which no
Turkic alphabet has. For comparing words see `lang_models.fold`: there I, İ, ı and i are one.
"""

from lang_models.spelling._rule import Spelling, replacing

RULES = (
    Spelling(
        name="turkic-dotted-i",
        tags=frozenset(
            {"tur_Latn", "azj_Latn", "crh_Latn", "gag_Latn", "kaz_Latn", "lzz_Latn", "tat_Latn"}
        ),
        suspect=r"[iı]\x{0307}",
        apply=replacing([(r"[iı]\x{0307}+", "i")]),
        about="i with a combining dot above becomes i (i̇stanbul → istanbul)",
        reversible="no; it is the same letter",
        source="Unicode 17.0 (2025), SpecialCasing.txt, which maps U+0130 in tr and az to i alone",
    ),
)

"""ML-TT Revathi and its many sisters: Malayalam."""

from lang_models.legacy._legacy import font

LEGACY = font(
    name="ml-tt",
    about="Malayalam in ML-TTRevathi, ML-TTKarthika and sisters, in print and offices of Kerala",
    source="the 25 most frequent words of 12,766 Malayalam lines, put into the font's places "
    "(2026-11-25)",
    words=r"Hcp Rm³ F¶ F¶v AsÃ¦nÂ F\n¡v \n¶pw \n¶v CXv AXv Gähpw FÃm \n§Ä \n§fpsS Xs¶ "
    r"sNbvXv sNbvX sN¿pI sN¿m³ Fsâ Ahsâ IqSpXÂ D­v CÃ BWv F¶nh",
    parts=["p¶p", "¯nÂ", "§Ä", "§fpsS", "¡pw", "bpsS"],
)

"""Bijoy: Bengali in SutonnyMJ and sisters."""

from lang_models.legacy._legacy import font

LEGACY = font(
    name="bijoy",
    about="Bengali in SutonnyMJ and other fonts of the Bijoy keyboard, in print and offices of "
    "Bangladesh",
    source="the 25 most frequent words of 15,742 Bengali lines, put into the font's places "
    "(2026-11-25)",
    words="GKwU Rb¨ Ki‡Z K‡i n‡q‡Q n‡e n‡Z Avcbvi Avwg †_‡K ‡_‡K mv‡_ Ki“b Ki“b| bv| A_ev Avgvi "
    "Zv‡`i g‡a¨ hw` †h ‡h wKQy Kivi e¨envi e‡j nq| Zvi| GB| †Kvb m‡½ wQj| K‡i‡Q K‡ib",
    parts=["v‡`k", "n‡q‡Q", "‡Q|", "‡jv"],
)

"""Nudi and Baraha: Kannada in the upper half of Latin-1."""

from lang_models.legacy._legacy import font

LEGACY = font(
    name="nudi",
    about="Kannada in Nudi, Baraha and sisters, in offices and courts of Karnataka",
    source="frequent Kannada words in the font's places, seen in published forms (2026-11-25)",
    words="ªÀÄvÀÄÛ JAzÀÄ EzÀÄ CxÀªÁ ºÁUÀÆ £ÀAvÀgÀ MAzÀÄ CªÀgÀ EgÀÄªÀ",
    parts=["ªÀiÁ", "UÀ¼À", "£ÀÄß", "AiÀÄ", "¸ÀA", "PÀÈ", "¥Àæ", "ªÀÅ", "zÀ°è", "vÀæ"],
)

"""VNI: Vietnamese with a place for each mark."""

from lang_models.legacy._legacy import font

LEGACY = font(
    name="vni",
    about="Vietnamese in VNI-Times and sisters, in print and offices of the south",
    source="the 25 most frequent words of 22,397 Vietnamese lines in the font's places, without "
    "those that another language has (2026-11-25)",
    words="coù cuûa ñöôïc khoâng Khoâng moät caùc Caùc vaø laø naøy theå ñaõ baïn Baïn ngöôøi "
    "nhöõng seõ ñeå vôùi vaøo chuùng Chuùng ñeán laïi phaûi hoaëc treân ñoù",
)

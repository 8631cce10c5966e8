"""VISCII: Vietnamese of the early Internet, read as Latin-1."""

from lang_models.legacy._legacy import font

LEGACY = font(
    name="viscii",
    about="Vietnamese in VISCII (RFC 1456), of mailing lists and news groups",
    source="the 20 most frequent words of 22,397 Vietnamese lines in the places of RFC 1456 "
    "(1993), without those that another language has (2026-11-25)",
    words="cüa ðßþc mµt th¬ bÕn ngß¶i ð¬ v¾i nhæng ðªn lÕi phäi ho£c ðó nhß th¤y hi®n muªn tÕi "
    "ðµng",
)

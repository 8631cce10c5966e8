"""Win Innwa: Burmese on a typewriter's keys, before Zawgyi."""

from lang_models.legacy._legacy import font

LEGACY = font(
    name="win-innwa",
    about="Burmese in Win Innwa, WinResearcher and sisters, in print of the 1990s",
    source="frequent syllables of 7,611 Burmese lines, put into the font's places (2026-11-25)",
    parts=["rsm;", "ESifh", "aMumif;", "Edkif", "&Sd", "jcif;", "jzpf", "wGif", "odkh", "vnf;",
           "oifonf", "ygonf", "yg/", "avsmuf", "jrefrm", "cGihf", "ojzifh"],
)  # fmt: skip

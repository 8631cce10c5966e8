"""AnmolLipi: Punjabi on Latin keys."""

from lang_models.legacy._legacy import font

LEGACY = font(
    name="anmol-lipi",
    about="Gurmukhi in AnmolLipi, GurbaniLipi and sisters, in Punjabi print and Sikh scripture",
    source="the 25 most frequent words of the Punjabi lines at hand, put into the font's places "
    "(2026-11-25)",
    words="leI nhIN dI iv`c hY hY[ qoN Aqy hY] hY, nhI ivc nwl ieh ie`k iek qusIN au~qy jWdw hn[ "
    "hn] skdw koeI Awpxy igAw rihw id`qw krnw krn kIqw sI[",
)

"""Bamini: Tamil on a typewriter's keys."""

from lang_models.legacy._legacy import font

LEGACY = font(
    name="bamini",
    about="Tamil in Bamini and sisters, in print and offices of Sri Lanka and Tamil Nadu",
    source="frequent words and endings of 14,512 Tamil lines, put into the font's places "
    "(2026-11-25)",
    words="xU >e;j kw;Wk; vd;W cs;s ePq;fs; cq;fs; vd;w me;j ,e;j cs;sJ cs;sJ. ehd; mtd; mts; "
    "mth; mJ >y;iy Mdhy; NghJ nra;J nra;a kPz;Lk; ngau; vd;d ePf;F",
    parts=["f;f", "j;j", "q;f", "fs;", "gl;l", "l;L", "y;y", "d;W"],
)

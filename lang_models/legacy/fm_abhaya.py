"""FM Abhaya: Sinhala on a typewriter's keys."""

from lang_models.legacy._legacy import font

LEGACY = font(
    name="fm-abhaya",
    about="Sinhala in FM Abhaya and sisters, in print and offices of Sri Lanka",
    source="frequent Sinhala words in the font's places, seen in published forms (2026-11-25)",
    words="i|yd yd lrk úiska we;s ksid lsÍu fyda lrkq hq;= f,i fkdue; we;s' lrhs' úh hq;=h' isg l< "
    "iy; ;=< wdh;k kï fõ fõ' lsßu jYfhka ms<sn| wkqj lr.kak fldgi w;r yels olajd isá jvd fkdue;s",
    parts=["iïnkaO", "Y%S ,xld", "uKav,", "lshd lr"],
)

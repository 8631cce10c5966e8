"""AcadNusx: Georgian on Latin keys, capitals for the letters that Latin lacks.

The words have a capital that no writer of Georgian in Latin letters would put there.
"""

from lang_models.legacy._legacy import font

LEGACY = font(
    name="acadnusx",
    about="Georgian in AcadNusx, LitNusx and sisters, in print and offices until about 2010",
    source="frequent words of 12,275 Georgian lines and of the Universal Declaration in the font's "
    "places (2026-11-25)",
    words="Tqveni Tqven SeiZleba SegiZliaT Tavisi gTxovT Semdeg erTi maT Soris Tqvens gsurT "
    "Semdegi erT raTa erTad iseTi aseTi Sesaxeb saqarTvelos saqarTvelo Cven Cveni SeuZlia misTvis "
    "romelTa Tavis Tavisufali saerTaSoriso ganaTleba ganaTlebis uflebaTa TavisuflebaTa "
    "SesaZlebelia ZiriTadi maTi maTgan maSin Zalian qveS garSemo qarTuli mTavari bavSvi",
)

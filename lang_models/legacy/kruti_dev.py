"""Kruti Dev and its sisters: Hindi, Marathi and Nepali on the keys of a typewriter."""

from lang_models.legacy._legacy import font

LEGACY = font(
    name="kruti-dev",
    about="Devanagari in Kruti Dev, DevLys and sisters, in most offices of northern India",
    source="frequent words of 16,593 Hindi, 12,000 Marathi and 10,000 Nepali lines and of the "
    "Universal Declaration, put into the font's places (2026-11-25)",
    words="dks gS ugha vkf.k vkgs- xuZ ykfx vkSj fy, ukgh- xuqZgksL ,d ;k vkgs fd;k djus djsa ;g "
    "gks gSA gS- gS] gSa gSaA Hkh x;k dksbZ ldrk tkrk Fkk FkkA Fkh Fks vki muds mlds blds mUgsa "
    "bls fdlh lHkh gksrk gksxk rFkk izkIr vf/kdkj izR;sd lkFk dgk dqN ukgh fdaok R;k djk rqEgh "
    "Eg.kwu xfj,dks Hk,dks xusZ xnZN ;ks dquS Nu~ gqusN",
)

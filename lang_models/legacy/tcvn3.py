"""TCVN3, also called ABC: Vietnamese with a place for each letter."""

from lang_models.legacy._legacy import font

LEGACY = font(
    name="tcvn3",
    about="Vietnamese in .VnTime and sisters (TCVN 5712 VN3), in print and offices of the north",
    source="the 25 most frequent words of 22,397 Vietnamese lines in the places of TCVN 5712 "
    "(1993), without those that another language has (2026-11-25)",
    words="cã cña ®\xadîc ®îc kh«ng Kh«ng c¸c C¸c vµ lµ nµy thÓ ®· b¹n ng\xadêi ngêi nh÷ng ®Ó víi "
    "vµo ®Õn l¹i ph¶i hoÆc trªn ®ã t«i nh\xad",
)

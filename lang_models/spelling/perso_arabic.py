"""Letters of Persian, Urdu and Kurdish that Arabic keyboards and code pages had no key for.

Before Unicode was everywhere, Persian ی and ک were typed as Arabic ي and ك, and the many kinds of
heh as one. In these languages the pairs mean the same; in Arabic, Pashto, Sindhi, Uyghur,
Gilaki and Mazanderani they do not, and nothing is changed there. Lines in Arabic inside a text
stay too.

Left alone: ZWNJ, which Persian needs between stem and ending; teh marbuta in Persian; kashida;
vowel marks; the heh of Urdu after a letter that can be aspirated, where it may stand for either
(جگه is جگہ, but ساته is ساتھ); a Kurdish heh at the end of a word after alef.
"""

from lang_models.spelling._arabic_lines import is_not_arabic
from lang_models.spelling._rule import Spelling, by_line, replacing

_PERSIAN = frozenset({"pes_Arab", "prs_Arab", "azb_Arab"})
_URDU = frozenset({"urd_Arab", "pnb_Arab", "skr_Arab"})
_KURDISH = frozenset({"ckb_Arab", "sdh_Arab", "kmr_Arab"})
_CLDR = "CLDR 42 (2022), main and auxiliary letters of "
_DIGITS = [(chr(0x660 + digit), chr(0x6F0 + digit)) for digit in range(10)]
_YEH_KAF = [("[يى]", "ی"), ("ك", "ک")]
#: Letters with an aspirated sister.
_ASPIRABLE = "بپتٹجچدڈڑکگ"

_URDU_HEH = [
    ("ۀ", "ۂ"),
    ("ة", "ۃ"),
    (r"(^|[^\p{L}\p{M}])ه", "${1}ہ"),
    (rf"([\p{{L}}--[{_ASPIRABLE}]]\p{{M}}*)ه", "${1}ہ"),
]
#: Stands for the heh of Allah meanwhile; normalising has taken it out of every text.
_KEPT_HEH = "\ufdd0"
_KURDISH_HEH = [
    ("لله", "لل" + _KEPT_HEH),
    (r"ه\x{200c}+", "ە"),
    (r"ه([\p{L}\p{M}])", "ھ${1}"),
    (r"ه([\p{L}\p{M}])", "ھ${1}"),  # every second one is missed at first
    (r"([\p{L}--[ا]]\p{M}*)ه", "${1}ە"),
    (r"(ا\p{M}*)ه", "${1}ھ"),
    (_KEPT_HEH, "ه"),
]

RULES = (
    Spelling(
        name="persian-letters",
        tags=_PERSIAN,
        suspect="[يىكۀ٠-٩]",
        apply=by_line(replacing([*_YEH_KAF, ("ۀ", "هٔ"), *_DIGITS]), is_not_arabic),
        about="Arabic yeh, alef maksura and kaf become Farsi yeh and keheh, heh with yeh above "
        "becomes heh with hamza above, Arabic-Indic digits become the eastern ones "
        "(كتابي → کتابی, صفحۀ → صفحهٔ, ٤ → ۴)",
        reversible="no; a text of one code page comes back by the other way round",
        source=_CLDR + "fa; ISIRI 6219 (2002) for heh; of 17,625 Persian lines 1 % have them "
        "(measured 2026-11-25)",
    ),
    Spelling(
        name="urdu-letters",
        tags=_URDU,
        suspect="[يىكۀةه٠-٩]",
        apply=by_line(replacing([*_YEH_KAF, *_URDU_HEH, *_DIGITS], times=2), is_not_arabic),
        about="Arabic yeh, alef maksura and kaf become Farsi yeh and keheh, Arabic heh becomes "
        "heh goal where it can be nothing else, teh marbuta becomes its Urdu form, digits the "
        "eastern ones (كيا → کیا, شهر → شہر)",
        reversible="no; a text of one code page comes back by the other way round",
        source=_CLDR + "ur, pa_Arab; Unicode names list (2025), U+06C1 to U+06C3; of 12,267 Urdu "
        "lines 11 % have Arabic kaf (measured 2026-11-25)",
    ),
    Spelling(
        name="kurdish-letters",
        tags=_KURDISH,
        suspect="[يىكه]",
        apply=by_line(replacing([*_YEH_KAF, *_KURDISH_HEH]), is_not_arabic),
        about="Arabic yeh, alef maksura and kaf become Farsi yeh and keheh; heh with ZWNJ or at "
        "the end of a word becomes the vowel AE, every other heh the letter HEH DOACHASHMEE "
        "(ده‌بێ → دەبێ, هەموو → ھەموو)",
        reversible="no; it reads the same",
        source=_CLDR + "ckb; of 6,254 Central Kurdish lines 31 % have Arabic heh and 17 % the "
        "other one, hardly any both (measured 2026-11-25)",
    ),
)

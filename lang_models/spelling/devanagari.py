"""Nukta and visarga where Indian languages of the north put them, whatever was typed.

The nukta belongs to the consonant and stands right after it; typed after the vowel sign it looks
the same. A colon in words that end in a visarga, or have one inside, is a visarga: the words
named here are none without it.

Left alone: the nukta after vowels in Santali and Kashmiri, where it is a sign of the vowel; every
colon after any other word (विषय: is a heading); Bengali adverbs in ত:, which lost their visarga.
"""

from lang_models.spelling._rule import Spelling, replacing

_SOURCE = "Unicode Core Specification 17.0 (2025), 12.1: a nukta follows its consonant; "
#: Consonants that take a nukta, then one or two signs, then the nukta.
_NUKTAS = (
    "([कखगजडढफ])([\u093e-\u094c\u0901-\u0903]{1,2})(\u093c)",
    "([ਸਖਗਜਫਲ])([\u0a3e-\u0a4c\u0a01-\u0a03\u0a70\u0a71]{1,2})(\u0a3c)",
    "([ডঢয])([\u09be-\u09cc\u0981-\u0983]{1,2})(\u09bc)",
)
_ADVERBS = (
    "अक्षरश|अंतत|अन्तत|अंशत|अत|क्रमश|पुन|पूर्णत|प्रात|प्राय|फलत|बहुश|मुख्यत|मूलत|वस्तुत|विशेषत|शब्दश|"
    "संभवत|सम्भवत|सामान्यत|स्वत"
)
_COLONS = (
    rf"(^|[^\u0900-\u097f\u200c\u200d])({_ADVERBS}):",
    r"(^|[^\u0900-\u097f\u200c\u200d])(दु|नि|अंत|अन्त):([\u0915-\u0939])",
)
_BENGALI_COLONS = r"(^|[^\u0980-\u09ff\u200c\u200d])(দু|নি|পুন|বহি):([\u0995-\u09b9])"

_NUKTA_TAGS = frozenset(
    {"hin_Deva", "awa_Deva", "bho_Deva", "bgc_Deva", "bns_Deva", "dgo_Deva", "hne_Deva",
     "mag_Deva", "mai_Deva", "mar_Deva", "npi_Deva", "san_Deva", "pan_Guru", "asm_Beng",
     "ben_Beng"}
)  # fmt: skip
_VISARGA_TAGS = frozenset(
    {"hin_Deva", "awa_Deva", "bho_Deva", "gom_Deva", "mag_Deva", "mai_Deva", "mar_Deva",
     "npi_Deva", "san_Deva", "asm_Beng", "ben_Beng"}
)  # fmt: skip

RULES = (
    Spelling(
        name="nukta-order",
        tags=_NUKTA_TAGS,
        suspect="|".join(_NUKTAS),
        apply=replacing([(pattern, "$1$3$2") for pattern in _NUKTAS]),
        about="a nukta typed after the vowel sign moves to its consonant (थोडी़ → थोड़ी)",
        reversible="no; it looks the same",
        source=_SOURCE + "of 16,593 Hindi lines 19 have it the other way, all slips; in Santali "
        "all 1,577 are vowels (measured 2026-11-25)",
    ),
    Spelling(
        name="visarga",
        tags=_VISARGA_TAGS,
        suspect="|".join((*_COLONS, _BENGALI_COLONS)),
        apply=replacing(
            [
                (_COLONS[0], "${1}${2}ः"),
                (_COLONS[1], "${1}${2}ः${3}"),
                (_BENGALI_COLONS, "${1}${2}ঃ${3}"),
            ],
            times=2,
        ),
        about="a colon typed for a visarga in words that have no other reading "
        "(दु:ख → दुःख, स्वत:च्या → स्वतःच्या, পুন:কনফিগার → পুনঃকনফিগার)",
        reversible="yes, but for texts that have both",
        source="Unicode names list 17.0 (2025), U+0903; the words from 16,593 Hindi, 12,000 "
        "Marathi and Nepali and 15,742 Bengali lines (measured 2026-11-25)",
    ),
)

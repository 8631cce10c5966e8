"""What a source calls a language, as a tag of ours.

Sources write BCP 47 (`zh-TW`, `pt_BR`, `sr-Latn`), ISO 639 codes (`sw`, `swa`), or tags such as
ours. The script that is not said is the one that CLDR names first for language and country.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lang_models.labels import alpha3, members, scripts_of
from lang_models.profile import is_tag

if TYPE_CHECKING:
    from langcodes import Language

#: How the names of locales under Unix say the script (glibc, 2026).
_MODIFIERS = {"latin": "-Latn", "cyrillic": "-Cyrl", "devanagari": "-Deva", "iqtelif": "-Latn"}
_CODE = re.compile(r"[a-zA-Z]{2,3}([-_@.].*)?")
#: The codes of ISO 639 for none, several, another and an unknown language.
_NO_LANGUAGE = frozenset({"mis", "mul", "und", "zxx"})
#: What CLDR 46 takes for the same language: text marked `no` is Bokmål.
_SAME = {"nor": "nob"}


@lru_cache(maxsize=8192)
def claimed_tag(claim: str | None) -> str | None:
    """The tag that a claim means; None when it names no language.

    >>> claimed_tag("zh-TW"), claimed_tag("pt_BR"), claimed_tag("sw"), claimed_tag("ckb_Arab")
    ('cmn_Hant', 'por_Latn', 'swh_Latn', 'ckb_Arab')
    >>> claimed_tag("sr@latin"), claimed_tag("ja"), claimed_tag("unknown"), claimed_tag(None)
    ('srp_Latn', 'jpn_Jpan', None, None)
    """
    if claim is None or not _CODE.fullmatch(claim) or claim[:3].lower() in _NO_LANGUAGE:
        return None
    if is_tag(claim):
        return claim
    from langcodes import Language  # noqa: PLC0415  slow to import
    from langcodes.tag_parser import LanguageTagError  # noqa: PLC0415

    bare, _, modifier = claim.partition("@")
    try:
        language = Language.get(bare.partition(".")[0] + _MODIFIERS.get(modifier.lower(), ""))
    except LanguageTagError:
        return None
    if not language.language or not language.is_valid():
        return None
    code, script = alpha3(language.language), _script(language)
    return f"{_SAME.get(code) or members().get(code, code)}_{script}" if script else None


def _script(language: "Language") -> str | None:
    """The script that a claim says or means; Korean stands in Hangul, as in our tags."""
    said = language.script or language.maximize().script
    if said is None:
        return next(iter(scripts_of(str(language.language))), None)
    return "Hang" if said == "Kore" else said

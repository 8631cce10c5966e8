"""What a language is called, in English and in itself.

Source: CLDR and the IANA registry, as langcodes and language_data have them.
"""

import re
from functools import lru_cache

from lang_models.labels import scripts_of

#: ISO 639-3 adds in brackets what tells a language from others of its name.
_BRACKETS = re.compile(r" ?[(（][^)）]*[)）]$")
#: Names that langcodes lacks: it takes Serbo-Croatian for Serbian, and Interslavic came into
#: ISO 639-3 in 2024.
_OTHERS = {
    "hbs": ("Serbo-Croatian", "srpskohrvatski"),
    "isv": ("Interslavic", "medžuslovjansky"),
}
_SCRIPTS = {"Hans": "Simplified Han", "Hant": "Traditional Han"}


@lru_cache(maxsize=4096)
def names(tag: str) -> tuple[str, str]:
    """The English name and the endonym; the English name twice where the other is not known.

    >>> names("swh_Latn"), names("srp_Cyrl")
    (('Swahili', 'Kiswahili'), ('Serbian', 'српски'))
    """
    from langcodes import Language  # noqa: PLC0415  a second, with its names of languages

    code = tag[:3]
    known = _OTHERS.get(code)
    name, endonym = known or (Language.get(code).language_name(), _endonym(tag))
    return _BRACKETS.sub("", name), _BRACKETS.sub("", endonym)


@lru_cache(maxsize=4096)
def full_names(tag: str) -> tuple[str, str]:
    """As `names`, with the script in brackets where it is not the usual one, or one of two.

    >>> full_names("srp_Latn"), full_names("kor_Hang")
    (('Serbian (Latin)', 'srpski (latinica)'), ('Korean', '한국어'))
    """
    from langcodes import Language  # noqa: PLC0415

    code, script = tag.split("_")
    short = names(tag)
    usual = scripts_of(Language.get(code).language or code)[:1] or (script,)
    if script not in _SCRIPTS and script in usual:
        return short
    name = f"{short[0]} ({script_name(script).removesuffix(' Han')})"
    language = Language.get(tag).prefer_macrolanguage()
    own = language.display_name(language)
    return name, short[1] if own == language.display_name("en") else own


@lru_cache(maxsize=512)
def script_name(script: str) -> str:
    """The English name of a script.

    >>> script_name("Ethi"), script_name("Hant")
    ('Ethiopic', 'Traditional Han')
    """
    from langcodes import Language  # noqa: PLC0415

    return _SCRIPTS.get(script) or Language.make(script=script).script_name()


def _endonym(tag: str) -> str:
    """The name in the language and script itself; if unknown, in the language's usual script."""
    from langcodes import Language  # noqa: PLC0415

    language = Language.get(tag).prefer_macrolanguage()
    own = language.language_name(language)
    return Language.get(tag[:3]).autonym() if own == language.language_name("en") else own

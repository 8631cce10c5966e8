"""Names of languages, and how a browser is told to set them."""

import re
from dataclasses import dataclass
from functools import lru_cache

_TAG = re.compile(r"([a-z]{3})_([A-Z][a-z]{3})")
_NOTES = re.compile(r" \((?:individual language|macrolanguage)\)")


@dataclass(frozen=True)
class Tongue:
    """A language as a reader meets it.

    Args:
        tag: as in the corpus, such as `swh_Latn`.
        name: in English, the tag itself when it has none.
        endonym: what its speakers call it; empty when that is not known.
        lang: for the `lang` attribute, BCP 47.
        script: ISO 15924, picks the fonts.
    """

    tag: str
    name: str
    endonym: str
    lang: str
    script: str


@lru_cache(maxsize=4096)
def tongue(tag: str | None) -> Tongue:
    """The names of a language.

    Args:
        tag: `xxx_Xxxx`; anything else is undetermined, and not repeated.

    >>> tongue("swh_Latn").endonym, tongue("urd_Arab").lang, tongue(None).name
    ('Kiswahili', 'ur', 'No language named')
    >>> tongue("und_Tfng").name
    'Undetermined (Tifinagh)'
    """
    match = _TAG.fullmatch(tag or "")
    if not match:
        return Tongue("", "No language named", "", "und", "Zyyy")
    if match[1] == "und":
        name = "No letters" if match[2] == "Zyyy" else f"Undetermined ({script_name(match[2])})"
        return Tongue(match[0], name, "", f"und-{match[2]}", match[2])
    from langcodes import Language, standardize_tag  # noqa: PLC0415  # slow to import

    lang = standardize_tag(f"{match[1]}-{match[2]}")
    language = Language.get(lang)
    own = Language.get(match[1]).autonym()
    name = _NOTES.sub("", language.language_name())
    is_named = bool(name) and not name.startswith("Unknown language")
    endonym = "" if own.startswith(name) or "[" in own else _NOTES.sub("", own)
    return Tongue(match[0], name if is_named else match[0], endonym, lang, match[2])


@lru_cache(maxsize=512)
def script_name(script: str) -> str:
    """The English name of a script, or its code when it has none.

    >>> script_name("Ethi"), script_name("Hant"), script_name("Zyyy")
    ('Ethiopic', 'Traditional Han', 'Common')
    """
    from langcodes import Language  # noqa: PLC0415  # slow to import

    name = Language.make(script=script).script_name()
    return f"{name} Han" if script in {"Hans", "Hant"} else name

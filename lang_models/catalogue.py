"""The languages that a model can tell, with their names, for people to read."""

import re
from typing import TypedDict

from lang_models.identify import Identifier
from lang_models.profile import available


class Entry(TypedDict):
    """One language in one script."""

    tag: str  # ISO 639-3 and ISO 15924
    name: str  # of the language, in English
    endonym: str  # its name in itself; the English one where it is not known
    script: str  # of the script, in English
    has_profile: bool  # whether the language has limits of its own


#: ISO 639-3 adds in brackets what tells a language from others of its name.
_BRACKETS = re.compile(r" ?[(（][^)）]*[)）]$")
#: langcodes has no name for the one macrolanguage among the tags and would call it Serbian.
_SERBO_CROATIAN = {"hbs": ("Serbo-Croatian", "srpskohrvatski")}
_SCRIPTS = {"Hans": "Simplified Han", "Hant": "Traditional Han"}


def catalogue(identifier: Identifier) -> list[Entry]:
    """An entry for each tag that the model can give, sorted by tag.

    Source: CLDR and the IANA registry, as langcodes and language_data have them.
    """
    profiles = set(available())
    return [_entry(tag, has_profile=tag in profiles) for tag in identifier.languages()]


def _entry(tag: str, *, has_profile: bool) -> Entry:
    from langcodes import Language  # noqa: PLC0415  a second, with its names of languages

    code, script = tag.split("_")
    name, endonym = _SERBO_CROATIAN.get(code) or (Language.get(code).language_name(), _endonym(tag))
    return Entry(
        tag=tag,
        name=_BRACKETS.sub("", name),
        endonym=_BRACKETS.sub("", endonym),
        script=_SCRIPTS.get(script) or Language.make(script=script).script_name(),
        has_profile=has_profile,
    )


def _endonym(tag: str) -> str:
    """The name in the language and script itself; if unknown, in the language's usual script."""
    from langcodes import Language  # noqa: PLC0415  a second, with its names of languages

    language = Language.get(tag).prefer_macrolanguage()
    own = language.language_name(language)
    return Language.get(tag[:3]).autonym() if own == language.language_name("en") else own

"""The languages that a model can tell, with their names, for people to read."""

from typing import TypedDict

from lang_models.identify import Identifier
from lang_models.names import names, script_name
from lang_models.profile import available


class Entry(TypedDict):
    """One language in one script."""

    tag: str  # ISO 639-3 and ISO 15924
    name: str  # of the language, in English
    endonym: str  # its name in itself; the English one where it is not known
    script: str  # of the script, in English
    has_profile: bool  # whether the language has limits of its own


def catalogue(identifier: Identifier) -> list[Entry]:
    """An entry for each tag that the model can give, sorted by tag.

    Source: CLDR and the IANA registry, as langcodes and language_data have them.
    """
    profiles = set(available())
    return [_entry(tag, has_profile=tag in profiles) for tag in identifier.languages()]


def _entry(tag: str, *, has_profile: bool) -> Entry:
    name, endonym = names(tag)
    return Entry(
        tag=tag,
        name=name,
        endonym=endonym,
        script=script_name(tag[4:]),
        has_profile=has_profile,
    )

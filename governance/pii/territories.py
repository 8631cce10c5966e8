"""Which countries' numbers to expect in a document, from its source and its language.

The source's jurisdiction says it outright. A language makes some countries
likely: those where at least a twentieth of its speakers live.

Source: CLDR territory-language data as packaged in language-data 1.4 (2024).
"""

from dataclasses import dataclass
from functools import lru_cache

_LIKELY_SHARE = 0.05
_INTERNATIONAL = "INT"


@dataclass(frozen=True, slots=True)
class Territories:
    """declared: the source's country, or none. likely: countries of the language.

    Both as ISO 3166-1 alpha-2 codes.
    """

    declared: str | None
    likely: frozenset[str]


@lru_cache(maxsize=4096)
def territories(language: str | None, country: str | None) -> Territories:
    """The countries for a tag (`swh_Latn`, `swh` or null) and a jurisdiction (`KE`, `INT` or null).

    A country code that is none is taken for unknown.

    >>> territories("est_Latn", None).likely
    frozenset({'EE'})
    >>> territories(None, "KE").declared
    'KE'
    """
    declared = country.strip().upper() if country else None
    if declared == _INTERNATIONAL or declared is None or not _is_code(declared):
        declared = None
    code = (language or "und").replace("-", "_").split("_")[0]
    return Territories(declared, _speakers_countries(code))


def _is_code(country: str) -> bool:
    return len(country) == 2 and country.isascii() and country.isalpha()


@lru_cache(maxsize=1024)
def _speakers_countries(language: str) -> frozenset[str]:
    import langcodes  # noqa: PLC0415  # its tables load only when a text needs them
    from language_data.population_data import LANGUAGE_SPEAKING_POPULATION  # noqa: PLC0415

    try:
        code = langcodes.standardize_tag(language, macro=True)
    except (LookupError, ValueError):  # no language tag at all
        return frozenset()
    people: dict[str, int] = {}
    for key, count in LANGUAGE_SPEAKING_POPULATION.items():
        first, _, rest = key.partition("-")
        if first == code and len(rest) == 2:
            people[rest] = count
    total = sum(people.values())
    return frozenset(land for land, count in people.items() if count >= _LIKELY_SHARE * total)

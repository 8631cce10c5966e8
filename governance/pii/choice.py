"""Which recognisers look at a document, and which national numbers they expect there.

Three things decide: the policy says which types are looked for at all; the source's country
says whose numbers may stand without a cue word; the language makes some countries likely.

    selected    the recognisers that a policy leaves
    choose      all of it written out for one country and language, each line with its reason
"""

from collections.abc import Sequence
from typing import NamedTuple

from governance.pii.national_ids import Entry, entries, entries_of
from governance.pii.recogniser import Recogniser
from governance.pii.recognisers import RECOGNISERS
from governance.pii.recognisers.national_id import STRICT_SHARE, may_stand_bare
from governance.pii.territories import Territories, territories
from schemas.errors import InputError

NATIONAL = "NATIONAL_ID"
_OWN_COUNTRY = {NATIONAL, "PHONE_NUMBER"}


class Choice(NamedTuple):
    """One line: a recogniser, or a national number of a country.

    applies: "on", "off", "bare" (no cue word needed), "written" (in its official
    way of writing) or "cue" (after its cue word only).
    """

    type: str
    country: str | None
    number: str | None
    applies: str
    why: str


def selected(off: Sequence[str] = (), only: Sequence[str] | None = None) -> tuple[Recogniser, ...]:
    """The recognisers that a policy leaves, in the registry's order.

    Args:
        off: types that are not looked for (`privacy.recognisers_off`).
        only: the only types that are (`privacy.recognisers_only`); None for all.

    Raises:
        InputError: a name is no type; it lists what exists.

    >>> [one.type for one in selected(only=["IBAN_CODE"])]
    ['IBAN_CODE']
    """
    known = [one.type for one in RECOGNISERS]
    unknown = sorted({*off, *(only or ())} - set(known))
    if unknown:
        raise InputError(
            f"{', '.join(unknown)} is no type of personal data that is looked for;"
            f" there are {', '.join(sorted(known))}."
        )
    return tuple(
        one for one in RECOGNISERS if one.type not in off and (only is None or one.type in only)
    )


def choose(
    country: str | None,
    language: str | None,
    off: Sequence[str] = (),
    only: Sequence[str] | None = None,
) -> list[Choice]:
    """What applies to the documents of a country and a language, and why.

    Args:
        country: ISO 3166-1 alpha-2, "INT" or None.
        language: tag (`swh_Latn`, `swh`) or None.
        off: as in `selected`.
        only: as in `selected`.

    Returns:
        One line a recogniser in the registry's order, then one for each number of the
        country and of the language's countries, then one for those of all others.

    Raises:
        InputError: an unknown type, or a country that is none.
    """
    is_known = country is None or country.upper() == "INT" or country.upper() in _countries()
    if not is_known:
        raise InputError(f"{country} is no country; give ISO 3166-1 alpha-2, such as KE, or INT.")
    lands = territories(language, country)
    on = {one.type for one in selected(off, only)}
    rows = [_recogniser(one, lands, is_on=one.type in on) for one in RECOGNISERS]
    return rows + (_numbers(lands) if NATIONAL in on else [])


def _countries() -> frozenset[str]:
    import phonenumbers  # noqa: PLC0415  # only this question needs it

    own = {entry.country for entry in entries()}
    return frozenset(phonenumbers.SUPPORTED_REGIONS) | own


def _recogniser(one: Recogniser, lands: Territories, *, is_on: bool) -> Choice:
    if not is_on:
        return Choice(one.type, None, None, "off", "the policy leaves it out")
    why = "every country and language"
    if one.type in _OWN_COUNTRY:
        known = lands.declared or ", ".join(sorted(lands.likely))
        why = (
            f"local forms by country ({known}), else by cue word"
            if known
            else "country unknown: by cue word or international form only"
        )
    return Choice(one.type, None, None, "on", why)


def _numbers(lands: Territories) -> list[Choice]:
    near = [land for land in (lands.declared, *sorted(lands.likely)) if land]
    rows = [_number(entry, lands) for land in dict.fromkeys(near) for entry in entries_of(land)]
    others = len({entry.country for entry in entries()} - set(near))
    why = f"numbers of {others} other countries stand after their own cue word only"
    return [*rows, Choice(NATIONAL, None, None, "cue", why)]


def _number(entry: Entry, lands: Territories) -> Choice:
    is_declared = entry.country == lands.declared
    whose = "the source's country" if is_declared else "a country of the language"
    if entry.is_bare and may_stand_bare(entry, is_declared=is_declared):
        applies, check = "bare", f"its check leaves {entry.chance_share:.1%} to chance"
        if entry.chance_share > STRICT_SHARE and "[A-Z]" in entry.shape.pattern:
            check = "its letters tell it from other numbers"
    elif entry.written and is_declared:
        applies, check = "written", "only its official way of writing tells it"
    elif is_declared or not entry.is_bare:
        applies, check = "cue", "its digits alone may be any number"
    else:
        applies, check = "cue", "the language alone is too weak for its check"
    return Choice(NATIONAL, entry.country, entry.name, applies, f"{whose}; {check}")

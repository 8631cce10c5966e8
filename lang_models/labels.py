"""What a model's labels mean: languages by ISO 639-3, and the scripts each is written in.

Two ways of naming languages are known. `lid176`: codes as Wikipedia uses them, without a script
(lid.176). `flores`: `xxx_Xxxx`, ISO 639-3 and ISO 15924 (NLLB, OpenLID, GlotLID).

A code of lid.176 for a macrolanguage becomes the member that most text in it is written in, as
CLDR has it (`zh` Mandarin, `ar` Standard Arabic, `sw` Swahili proper), so that one language has
one tag whichever model called it. A tag `xxx_Xxxx` stays as its maker chose it: a model that
knows `ful` beside its members was shown text that nobody had told apart.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from schemas.errors import InputError

PREFIX = "__label__"
SCHEMES = ("lid176", "flores")
_FORMS = {"lid176": re.compile(r"[a-z]{2,3}"), "flores": re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")}

#: Labels of lid.176 that CLDR or ISO 639-3 do not explain. Wikipedia's own codes: als
#: (Alemannic), bh (Bhojpuri), eml (Emilian), nah (Nahuatl, of no one kind: an ISO 639-5 code),
#: no (Bokmål, for nn stands beside it), sh (Serbo-Croatian). For the others only the script.
_WIKIPEDIA: dict[str, tuple[str, tuple[str, ...]]] = {
    "als": ("gsw", ("Latn",)),
    "azb": ("azb", ("Arab",)),
    "bh": ("bho", ("Deva",)),
    "cbk": ("cbk", ("Latn",)),
    "eml": ("egl", ("Latn",)),
    "ie": ("ile", ("Latn",)),
    "mwl": ("mwl", ("Latn",)),
    "nah": ("nah", ("Latn",)),
    "no": ("nob", ("Latn",)),
    "sh": ("hbs", ("Latn", "Cyrl")),
    "xal": ("xal", ("Cyrl",)),
}
#: Macrolanguages for which FLORES-200 means the one member that its text is in.
_FLORES = {"zho": "cmn", "est": "ekk", "grn": "gug"}
#: Chinese is told into simplified and traditional by its characters, not by the label;
#: Korean is called Hang, as FLORES does.
_COUNTED_AS = {"Hans": "Hani", "Hant": "Hani", "Hanb": "Hani", "Bopo": "Hani", "Kore": "Hang"}


class Label(NamedTuple):
    """What one label of a model stands for."""

    language: str  # ISO 639-3
    scripts: tuple[str, ...]  # ISO 15924, the usual one first; empty: any


def read(labels: Sequence[str], scheme: str | None, model: str) -> list[Label]:
    """The meaning of each label of a model.

    Args:
        labels: the labels as the model has them, `__label__` included.
        scheme: one of `SCHEMES`; None: whichever fits all labels.
        model: the model's name, for the message.

    Raises:
        InputError: the scheme is not known, or a label is not named by it.

    >>> read(["__label__zh", "__label__sr"], "lid176", "lid.176.ftz")
    [Label(language='cmn', scripts=('Hani',)), Label(language='srp', scripts=('Cyrl', 'Latn'))]
    >>> read(["__label__zho_Hant"], None, "nllb.bin")
    [Label(language='cmn', scripts=('Hant',))]
    """
    bare = [label.removeprefix(PREFIX) for label in labels]
    if scheme is not None and scheme not in SCHEMES:
        raise InputError(f"{model}: unknown label scheme {scheme!r}; known are {_known()}")
    fitting = [name for name in SCHEMES if all(map(_FORMS[name].fullmatch, bare))]
    if not fitting or scheme not in (None, *fitting):
        raise InputError(
            f"{model}: the labels are not named as {scheme or 'any known scheme'} does"
            f" (for instance {bare[0]!r}); known are {_known()}"
        )
    return [_of_code(label) if fitting == ["lid176"] else _of_tag(label) for label in bare]


def _known() -> str:
    return "lid176 (sw) and flores (swh_Latn)"


def _of_code(code: str) -> Label:
    if code in _WIKIPEDIA:
        return Label(*_WIKIPEDIA[code])
    language = alpha3(code)
    return Label(members().get(language, language), scripts_of(code))


def _of_tag(tag: str) -> Label:
    language, script = tag.split("_")
    return Label(_FLORES.get(language, language), () if script in _UNTOLD else (script,))


_UNTOLD = ("Zinh", "Zxxx", "Zyyy", "Zzzz")


@cache
def members() -> dict[str, str]:
    """Macrolanguage to its predominant member, both ISO 639-3.

    Source: CLDR's language aliases for macrolanguages, as langcodes has them. Where CLDR
    names two members (Akan, Manding) the macrolanguage stays.
    """
    from langcodes.data_dicts import MACROLANGUAGES, NORMALIZED_MACROLANGUAGES  # noqa: PLC0415

    pairs = [
        (alpha3(macro), alpha3(member))
        for member, macro in NORMALIZED_MACROLANGUAGES.items()
        if MACROLANGUAGES.get(member) == macro
    ]
    macros = [macro for macro, _ in pairs]
    return {macro: member for macro, member in pairs if macros.count(macro) == 1}


def alpha3(code: str) -> str:
    """The ISO 639-3 code of an ISO 639-1 code; a code of three letters stays.

    >>> alpha3("sw"), alpha3("yor")
    ('swa', 'yor')
    """
    from langcodes.data_dicts import LANGUAGE_ALPHA3  # noqa: PLC0415  0.1 s

    return LANGUAGE_ALPHA3.get(code, code)


def scripts_of(code: str) -> tuple[str, ...]:
    """The scripts that a language is written in, the usual one first; empty: not known.

    Args:
        code: the shortest code of the language, as CLDR uses it.

    Source: CLDR's likely subtags, as langcodes has them: the script of the language, and of
    the countries where it has another one.

    >>> scripts_of("uz"), scripts_of("ja"), scripts_of("zh")
    (('Latn', 'Arab', 'Cyrl'), ('Jpan',), ('Hani',))
    """
    from langcodes.data_dicts import LIKELY_SUBTAGS, NORMALIZED_MACROLANGUAGES  # noqa: PLC0415

    if code not in LIKELY_SUBTAGS:
        code = NORMALIZED_MACROLANGUAGES.get(code, code)
    country = re.compile(rf"{code}-[A-Z]{{2}}")
    likely = [LIKELY_SUBTAGS[code]] if code in LIKELY_SUBTAGS else []
    likely += [full for short, full in LIKELY_SUBTAGS.items() if country.fullmatch(short)]
    found = [script for full in likely for script in re.findall(r"-([A-Z][a-z]{3})\b", full)]
    return tuple(dict.fromkeys(_COUNTED_AS.get(script, script) for script in found))


def own_tag(tag: str) -> str:
    """The tag that is given for a label of the scheme `flores`.

    >>> own_tag("zho_Hans"), own_tag("ful_Latn")
    ('cmn_Hans', 'ful_Latn')
    """
    return f"{_of_tag(tag).language}{tag[3:]}"

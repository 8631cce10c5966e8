"""Bank accounts in their national forms, where many still write those and not an IBAN.

Argentina's CBU, Spain's CCC, Mexico's CLABE, and the Czech, Slovak, Norwegian and New Zealand
numbers in their written forms. Each needs its check digits and either the source's country
or a word such as "account", "CLABE" or "číslo účtu" close before it; in one piece, and where
a tenth of all numbers pass, the word.

Source: python-stdnum 2.2 (ar.cbu, es.ccc, cz.bankaccount, no.kontonr, nz.bankaccount), whose
modules name the banks' rules; CLABE: the Wikipedia article "CLABE" (weights 3, 7, 1).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from governance.pii.kinds import NUMBER
from governance.pii.recogniser import Recogniser, Window
from governance.pii.timeless import timeless_check

_REACH_CHARS = 24
_CANDIDATE_UNITS = 15
# What every form has, so that other windows cost one look.
_DIGITS = re.compile(r"[0-9]{11}|[0-9]{4}[ .-][0-9]{2}|[0-9]{2}-[0-9]{4}-|[0-9]/[0-9]{4}")
_EDGES = r"(?<![0-9A-Za-z_./-]){}(?![0-9A-Za-z_]|[-./,][0-9])"


def is_clabe(number: str) -> bool:
    """Whether the last of eighteen digits is the check digit of a Mexican account.

    >>> is_clabe("032180000118359719"), is_clabe("032180000118359718")
    (True, False)
    """
    products = (
        int(digit) * weight % 10 for digit, weight in zip(number, (3, 7, 1) * 6, strict=True)
    )
    return (10 - sum(list(products)[:17]) % 10) % 10 == int(number[17])


@dataclass(frozen=True, slots=True)
class _Form:
    """lands: where it is in use. check: a module of python-stdnum, or a function of ours.

    needs_cue: whether the country alone is too little.
    """

    lands: tuple[str, ...]
    pattern: re.Pattern[str]
    check: str | Callable[[str], bool]
    needs_cue: bool

    def is_valid(self, written: str) -> bool:
        if isinstance(self.check, str):
            return timeless_check(self.check)(written)
        return self.check(re.sub("[^0-9]", "", written))


def _form(
    lands: str, pattern: str, check: str | Callable[[str], bool], *, needs_cue: bool
) -> _Form:
    return _Form(tuple(lands.split()), re.compile(_EDGES.format(pattern)), check, needs_cue)


_FORMS = (
    _form("AR", r"[0-9]{8}[ -]?[0-9]{14}", "ar.cbu", needs_cue=False),
    _form("ES", r"[0-9]{4}([ -]?)[0-9]{4}\1[0-9]{2}\1[0-9]{10}", "es.ccc", needs_cue=False),
    _form("MX", r"[0-9]{3}( ?)[0-9]{3}\1[0-9]{11}\1[0-9]", is_clabe, needs_cue=True),
    _form("CZ SK", r"(?:[0-9]{1,6}-)?[0-9]{2,10}/[0-9]{4}", "cz.bankaccount", needs_cue=True),
    _form("NO", r"[0-9]{4}[. ][0-9]{2}[. ][0-9]{5}", "no.kontonr", needs_cue=False),
    _form("NO", r"[0-9]{11}", "no.kontonr", needs_cue=True),
    _form("NZ", r"[0-9]{2}-[0-9]{4}-[0-9]{7}-[0-9]{2,3}", "nz.bankaccount", needs_cue=False),
)  # fmt: skip


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of accounts whose check digits are right, by country or cue word."""
    if not _DIGITS.search(window.text):
        return
    for form in _FORMS:
        for match in form.pattern.finditer(window.text):
            window.spend(_CANDIDATE_UNITS)
            is_home = not form.needs_cue and window.lands.declared in form.lands
            if not form.is_valid(match.group()):
                continue
            if is_home or window.has_cue("account", match.start(), _REACH_CHARS):
                yield match.span()


RECOGNISER = Recogniser(
    name="Bank account, national form",
    type="BANK_ACCOUNT",
    anchors=NUMBER,
    strictness=4,
    find=find,
    description="Accounts of AR, CZ, ES, MX, NO, NZ and SK by check digits and country or cue.",
    source="python-stdnum 2.2; CLABE as in Wikipedia",
)

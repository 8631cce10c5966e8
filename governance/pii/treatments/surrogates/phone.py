"""Telephone numbers for film and fiction where a country has set some aside; else +999.

No country has the code 999, so +999… and 00999… cannot be dialled anywhere; a digit after it
says how long the number is. Of the ranges for fiction only every tenth number is a surrogate of
ours, by a check, so that made-up numbers in a text are still replaced.

Source: `SOURCES`, a line a country; ITU-T E.164, list of assigned codes (999 in reserve).
"""

import re
from collections.abc import Iterator
from functools import cache

from governance.pii.treatments.surrogates.draw import NINES as _N
from governance.pii.treatments.surrogates.draw import ZEROS as _Z
from governance.pii.treatments.surrogates.draw import (
    Draw,
    Range,
    ascii_digits,
    check,
    filled,
    in_digits_of,
    plain,
)

#: Country to calling code and forms: national, and after the calling code.
_FICTION = {
    "AU": ("61", (("(02) 5550 ####", "2 5550 ####"), ("(03) 7010 ####", "3 7010 ####"),
                  ("(07) 5550 ####", "7 5550 ####"), ("(08) 7010 ####", "8 7010 ####"))),
    "CA": ("1", (("(613) 555-01##", "613-555-01##"), ("(416) 555-01##", "416-555-01##"),
                 ("(604) 555-01##", "604-555-01##"), ("(514) 555-01##", "514-555-01##"))),
    "DE": ("49", (("030 23125###", "30 23125###"), ("040 66969###", "40 66969###"),
                  ("069 90009###", "69 90009###"), ("089 99998###", "89 99998###"))),
    "FR": ("33", (("01 99 00 ## ##", "1 99 00 ## ##"), ("06 39 98 ## ##", "6 39 98 ## ##"))),
    "GB": ("44", (("07700 900###", "7700 900###"), ("01632 960###", "1632 960###"))),
    "IE": ("353", (("020 91# ####", "20 91# ####"),)),
    "SE": ("46", (("08-465 004 ##", "8-465 004 ##"), ("031-390 06 ##", "31-390 06 ##"))),
    "US": ("1", (("(202) 555-01##", "202-555-01##"), ("(212) 555-01##", "212-555-01##"),
                 ("(312) 555-01##", "312-555-01##"), ("(415) 555-01##", "415-555-01##"))),
}  # fmt: skip
#: Who set the range of a country aside, and where that was read.
SOURCES = {
    "AU": "ACMA, Fictitious numbers for radio, books, film and TV, 2009-10-21, as quoted in"
    " Wikipedia, Fictitious telephone number (2014); ACMA spoke of them again on 2026-02-25",
    "CA": "NANPA, 555-0100 to 555-0199; Wikipedia, Fictitious telephone number, read 2026-11",
    "DE": "Bundesnetzagentur, Mitteilung 148/2021, Amtsblatt 7/2021, told by teltarif.de (84487)",
    "FR": "Arcep, décision 2018-0881 of 2018-07-24, numbers for audiovisual works; its annex could"
    " not be read here",
    "GB": "Ofcom, numbers for drama, as told by the BBC, The 20,000 fake phone numbers, 2015-04",
    "IE": "ComReg, 020 91, as told by tellerreport.com, 2020-09-07",
    "SE": "PTS, four area codes, as told by tellerreport.com, 2020-09-07; the digits are those of"
    " Wikipedia, for the list of PTS could not be read here",
    "US": "NANPA, 555-0100 to 555-0199; Wikipedia, Fictitious telephone number, read 2026-11",
}
_SHARE = 10
_FEWEST, _MOST = 7, 16
_RUN = re.compile(
    rf"(?<![\d+])(?:(?:\+|%2[Bb])[ (]{{0,2}}|\(?(?=[{_Z}]))\d(?:[ ().\-/]{{0,3}}\d){{6,15}}"
)


def _make(original: str, country: str | None, draw: Draw) -> str | None:
    form = re.split(r"[^\W\d_]|[#,;]", plain(original))[0].rstrip(" (")
    digits = ascii_digits(form)
    is_international = "+" in form[:2]
    if "%2" in original[:1] + original[1:2]:
        form = form.replace(" ", "")
    fiction = _fiction(digits if is_international else "", country)
    if fiction:
        return _fictional(original, fiction, draw, is_international=is_international)
    lead = "999" if is_international else "00999"
    if not _FEWEST <= len(digits) <= _MOST:
        return None
    rest = draw.digits(len(digits) - len(lead) - 1)
    written = filled(form, f"{lead}{len(digits) % 10}{rest}")
    return written.replace("+", "%2B") if original.startswith("%2") else written


def _fiction(international: str, country: str | None) -> str | None:
    """The country whose numbers for fiction fit: by calling code, or the document's own."""
    if not international:
        return country if country in _FICTION else None
    fitting = [land for land, (code, _) in _FICTION.items() if international.startswith(code)]
    return country if country in fitting else next(reversed(fitting), None)


def _fictional(original: str, country: str, draw: Draw, *, is_international: bool) -> str | None:
    code, forms = _FICTION[country]
    national, abroad = forms[draw.below(len(forms))]
    form = f"+{code} {abroad}" if is_international else national
    for _ in range(20 * _SHARE):
        written = re.sub("#", lambda _: draw.digits(1), form)
        if check(ascii_digits(written), _SHARE) == 0:
            return in_digits_of(original, written)
    return None


@cache
def _forms() -> re.Pattern[str]:
    forms = [form for code, group in _FICTION.values() for national, abroad in group
             for form in (national, f"+{code} {abroad}")]  # fmt: skip
    patterns = sorted({_any_digit(form) for form in forms}, key=len, reverse=True)
    return re.compile(rf"(?<![\d+])(?:{'|'.join(patterns)})(?!\d)")


def _any_digit(form: str) -> str:
    return re.sub(r"[0-9#]", r"\\d", re.sub(r"([()+])", r"\\\1", form))


@cache
def _fixed() -> tuple[re.Pattern[str], ...]:
    """The forms by their ASCII digits."""
    return tuple(
        re.compile(
            ascii_digits(form.replace("#", "")) and re.sub(r"[^0-9.]", "", form.replace("#", "."))
        )
        for code, group in _FICTION.values()
        for pair in group
        for form in (pair[0], f"{code}{pair[1]}")
    )


def _find(text: str) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text):
        end = _undialled(match)
        if end and not text[end : end + 1].isdecimal():
            yield match.start(), end
    for match in _forms().finditer(text):
        digits = ascii_digits(match.group())
        is_ours = any(form.fullmatch(digits) for form in _fixed())
        if is_ours and check(digits, _SHARE) == 0:
            yield match.span()


def _undialled(run: re.Match[str]) -> int | None:
    """Where a number that begins with 999, after a plus sign or 00, ends by its own length."""
    written = run.group()
    skipped = 3 if written.startswith("%") else 0
    places = [place for place, char in enumerate(written) if char.isdecimal() and place >= skipped]
    digits = "".join(ascii_digits(written[place]) for place in places)
    lead = "999" if written[0] in "+%" else "00999"
    if not digits.startswith(lead) or len(digits) <= len(lead):
        return None
    count = next(n for n in range(_FEWEST, _MOST + 1) if n % 10 == int(digits[len(lead)]))
    return run.start() + places[count - 1] + 1 if count <= len(digits) else None


RANGE = Range(
    type="PHONE_NUMBER",
    make=_make,
    find=_find,
    hint=rf"[{_N}]\D{{0,3}}[{_N}]\D{{0,3}}[{_N}]|\p{{Nd}}[ )-]{{1,2}}\p{{Nd}}",
    source="national numbering authorities, ITU-T E.164",
)

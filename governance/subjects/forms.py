"""One way of writing for every identifier, so that the same one always has the same digest.

`+254 712 345 678` and, in a Kenyan source, `0712 345678` are one number; `Jo@EXAMPLE.org`
and `jo [at] example.org` are one address. A change here is a new `NORMALISER`, for digests
of the old one are no longer found.

Source: NFKC and case folding as in Unicode 15.1 (UAX 15), E.164, RFC 5890 (domains), ISO 13616.
"""

import re
import unicodedata
from contextlib import suppress

from governance.pii.fold import fold
from governance.pii.territories import Territories

NORMALISER = 1
#: Found and masked, but no name of one person: thousands share a day of birth.
NOT_INDEXED = ("DATE_OF_BIRTH", "COORDINATES", "LOCATION", "PERSON")

PHONE, EMAIL, BANK = "PHONE_NUMBER", "EMAIL_ADDRESS", "IBAN_CODE"
_AT = re.compile(r"\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*|\s*@\s*")
_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*|\s+dot\s+")
_NOT_ALNUM = re.compile(r"[\W_]+")
_NOT_DIGIT = re.compile(r"[^0-9]+")


def forms(kind: str, value: str, lands: Territories) -> tuple[str, ...]:
    """The ways in which a value found in a text stands in the index.

    Args:
        kind: type of personal data, such as `PHONE_NUMBER`.
        value: as it was written.
        lands: the countries that the document points to.

    Returns:
        One or more, each with what it is; none for types that are not indexed. A local
        telephone number is the international one of every country that it fits, and its
        bare digits where it fits none.

    >>> forms("EMAIL_ADDRESS", "Jo [at] EXAMPLE dot org", Territories(None, frozenset()))
    ('email:jo@example.org',)
    >>> forms("PHONE_NUMBER", "٠٧١٢ ٣٤٥٦٧٨", Territories("KE", frozenset()))
    ('phone:+254712345678',)
    """
    if kind in NOT_INDEXED:
        return ()
    folded = fold(unicodedata.normalize("NFKC", fold(value).text)).text
    if kind == EMAIL:
        return (f"email:{_address(folded)}",)
    if kind == PHONE:
        return _international(folded, lands) or (_local(folded),)
    return (f"{'iban' if kind == BANK else 'number'}:{_bare(folded)}",)


def asked_forms(kind: str, value: str, country: str | None) -> tuple[str, ...]:
    """The ways in which a value that a person asks for may stand in the index.

    A telephone number is asked for with and without its country, since of some documents
    nobody could tell the country.

    >>> asked_forms("PHONE_NUMBER", "+254 712 345678", None)
    ('phone:+254712345678', 'local:0712345678', 'local:712345678')
    """
    found = forms(kind, value, Territories(country, frozenset()))
    if kind != PHONE:
        return found
    return tuple(dict.fromkeys((*found, *(local for one in found for local in _locals(one)))))


def _address(folded: str) -> str:
    plain = _DOT.sub(".", _AT.sub("@", folded.casefold())).strip()
    local, _, domain = plain.rpartition("@")
    domain = unicodedata.normalize("NFKC", domain).strip(".")
    with suppress(UnicodeError):  # no domain that could be registered; its letters are as good
        domain = domain.encode("idna").decode("ascii")
    return f"{local}@{domain}"


def _bare(folded: str) -> str:
    return _NOT_ALNUM.sub("", folded.casefold())


def _local(folded: str) -> str:
    return f"local:{_NOT_DIGIT.sub('', folded)}"


def _international(folded: str, lands: Territories) -> tuple[str, ...]:
    """E.164 of the number by its plus sign, else by the declared country, else by the likely."""
    plain = folded.strip()
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    if "+" in plain[:2]:
        return _e164(plain[plain.index("+") :], None)
    declared = _e164(plain, lands.declared) if lands.declared else ()
    likely = (number for land in sorted(lands.likely) for number in _e164(plain, land))
    return declared or tuple(dict.fromkeys(likely))


def _e164(written: str, region: str | None) -> tuple[str, ...]:
    import phonenumbers  # noqa: PLC0415  # its plans take a while to load

    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return ()
    if region is not None and not phonenumbers.is_valid_number_for_region(number, region):
        return ()
    if not phonenumbers.is_possible_number(number):
        return ()
    return (f"phone:{phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)}",)


def _locals(form: str) -> tuple[str, ...]:
    import phonenumbers  # noqa: PLC0415

    if not form.startswith("phone:"):
        return ()
    number = phonenumbers.parse(form.removeprefix("phone:"))
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return _local(national), f"local:{phonenumbers.national_significant_number(number)}"

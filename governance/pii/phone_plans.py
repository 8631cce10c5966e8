"""What the numbering plans say: cached questions to `phonenumbers`, loaded when first asked."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_GROUPS = re.compile(r"[0-9]+")
_NO_TRUNK = "none"
# Where libphonenumber's pattern of a country is wider than what its regulator gave out, so that
# other numbers would be read as telephones. Vietnam moved 016x to 032…039 in 2018 (Ministry of
# Information and Communications, from 15 September); 030 and 031 begin tax numbers of Saigon.
_NOT_GIVEN_OUT = {84: re.compile("3[01]")}


@lru_cache(maxsize=8192)
def _parsed(written: str, region: str | None) -> "PhoneNumber | None":
    import phonenumbers  # noqa: PLC0415  # only documents with candidates need it

    try:
        return phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None


def is_valid(written: str, region: str | None) -> bool:
    """Whether the number is given out in its country; `region` reads one without a plus sign.

    >>> is_valid("0712 123456", "KE"), is_valid("+99 983 453 999", None)
    (True, False)
    """
    import phonenumbers  # noqa: PLC0415

    number = _parsed(written, region)
    if number is None or not phonenumbers.is_valid_number(number):
        return False
    gap = _NOT_GIVEN_OUT.get(number.country_code or 0)
    return gap is None or not gap.match(phonenumbers.national_significant_number(number))


def is_possible(written: str) -> bool:
    """Whether an international number has a known country code and a possible length."""
    import phonenumbers  # noqa: PLC0415

    number = _parsed(written, None)
    return number is not None and phonenumbers.is_possible_number(number)


@lru_cache(maxsize=512)
def trunk_prefix(region: str) -> str:
    """The digits dialled before a national number ("0", "8", "06"); never "1", as many begin so.

    A word that no number begins with, where a country has none.
    """
    from phonenumbers import PhoneMetadata  # noqa: PLC0415

    metadata = PhoneMetadata.metadata_for_region(region, None)
    prefix = metadata.national_prefix if metadata else None
    return prefix if prefix and prefix != "1" else _NO_TRUNK


def is_national_grouping(written: str, groups: tuple[str, ...], region: str) -> bool:
    """Whether a valid number's digits are grouped as its own country writes them.

    The trunk prefix may be missing.

    >>> is_national_grouping("612 34 56 78", ("612", "34", "56", "78"), "ES")
    True
    >>> is_national_grouping("532 123 45 67", ("532", "123", "45", "67"), "TR")
    True
    """
    import phonenumbers  # noqa: PLC0415

    number = _parsed(written, region)
    if number is None:
        return False
    style = phonenumbers.PhoneNumberFormat.NATIONAL
    usual = _GROUPS.findall(phonenumbers.format_number(number, style))
    trunk = trunk_prefix(region)
    return list(groups) in (usual, [usual[0].removeprefix(trunk), *usual[1:]])

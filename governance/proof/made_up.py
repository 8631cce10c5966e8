"""One generator for every type of personal data: values that look real and belong to nobody.

Addresses are at example domains, cards begin as the test numbers of card companies do,
telephone numbers lie in the ranges that a country keeps for films where it has some, and
else close to its numbering plan's own example. National numbers pass their check digits; some
could be given out one day, so lists of them are test data and nothing else.

Source: RFC 2606 (domains), RFC 6761; numbers for drama as in `pii/treatments/surrogates/phone.py`;
libphonenumber's examples, python-stdnum's checks.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from random import Random

from governance.pii.national_ids import Entry, entries_of

#: Country, random source -> a value, or None where the country has none of this type.
Generator = Callable[[str | None, Random], str | None]
#: Beginnings of numbers that are kept for films and books, and how many digits follow.
DRAMA: Mapping[str, tuple[str, int]] = {
    "US": ("+1 202 555 01", 2),
    "CA": ("+1 613 555 01", 2),
    "GB": ("+44 7700 900", 3),
    "AU": ("+61 2 5550 ", 4),
    "FR": ("+33 6 39 98 ", 4),
}
_TRIES = 4_000
#: Numbers of one or two digits over and over are examples that no recogniser takes.
_FEWEST_SIGNS = 3
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_SIMPLE = re.compile(r"(?:\\d|\[[^\]^]+\]|[0-9A-Z])(?:\{\d+(?:,\d+)?\}|\?)?|\(\?:[^()]*\)\??|\|")


def email(_: str | None, chance: Random) -> str:
    """An address at an example domain."""
    domain = chance.choice(("example.org", "example.com", "example.net"))
    return f"{_word(chance, 7)}.{_word(chance, 1)}{chance.randrange(100, 999)}@{domain}"


def phone(country: str | None, chance: Random) -> str | None:
    """A number in a drama range, else the example of the country's plan with other last digits."""
    import phonenumbers  # noqa: PLC0415

    if country in DRAMA:
        start, count = DRAMA[str(country)]
        return start + "".join(str(chance.randrange(10)) for _ in range(count))
    kind = phonenumbers.PhoneNumberType.MOBILE
    example = phonenumbers.example_number_for_type(country or "GB", kind)
    if example is None:
        return None
    national = phonenumbers.national_significant_number(example)
    for _ in range(_TRIES):
        digits = national[:-4] + f"{chance.randrange(10_000):04}"
        number = phonenumbers.parse(f"+{example.country_code}{digits}")
        if phonenumbers.is_valid_number(number):
            form = chance.choice(("INTERNATIONAL", "NATIONAL"))
            return str(phonenumbers.format_number(
                number, getattr(phonenumbers.PhoneNumberFormat, form)
            ))  # fmt: skip
    return None


def iban(country: str | None, chance: Random) -> str | None:
    """An account of the country, of Germany where it has no IBAN, with right check digits."""
    from stdnum.iso7064 import mod_97_10  # noqa: PLC0415

    land = country if country in {"DE", "NL", "GB", "AT", "GR", "RO", "SA", "TR", "PL"} else "DE"
    shape = {"DE": 18, "AT": 16, "PL": 24}.get(land)
    bban = _digits(chance, shape) if shape else {
        "NL": lambda: "TEST" + _digits(chance, 10),
        "GB": lambda: "TEST" + _digits(chance, 14),
        "GR": lambda: _digits(chance, 23),
        "RO": lambda: "TEST" + _digits(chance, 16),
        "SA": lambda: _digits(chance, 20),
        "TR": lambda: _digits(chance, 5) + "0" + _digits(chance, 16),
    }[land]()  # fmt: skip
    for check in range(2, 99):
        number = f"{land}{check:02}{bban}"
        if mod_97_10.is_valid(number[4:] + number[:4]):
            return _grouped(number, 4)
    return None


def bank_account(_: str | None, chance: Random) -> str:
    """A Mexican CLABE with its check digit, of a bank that there is not (999)."""
    body = "999" + _digits(chance, 14)
    products = (
        int(digit) * weight % 10 for digit, weight in zip(body, (3, 7, 1) * 6, strict=False)
    )
    return body + str(-sum(products) % 10)


def card(_: str | None, chance: Random) -> str:
    """A number with Luhn's digit that begins as the test cards of card companies do."""
    body = chance.choice(("400000", "411111", "555555", "520082")) + _digits(chance, 9)
    return _grouped(body + luhn_digit(body), 4)


def luhn_digit(body: str) -> str:
    """The digit that Luhn's rule puts after some others.

    >>> luhn_digit("411111111111111")
    '1'
    """
    total = 0
    for place, char in enumerate(reversed(body)):
        doubled = int(char) * (2 - place % 2)
        total += doubled - 9 * (doubled > 9)  # noqa: PLR2004
    return str(-total % 10)


def ip(_: str | None, chance: Random) -> str:
    """A public address: those kept for examples name nobody and stay in texts."""
    return ".".join(str(chance.randrange(low, high)) for low, high in ((60, 99), *[(33, 250)] * 3))


def mac(_: str | None, chance: Random) -> str:
    """An address from the range that nobody assigns (locally administered)."""
    return ":".join(["02", *(f"{chance.randrange(256):02X}" for _ in range(5))])


def imei(_: str | None, chance: Random) -> str:
    """Fifteen digits with Luhn's, of the test body 00."""
    body = "35" + _digits(chance, 12)
    return body + luhn_digit(body)


def national_id(country: str | None, chance: Random) -> str | None:
    """A number of the country that passes its check."""
    for entry in entries_of(country):
        value = number_of(entry, chance)
        if value:
            return value
    return None


def number_of(entry: Entry, chance: Random) -> str | None:
    """A number of one line of the table; None where so many tries give none."""
    if entry.chance_share < 20 / _TRIES:
        return None
    for _ in range(_TRIES):
        value = _of_shape(entry.shape.pattern, chance)
        if value is None:
            return None
        if len(set(value)) > _FEWEST_SIGNS and entry.accepts(value, value):
            return value
    return None


def _of_shape(pattern: str, chance: Random) -> str | None:
    """Something that a simple pattern matches; None for patterns with more than classes."""
    pieces = []
    chosen = chance.choice(pattern.split("|")) if "(" not in pattern else pattern
    for part in _SIMPLE.findall(chosen):
        if part.startswith("("):
            if not part.endswith("?"):
                return None
            continue
        unit, _, times = part.partition("{")
        count = int(times.rstrip("}").split(",")[0]) if times else 1
        pieces += [chance.choice(_class(unit.rstrip("?"))) for _ in range(count)]
    value = "".join(pieces)
    return value if re.fullmatch(pattern, value) else None


def _class(unit: str) -> str:
    if unit == r"\d":
        return "0123456789"
    if not unit.startswith("["):
        return unit
    return "".join(char for char in map(chr, range(43, 91)) if re.fullmatch(unit, char))


def password(_: str | None, chance: Random) -> str:
    """A name and a password, as they stand in an address (`FRAMES`)."""
    return f"{_word(chance, 6)}:{_word(chance, 9)}{chance.randrange(99)}"


def secret(_: str | None, chance: Random) -> str:
    """A key that looks like one of AWS."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return "AKIA" + "".join(chance.choice(letters) for _ in range(16))


def wallet(_: str | None, chance: Random) -> str:
    """A Bitcoin address with its checksum, of a key that nobody made."""
    raw = b"\0" + bytes(chance.randrange(256) for _ in range(20))
    raw += hashlib.sha256(hashlib.sha256(raw).digest()).digest()[:4]
    number, found = int.from_bytes(raw), ""
    while number:
        number, rest = divmod(number, 58)
        found = _BASE58[rest] + found
    return "1" + found


def birth(_: str | None, chance: Random) -> str:
    """A day."""
    day, month, year = (chance.randrange(*it) for it in ((10, 29), (10, 13), (1940, 2005)))
    return f"{day}.{month}.{year}"


def plate(_: str | None, chance: Random) -> str:
    """A number plate: a district, two letters, four digits."""
    return f"{_word(chance, 2).upper()}-{_word(chance, 2).upper()} {chance.randrange(1000, 9999)}"


def place(_: str | None, chance: Random) -> str:
    """A point in the South Atlantic, to eleven metres."""
    return f"-{chance.uniform(40, 50):.4f}, -{chance.uniform(20, 30):.4f}"


def handle(_: str | None, chance: Random) -> str:
    """An account's name."""
    return f"@{_word(chance, 6)}_{chance.randrange(1000, 9999)}"


def code(_: str | None, chance: Random) -> str:
    """A number of a patient or student: two letters and seven digits."""
    return f"{_word(chance, 2).upper()}{_digits(chance, 7)}"


def passport(_: str | None, chance: Random) -> str:
    """A number as passports have it: two letters and seven digits, XX for no country's."""
    return f"XX{_digits(chance, 7)}"


def address(_: str | None, chance: Random) -> str:
    """A street with a number that is in no town."""
    return f"{chance.randrange(100, 999)} {_word(chance, 8).title()} Street"


#: Type -> generator, kind of cue word. A type without a cue kind stands alone.
GENERATORS: Mapping[str, tuple[Generator, str | None]] = {
    "EMAIL_ADDRESS": (email, None),
    "PHONE_NUMBER": (phone, "phone"),
    "IBAN_CODE": (iban, None),
    "BANK_ACCOUNT": (bank_account, "CLABE"),
    "CREDIT_CARD": (card, "card"),
    "IP_ADDRESS": (ip, "ip"),
    "MAC_ADDRESS": (mac, None),
    "IMEI": (imei, "IMEI"),
    "NATIONAL_ID": (national_id, "identity"),
    "URL_CREDENTIALS": (password, None),
    "SECRET": (secret, None),
    "CRYPTO_WALLET": (wallet, None),
    "DATE_OF_BIRTH": (birth, "birth"),
    "LICENCE_PLATE": (plate, "plate"),
    "COORDINATES": (place, "geo"),
    "SOCIAL_HANDLE": (handle, "handle"),
    "HEALTH_NUMBER": (code, "insurance"),
    "STUDENT_NUMBER": (code, "student"),
    "PASSPORT": (passport, "passport"),
    "ADDRESS": (address, "address"),
}
#: What a value of a type stands in.
FRAMES: Mapping[str, tuple[str, str]] = {"URL_CREDENTIALS": ("https://", "@example.org/files")}
#: Types that are not planted, and why.
NOT_PLANTED: Mapping[str, str] = {}
#: Types whose digits are written in those of the document's script as well.
NATIVE = frozenset({"PHONE_NUMBER", "NATIONAL_ID", "CREDIT_CARD"})


def _word(chance: Random, chars: int) -> str:
    return "".join(
        chance.choice("bdfgklmnprstvz" if at % 2 == 0 else "aeiou") for at in range(chars)
    )


def _digits(chance: Random, count: int) -> str:
    return "".join(str(chance.randrange(10)) for _ in range(count))


def _grouped(number: str, size: int) -> str:
    return " ".join(number[at : at + size] for at in range(0, len(number), size))

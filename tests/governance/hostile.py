"""Lines made to hurt: a recogniser's own ingredients over and over, a megabyte of them."""

import random

HOSTILE = {
    "digits": "1",
    "digits and spaces": "1 ",
    "digits and hyphens": "1-2",
    "brackets": "(1)",
    "dotted": "1.2.3.",
    "colons": "2a00::",
    "hexadecimal": "2a00:",
    "schemes": "://a:b@",
    "addresses": "a@",
    "dots": "a@b.",
    "many addresses": "a@b.co ",
    "spelled": "a(at)b",
    "quotes": '"a"@',
    "percent": "%40",
    "other script": "ก@ข.",
    "Chinese": "漢@漢。",
    "joiners": "1\u200d2",
    "combining marks": "1\u0301\u0302a",
    "letters and digits": "A1",
    "base64": "QUJD+/09",
    "account beginnings": "GB82 ",
    "national accounts": "1234-1234-16-1234567890 ",
    "cards": "4111 ",
    "serial numbers": "imei 490154203237518 ",
    "plus signs": "+1",
    "telephone words": "tel 1 ",
    "labelled numbers": "tel: 0123456 ",
    "identity numbers": "38001085718 ",
    "networks": "93.184.216.34 ",
    "placeholders": "[PHONE_NUMBER]1",
    "births": "born 12.3. ",
    "months": "born mmmmmmmm 1 ",
    "plates": "plate AB1 ",
    "addresses after labels": "address: a ",
    "handles": "ig @aa.",
    "fractions": "1.234, ",
    "degrees": "1°2'3",
    "hardware": "6c:40:08:",
    "web tokens": "eyJ0123456789abcdef.",
    "web token beginnings": "eyJaaaaaaaa.eyJ",
    "key blocks": "-----BEGIN PRIVATE KEY-----1 ",
    "wallets": "1A1zP1eP5QGefi2DMPTfTL5SLm ",
    "student numbers": "student no 1234-",
}


def line(unit: str, chars: int) -> str:
    """One line of a unit over and over."""
    return unit * (chars // len(unit))


def mixed(seed: int, chars: int) -> str:
    """One line of all units in random order, so that no cache helps."""
    dice = random.Random(seed)
    units = list(HOSTILE.values())
    parts, size = [], 0
    while size < chars:
        parts.append(dice.choice(units) * dice.randint(1, 4) + str(dice.randrange(10**6)))
        size += len(parts[-1])
    return "".join(parts)[:chars]

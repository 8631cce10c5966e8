"""VISCII, the Vietnamese one-byte encoding that Python has no codec for.

Six control characters and the whole upper half hold Vietnamese letters, so that
every letter with its tone is one byte.

Source: RFC 1456, "Conventions for Encoding the Vietnamese Language" (1993).
"""

import codecs

_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "Õắằặấầẩậẽẹếềểễệố"
    "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉ"
    "đựòóôõỏọụùúũủýợỮ"
)
TABLE = "".join(_LOW.get(code, chr(code)) for code in range(128)) + _HIGH


def decode(raw: bytes) -> str:
    r"""The text of VISCII bytes; every byte has a meaning, so it never fails.

    >>> decode(b"Ti\xaang Vi\xaet")
    'Tiếng Việt'
    """
    return codecs.charmap_decode(raw, "strict", TABLE)[0]

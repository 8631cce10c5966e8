"""Seven-bit encodings that switch between character sets with escape sequences."""

import re

from pipelines.formats.encodings.east_asian_score import score

#: The sequence that opens each encoding, its name and Python's codec.
#: Sources: RFC 1468 and RFC 1554 (ISO-2022-JP), RFC 1557 (ISO-2022-KR), RFC 1843 (HZ).
_ENCODINGS = (
    (re.compile(rb"\x1b\$\)C"), "iso-2022-kr", "iso2022_kr"),
    (re.compile(rb"\x1b(?:\$[@B]|\$\([DO-Q]|\([IJ])"), "iso-2022-jp", "iso2022_jp_ext"),
    (re.compile(rb"~\{[\x21-\x77][\x21-\x7e]"), "hz-gb-2312", "hz"),
)
#: `~{` also stands in programs, so its Chinese must read like Chinese.
_LEAST_NATS_PER_CHARACTER = -9.0


def decode_escapes(raw: bytes) -> tuple[str, str] | None:
    """The text of ISO-2022-JP, ISO-2022-KR or HZ and the encoding's name, or None.

    >>> decode_escapes("日本".encode("iso2022_jp"))
    ('日本', 'iso-2022-jp')
    >>> decode_escapes(b"sed 's/~{x}//'") is None
    True
    """
    if b"\x1b" not in raw and b"~{" not in raw:
        return None
    for opening, name, codec in _ENCODINGS:
        if opening.search(raw):
            try:
                text = raw.decode(codec)
            except UnicodeDecodeError:
                return None
            return (text, name) if name != "hz-gb-2312" or _is_chinese(text) else None
    return None


def _is_chinese(text: str) -> bool:
    beyond = "".join(char for char in text if char >= "\x80")[:1000]
    best = max(guess.score_nats for guess in score(beyond.encode("gb18030"), 0.0))
    return bool(beyond) and best >= _LEAST_NATS_PER_CHARACTER * len(beyond)

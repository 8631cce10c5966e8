"""From bytes to text: which encoding they are in, and what it is when nobody knows.

In this order: a byte order mark; UTF-16 or UTF-32 without one; escape sequences; UTF-8,
which hardly anything else is by chance; then the encodings from before Unicode, among
which a declared one counts as a strong hint, because declarations are often wrong.
"""

from dataclasses import dataclass

from pipelines.formats.encodings.markup import without_markup
from pipelines.formats.encodings.unicode_forms import (
    byte_order_mark,
    is_damaged_utf8,
    without_mark,
)
from schemas.errors import InputError

UTF8 = "utf-8"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding that it was in; or no text and the reason why."""

    text: str | None
    encoding: str
    failure: str | None = None


def decode(raw: bytes, declared: str | None = None, *, markup: bool = False) -> Decoded:
    r"""Reads bytes whose encoding is not known for sure.

    Args:
        raw: the bytes. No bytes are the empty text.
        declared: what a header or the page itself calls the encoding, in any spelling.
        markup: the bytes are HTML, whose tags say nothing about the language.

    Returns:
        The text; or the failure `bad-utf-8` (UTF-8 that was damaged) or `undecodable` (no
        encoding fits well, or two fit equally well).

    >>> decode("déjà vu".encode("cp1252"))
    Decoded(text='déjà vu', encoding='windows-1252', failure=None)
    >>> decode("naïve café".encode() + b"\xff").failure
    'bad-utf-8'
    """
    mark = byte_order_mark(raw)
    if mark:
        return _decode_unicode(raw[mark[1] :], mark[0])
    form = without_mark(raw) if b"\0" in raw else None
    if form:
        return _decode_unicode(raw, form)
    switched = _decode_switched(raw)
    if switched:
        return switched
    try:
        return Decoded(raw.decode(), UTF8)
    except UnicodeDecodeError:
        return _decode_legacy(raw, declared, markup=markup)


def decode_as(raw: bytes, encoding: str) -> Decoded:
    """Reads bytes in the encoding that a source card gives for certain.

    Raises:
        InputError: there is no such encoding.
    """
    from pipelines.formats.encodings import legacy  # noqa: PLC0415 (numpy: only when needed)

    name = known_name(encoding)
    mark = byte_order_mark(raw)
    if mark:
        return _decode_unicode(raw[mark[1] :], mark[0])
    try:
        text = raw.decode(name) if _is_unicode(name) else legacy.decode(raw, name)
    except UnicodeError:
        return Decoded(None, name, "bad-utf-8" if name == UTF8 else "undecodable")
    return Decoded(text, name)


def known_name(encoding: str) -> str:
    """Our name of an encoding that a person named.

    Raises:
        InputError: there is no such encoding.

    >>> known_name("CP1251")
    'windows-1251'
    """
    from pipelines.formats.encodings.names import name_of  # noqa: PLC0415

    name = name_of(encoding)
    if name is None:
        raise InputError(f"encoding {encoding!r} is not known; docs/formats.md lists the encodings")
    return name


def _is_unicode(name: str) -> bool:
    return name.startswith(("utf", "iso2022", "hz"))


def _decode_unicode(raw: bytes, form: str) -> Decoded:
    try:
        return Decoded(raw.decode(form), form)
    except UnicodeDecodeError:
        return Decoded(None, form, "bad-utf-8" if form == UTF8 else "undecodable")


def _decode_switched(raw: bytes) -> Decoded | None:
    if (b"\x1b" not in raw and b"~{" not in raw) or not raw.isascii():
        return None
    from pipelines.formats.encodings.escapes import decode_escapes  # noqa: PLC0415

    found = decode_escapes(raw)
    return Decoded(*found) if found else None


def _decode_legacy(raw: bytes, declared: str | None, *, markup: bool) -> Decoded:
    if is_damaged_utf8(raw):
        return Decoded(None, UTF8, "bad-utf-8")
    from pipelines.formats.encodings import legacy  # noqa: PLC0415
    from pipelines.formats.encodings.names import name_of  # noqa: PLC0415

    words = without_markup(raw) if markup else raw
    found = legacy.detect(words, name_of(declared) if declared else None)
    if found is None:
        return Decoded(None, "unknown", "undecodable")
    try:
        return Decoded(legacy.decode(raw, found), found)
    except UnicodeError:
        return Decoded(None, found, "undecodable")

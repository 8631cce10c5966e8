"""The encoding of a file of lines: decided once, by its first bytes, for all its parts."""

import codecs
from collections.abc import Iterator

from pipelines.formats.encodings import UTF8, Decoded, decode, decode_as, known_name
from pipelines.formats.encodings.unicode_forms import byte_order_mark, without_mark
from pipelines.formats.streams.damage import DamagedError

#: So much of a file decides about its encoding.
HEAD_BYTES = 1_048_576


def wide_form(head: bytes, declared: str | None) -> str | None:
    """The form of UTF-16 or UTF-32 that a stream is in, or None for all other encodings."""
    mark = byte_order_mark(head)
    if mark:
        return mark[0] if mark[0] != "utf-8" else None
    if declared:
        name = known_name(declared)
        name = name + "-le" if name in {"utf-16", "utf-32"} else name
        return name if name.startswith(("utf-16", "utf-32")) else None
    return without_mark(head[: len(head) // 4 * 4]) if b"\0" in head else None


def as_utf8(stream: Iterator[bytes], form: str) -> Iterator[bytes]:
    """A stream of UTF-16 or UTF-32 as UTF-8, without its byte order mark."""
    decoder = codecs.getincrementaldecoder(form)("strict")
    try:
        first = True
        for piece in stream:
            text = decoder.decode(piece)
            yield (text.removeprefix("\ufeff") if first else text).encode()
            first = first and not text
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise DamagedError("undecodable") from error


def encoding_of(head: bytes, declared: str | None) -> tuple[str, bool]:
    """The encoding of a file's lines by its first bytes, and whether that is certain.

    It is uncertain while the first bytes are plain ASCII or cannot be told.
    """
    if declared:
        return known_name(declared), True
    whole = head if len(head) < HEAD_BYTES else head[: head.rfind(b"\n") + 1] or head
    if whole.isascii():
        return UTF8, False
    found = decode(whole)
    if found.text is None:
        return UTF8, found.failure == "bad-utf-8"
    return found.encoding, True


def decode_line(data: bytes, encoding: str, *, is_certain: bool) -> Decoded:
    """The text of one line or of a few, in the encoding of their file.

    While that is uncertain, each is looked at for itself.
    """
    if encoding == UTF8 and not is_certain:
        return decode(data)
    if encoding != UTF8:
        return decode_as(data, encoding)
    try:
        return Decoded(data.decode(), UTF8)
    except UnicodeDecodeError:
        return Decoded(None, UTF8, "bad-utf-8")

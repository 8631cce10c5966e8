"""One document of a web archive: the page or text that was fetched, or why there is none."""

import re
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from governance.optouts.page import signals
from pipelines.formats.encodings import Decoded, decode, decode_as
from pipelines.formats.encodings.unicode_forms import byte_order_mark
from pipelines.formats.model import Reading, Record
from pipelines.formats.streams.blocks import Block
from pipelines.formats.web_page import page_record

_Coding = Literal["all", "transfer", "content", "none"]

_MARKUP = frozenset(("text/html", "application/xhtml+xml"))
_TEXT = frozenset(("text/plain", "text/markdown", "text/x-markdown"))
_SUCCESS = range(200, 300)
_SNIFFED_BYTES = 1_445
_PAGE_START = re.compile(
    rb"(?i)[\t\n\f\r ]*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title"
    rb"|b|body|br|p|!--)[\t\n\f\r >-]"
)
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
#: How the content may be coded, from what the headers say to taking it as it lies: some
#: archives decode the content and keep the headers.
_CODINGS: tuple[_Coding, ...] = ("all", "transfer", "content", "none")


class _Payload(NamedTuple):
    """What was fetched: its bytes, media type (empty if unknown) and named charset."""

    body: bytes
    media_type: str
    charset: str | None
    failure: str | None = None


def archived_record(block: Block, reading: Reading) -> Record:
    """The record of a `response`, `resource` or `conversion`.

    Args:
        block: the document as it lies in the archive.
        reading: as the card says.

    Returns:
        The main text of a page, or other text as it is. Failures: http-status (the server
        refused or sent elsewhere), empty-body, robots-txt, not-text (neither HTML nor plain
        text), warc-header, http-header, record-too-large (when unpacked), no-text, those of the
        block and those of the encoding.
    """
    if block.failure:
        return Record(block.offset, None, b"", failure=block.failure)
    try:
        found = _parsed(block, "none")
    except (OSError, ValueError):
        return Record(block.offset, None, block.content, failure="warc-header")
    known = _known(block, found)
    payload = _payload(block, found, reading)
    known = replace(known, raw=payload.body, failure=payload.failure or _refusal(known, payload))
    if known.failure:
        return known
    media_type = payload.media_type or _sniffed(payload.body)
    page = payload.body if media_type in _MARKUP else b""
    known = replace(known, signals=signals(_headers(found), page))
    if media_type in _MARKUP:
        return page_record(known, payload.charset, reading)
    if media_type in _TEXT:
        return _plain(known, payload.charset, reading)
    return replace(known, failure="not-text")


def archived_answer(block: Block) -> tuple[str, str, int, str] | None:
    """What a host answered when it was asked for a file of its own, such as robots.txt.

    Returns:
        Address, date, status (200 where none is told) and the text; None when it is broken.
    """
    try:
        found = _parsed(block, "none")
        payload = _payload(block, found, Reading())
        status = found.http_headers.status_code if found.is_http else 200
    except (AttributeError, OSError, ValueError):
        return None
    known = _known(block, found)
    if known.url is None or payload.failure == "http-header":
        return None
    return known.url, known.date or "", int(status), payload.body.decode("utf-8", "replace")


def _headers(found: Any) -> list[tuple[str, str]]:  # noqa: ANN401 (a compiled class)
    return list(found.http_headers.items()) if found.is_http and found.http_headers else []


def _parsed(block: Block, coding: _Coding) -> Any:  # noqa: ANN401 (a compiled class)
    from fastwarc.warc import WarcRecord  # noqa: PLC0415

    found = WarcRecord.from_bytes(block.head + block.content)
    if found.is_http:
        found.parse_http(auto_decode=coding, quirks_mode=True)
    return found


def _known(block: Block, found: Any) -> Record:  # noqa: ANN401 (a compiled class)
    headers = found.headers
    url = headers.get("WARC-Target-URI", "").strip().strip("<>")
    name = headers.get("WARC-Record-ID", "").strip().strip("<>")
    date = headers.get("WARC-Date", "").strip()
    return Record(
        block.offset, None, b"", native_id=name or None, url=url or None, date=date or None
    )


def _payload(block: Block, found: Any, reading: Reading) -> _Payload:  # noqa: ANN401 (as above)
    identified = found.headers.get("WARC-Identified-Payload-Type", "")
    if not found.is_http:
        named = found.headers.get("Content-Type", "")
        return _Payload(block.content, _media_type(named or identified), _charset(named))
    head = found.http_headers
    if head is None or head.status_code is None:
        return _Payload(block.content, "", None, "http-header")
    media_type = _media_type(found.http_content_type or identified)
    body = _body(block, reading.max_record_bytes)
    if len(body) > reading.max_record_bytes:
        return _Payload(b"", media_type, None, "record-too-large")
    failure = None if head.status_code in _SUCCESS else "http-status"
    return _Payload(body, media_type, found.http_charset, failure)


def _body(block: Block, limit_bytes: int) -> bytes:
    """The content without its transfer and content coding; at most one byte above the limit."""
    for coding in _CODINGS:
        try:
            body = _parsed(block, coding).reader.read(limit_bytes + 1)
        except (OSError, ValueError):
            continue
        if body or coding == "all":
            return body
    return b""


def _media_type(header: str) -> str:
    return header.partition(";")[0].strip().lower()


def _charset(header: str) -> str | None:
    _, named, value = header.lower().partition("charset=")
    return value.partition(";")[0].strip().strip("\"'") or None if named else None


def _refusal(known: Record, payload: _Payload) -> str | None:
    if (known.url or "").partition("?")[0].endswith("/robots.txt"):
        return "robots-txt"
    return None if payload.body else "empty-body"


def _sniffed(body: bytes) -> str:
    r"""The media type by the first bytes, where no header names one.

    Source: MIME Sniffing Standard, sections 7.1 and 3 (binary data bytes), 2026.

    >>> _sniffed(b" <!DOCTYPE html>"), _sniffed(b"Habari"), _sniffed(b"PK\x03\x04")
    ('text/html', 'text/plain', '')
    """
    head = body[:_SNIFFED_BYTES]
    if _PAGE_START.match(head):
        return "text/html"
    is_binary = _BINARY.search(head) and not byte_order_mark(head)
    return "" if is_binary else "text/plain"


def _plain(known: Record, charset: str | None, reading: Reading) -> Record:
    decoded = _decoded(known.raw, charset, reading)
    failure = decoded.failure or (None if decoded.text else "no-text")
    text = decoded.text or None
    return replace(known, text=text, encoding=decoded.encoding, failure=failure)


def _decoded(raw: bytes, charset: str | None, reading: Reading) -> Decoded:
    return decode_as(raw, reading.encoding) if reading.encoding else decode(raw, charset)

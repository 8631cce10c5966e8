"""One record of a web archive: the page that was fetched, or why there is none."""

from dataclasses import replace
from typing import Any

from pipelines.formats.encodings import decode, decode_as
from pipelines.formats.model import Reading, Record
from pipelines.formats.web_page import page_record

_MARKUP = ("text/html", "application/xhtml+xml")
_FIRST_OK, _FIRST_NOT_OK = 200, 300


def archived_record(found: Any, reading: Reading) -> Record:  # noqa: ANN401 (a compiled class)
    """The document of a `response`, `resource` or `conversion` record.

    Args:
        found: a record of fastwarc whose content was not read yet.
        reading: as the card says.

    Returns:
        The main text of a page, or other text as it is. Failures: record-too-large,
        truncated, http-status (the server refused or sent elsewhere), robots-txt, not-text,
        no-text, or those of the encoding.
    """
    known = _known(found)
    declared_bytes = found.content_length
    if declared_bytes > reading.max_record_bytes:
        return replace(known, failure="record-too-large")
    try:
        found.freeze()
        if found.content_length < declared_bytes:
            return replace(known, failure="truncated")
        is_page, kind, charset = _opened(found)
        body = found.reader.read(reading.max_record_bytes + 1)
    except (OSError, ValueError):
        return replace(known, failure="corrupt")
    if len(body) > reading.max_record_bytes:  # the server's packing can be a bomb too
        return replace(known, failure="record-too-large")
    known = replace(known, raw=body)
    failure = _refusal(found, known.url, kind)
    if failure:
        return replace(known, failure=failure)
    if is_page:
        return page_record(known, charset, reading)
    return _plain(known, charset, reading)


def _known(found: Any) -> Record:  # noqa: ANN401 (a compiled class)
    headers = {name.lower(): value for name, value in found.headers}
    return Record(
        offset=found.stream_pos,
        text=None,
        raw=b"",
        native_id=found.record_id,
        url=headers.get("warc-target-uri", "").strip("<>") or None,
        date=headers.get("warc-date"),
    )


def _opened(found: Any) -> tuple[bool, str, str | None]:  # noqa: ANN401 (a compiled class)
    """Takes the HTTP head off: is it a page, its content type, and the charset it names."""
    headers = {name.lower(): value for name, value in found.headers}
    kind, charset = headers.get("content-type", "text/plain"), None
    if found.is_http:
        found.parse_http(auto_decode="all")
        kind, charset = found.http_content_type or "text/html", found.http_charset
    kind = kind.partition(";")[0].strip().lower()
    return kind in _MARKUP, kind, charset


def _refusal(found: Any, url: str | None, kind: str) -> str | None:  # noqa: ANN401 (as above)
    status = found.http_headers.status_code if found.http_headers else _FIRST_OK
    if not _FIRST_OK <= status < _FIRST_NOT_OK:
        return "http-status"
    if url and url.partition("?")[0].endswith("/robots.txt"):
        return "robots-txt"
    if kind not in _MARKUP and not kind.startswith("text/"):
        return "not-text"
    return None


def _plain(known: Record, charset: str | None, reading: Reading) -> Record:
    named = reading.encoding
    decoded = decode_as(known.raw, named) if named else decode(known.raw, charset)
    text = decoded.text if decoded.text and decoded.text.strip() else None
    failure = decoded.failure or (None if text else "no-text")
    return replace(known, text=text, encoding=decoded.encoding, failure=failure)

"""Makes HTML pages, and WARC and WET files without a WARC library."""

import base64
import hashlib
import html
import uuid
from collections.abc import Iterable

from tests.tools.sample_parts.files import gzipped
from tests.tools.sample_parts.plant import Planted

_DATE = "2026-10-01T00:00:00Z"
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="{charset}">
<title>{title}</title>
</head>
<body>
<header><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/map">Map</a></nav></header>
<main>
<article>
<h1>{heading}</h1>
{paragraphs}
</article>
</main>
<footer><p>Office of the sample corpus</p></footer>
</body>
</html>
"""


def page(planted: Planted) -> bytes:
    """An HTML page with a heading, the paragraphs, and a menu and footer to be left out."""
    extra = planted.plan.extra
    charset = extra.get("charset", "utf-8")
    heading = " ".join(planted.paragraphs[0].split()[:4])[:60]
    markup = _PAGE.format(
        language=planted.plan.carrier.split("_")[0],
        charset=charset,
        title=html.escape(planted.title or heading),
        heading=html.escape(heading),
        paragraphs="\n".join(f"<p>{html.escape(part)}</p>" for part in planted.paragraphs),
    )
    return (markup.replace("@", "&#64;") if extra.get("entities") else markup).encode(
        charset, "replace"
    )


def warc(pages: Iterable[Planted]) -> bytes:
    """A .warc.gz file: warcinfo, then one HTTP response a page, each a gzip member."""
    info = _record("warcinfo", None, "application/warc-fields", b"format: WARC File Format 1.0\r\n")
    return info + b"".join(_response(planted) for planted in pages)


def wet(pages: Iterable[Planted]) -> bytes:
    """A .warc.wet.gz file: warcinfo, then the plain text of each page as conversion record."""
    info = _record("warcinfo", None, "application/warc-fields", b"format: WARC File Format 1.0\r\n")
    return info + b"".join(
        _record("conversion", planted.plan.doc, "text/plain", planted.text.encode())
        for planted in pages
    )


def _response(planted: Planted) -> bytes:
    body, extra = page(planted), planted.plan.extra
    coding = "Content-Encoding: gzip\r\n" if extra.get("coding") == "gzip" else ""
    payload = gzipped(body) if coding else body
    head = (
        "HTTP/1.1 200 OK\r\n"
        f"Content-Type: text/html; charset={extra.get('charset', 'utf-8')}\r\n"
        f"{coding}Content-Length: {len(payload)}\r\n\r\n"
    )
    kind = "application/http; msgtype=response"
    return _record("response", planted.plan.doc, kind, head.encode() + payload)


def _record(kind: str, uri: str | None, content_type: str, block: bytes) -> bytes:
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {uri}")
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    target = f"WARC-Target-URI: {uri}\r\n" if uri else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\n"
        f"WARC-Date: {_DATE}\r\n{target}WARC-Block-Digest: sha1:{digest}\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzipped(head.encode() + block + b"\r\n\r\n")

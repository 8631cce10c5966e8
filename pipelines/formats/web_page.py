"""HTML files: one page a file, of which the main text is read."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from governance.optouts.page import signals
from pipelines.formats.model import Format, Reading, Record, Split, one_part
from pipelines.formats.records.main_text import decode_page, main_text
from pipelines.formats.streams.content import read_content
from pipelines.formats.streams.damage import DamagedError


def _records(file: BinaryIO, _split: Split, reading: Reading) -> Iterator[Record]:
    try:
        raw = read_content(file, reading)
    except DamagedError as damage:
        yield Record(0, None, b"", failure=damage.reason)
        return
    if raw:
        yield page_record(Record(0, None, raw, signals=signals((), raw)), None, reading)


def page_record(known: Record, header_charset: str | None, reading: Reading) -> Record:
    """The record of a page: its main text and title, or why there is none.

    Args:
        known: what is known already; `raw` holds the page's bytes.
        header_charset: what the server said.
        reading: as the card says.
    """
    decoded = decode_page(known.raw, header_charset, reading)
    if decoded.text is None:
        return replace(known, encoding=decoded.encoding, failure=decoded.failure)
    page = main_text(decoded.text)
    return replace(
        known,
        text=page.text or None,
        title=page.title,
        encoding=decoded.encoding,
        failure=None if page.text else "no-text",
    )


FORMAT = Format(
    name="html",
    suffixes=(".html", ".htm", ".xhtml"),
    reader=_records,
    description="one page a file; its main text, without menus and footers",
    splitter=one_part,
)

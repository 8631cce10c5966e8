"""The main text of an HTML page, without its menus and footers, and the page's title.

Found by Resiliparse. What is done around it:

- it takes every list near the top of a page for a menu; a list whose text mostly
  stands outside links is content, so such lists are moved out of its reach (`menus`);
- a page whose main text comes out nearly empty gives all its visible text.
"""

import re
from typing import Any, NamedTuple

from pipelines.formats.encodings import Decoded, decode, decode_as
from pipelines.formats.model import Reading
from pipelines.formats.records.menus import is_too_deep, lower_content_lists

#: Main text below this many characters is compared with the whole text of the page.
_SHORT_CHARS = 200
#: Below this share of the visible text, the finding of the main text has failed.
_NEARLY_EMPTY_SHARE = 0.1
_CHARSET_BYTES = 4096
_CHARSET = re.compile(rb"""(?i)<meta\b[^>]*?charset\s*=\s*["']?\s*([a-z0-9_:.-]+)""")
_XML = re.compile(rb"""^\s*<\?xml\b[^>]*?encoding\s*=\s*["']([A-Za-z0-9_:.-]+)""")


class Page(NamedTuple):
    """The readable parts of a page; an empty text when it shows none."""

    text: str
    title: str | None


def main_text(html: str) -> Page:
    """The main text of a page: blocks as paragraphs, no bullets, no image descriptions.

    >>> main_text("<title>T</title><nav>Home</nav><p>Habari ya <b>asubuhi</b>.</p>")
    Page(text='Habari ya asubuhi.', title='T')
    """
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415

    tree = HTMLTree.parse(html)
    if tree.body is None:
        return Page("", None)
    title = (tree.title or "").strip() or None
    if is_too_deep(html):
        return Page(_extract(tree, main_content=False), title)
    lower_content_lists(tree)
    text = _extract(tree, main_content=True)
    if len(text) < _SHORT_CHARS:
        everything = _extract(tree, main_content=False)
        if len(text) < _NEARLY_EMPTY_SHARE * len(everything):
            text = everything
    return Page(text, title)


def _extract(tree: Any, *, main_content: bool) -> str:  # noqa: ANN401 (a compiled class)
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    return extract_plain_text(
        tree,
        preserve_formatting=True,
        main_content=main_content,
        list_bullets=False,
        alt_texts=False,
    ).strip()


def decode_page(raw: bytes, header_charset: str | None, reading: Reading) -> Decoded:
    """The source of a page as text.

    The charset of the HTTP header goes before that of the page (HTML Standard, 13.2.3);
    both are only hints, since both are often wrong.
    """
    if reading.encoding:
        return decode_as(raw, reading.encoding)
    head = raw[:_CHARSET_BYTES]
    found = _CHARSET.search(head) or _XML.search(head)
    in_page = found.group(1).decode("ascii") if found else None
    return decode(raw, header_charset or in_page, markup=True)

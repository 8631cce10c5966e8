"""Two things about a page that Resiliparse must be helped with: short lists, and deep nesting."""

import re
from collections.abc import Iterator
from typing import Any

#: More than this share of its text in links makes a list a menu.
#: Source: link density above 0.333 marks boilerplate; Kohlschütter, Fankhauser, Nejdl 2010,
#: "Boilerplate Detection using Shallow Text Features" (WSDM 2010).
_MENU_LINK_SHARE = 0.333
#: Resiliparse 2 takes every list up to this depth below the body for a menu.
_MENU_DEPTH = 3
#: Blink, the engine of Chromium, nests no deeper (kMaximumHTMLParserDOMTreeDepth); the time that
#: finding the main text takes grows with the square of the depth (30 s at 30,000, 2026-11).
MOST_DEPTH = 512
#: Elements in which lists stand.
_BLOCKS = frozenset(("div", "main", "article", "section", "form", "center", "blockquote"))
_MARK = re.compile(r"<!--|-->|</?[A-Za-z][A-Za-z0-9-]*")
#: What hides all marks up to the one that ends it.
_HIDING = {"<!--": "-->", "<script": "</script", "<style": "</style"}
#: Elements that hold nothing, or that the next of their kind closes.
_FLAT = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "option"),
        *("optgroup", "thead", "tbody", "tfoot", "colgroup", "html", "head", "body"),
    )
)


def lower_content_lists(tree: Any) -> None:  # noqa: ANN401 (a compiled class)
    """Wraps the lists near the top that are no menus, so that they count as content."""
    for node in list(_top_lists(tree.body, _MENU_DEPTH)):
        if not _is_menu(node.html):
            outer = inner = tree.create_element("div")
            for _ in range(_MENU_DEPTH):
                inner = inner.append_child(tree.create_element("div"))
            node.parent.insert_before(outer, node)
            inner.append_child(node)


def _top_lists(parent: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401 (a compiled class)
    child = parent.first_element_child
    while child:
        if child.tag == "ul":
            yield child
        elif depth > 1 and child.tag in _BLOCKS:
            yield from _top_lists(child, depth - 1)
        child = child.next_element_sibling


def _is_menu(html: str) -> bool:
    """True when most of a list's text stands in links, or when it has none.

    >>> _is_menu("<ul><li><a>Home</a></ul>"), _is_menu("<ul><li>Wash it very <a>well</a>.</ul>")
    (True, False)
    """
    text = in_links = 0
    is_link = False
    for part in html.split("<"):
        tag, _, content = part.partition(">")
        if tag[:2] in {"a", "a "} or tag == "/a":
            is_link = tag != "/a"
        size_chars = len("".join(content.split()))
        text += size_chars
        in_links += size_chars * is_link
    return in_links >= _MENU_LINK_SHARE * text


def is_too_deep(html: str) -> bool:
    """True when elements stand in each other deeper than any browser shows them.

    >>> is_too_deep("<div>" * 600), is_too_deep("<div></div>" * 600)
    (True, False)
    """
    if html.count("<") <= MOST_DEPTH:
        return False
    depth = 0
    hidden_to = ""
    for mark in map(str.lower, _MARK.findall(html)):
        if hidden_to:
            hidden_to = "" if mark == hidden_to else hidden_to
        elif mark in _HIDING:
            hidden_to = _HIDING[mark]
        elif mark.strip("</") not in _FLAT:
            depth = max(depth - 1, 0) if mark.startswith("</") else depth + 1
            if depth > MOST_DEPTH:
                return True
    return False

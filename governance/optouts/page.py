"""What a page says of itself: its headers and the head of its HTML, as a few short words."""

import json
import re
from collections.abc import Iterable
from html import unescape

from governance.optouts.model import Answer, PageHead
from governance.optouts.protocols import PROTOCOLS

#: Only the beginning of a page is looked at: what it says of itself stands in its head.
HEAD_BYTES = 65_536
_META = re.compile(rb"(?is)<meta\b([^>]{1,1000})>")
_PART = re.compile(r"""(?is)\b(name|content)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_NAMES = frozenset(("robots", "ai", "tdm-reservation", "tdm-policy"))
_HEADERS = frozenset(
    ("x-robots-tag", "tdm-reservation", "tdm-policy", "content-usage", "content-signal")
)


def signals(headers: Iterable[tuple[str, str]], html: bytes = b"") -> str:
    """What a page says of itself, ready to travel with its row.

    Args:
        headers: names and values of the HTTP headers.
        html: the page; empty when it is none.

    Returns:
        JSON, a list of protocol, value and the directive; empty when the page says nothing.

    >>> signals([("X-Robots-Tag", "noai, noindex")])
    '[["noai","deny","noai"]]'
    """
    told = [(name.lower(), value) for name, value in headers if name.lower() in _HEADERS]
    metas = _metas(html[:HEAD_BYTES])
    if not told and not metas:
        return ""
    head = PageHead(told, metas)
    found = [[one.name, *answer] for one in PROTOCOLS if one.page and (answer := one.page(head))]
    return json.dumps(found, separators=(",", ":")) if found else ""


def answers(signals: str) -> dict[str, Answer]:
    """The answers of a page by protocol, from what `signals` gave.

    >>> answers('[["noai","deny","noai"]]')
    {'noai': Answer(value='deny', said='noai')}
    """
    return {name: Answer(value, said) for name, value, said in json.loads(signals or "[]")}


def _metas(html: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _META.finditer(html):
        text = match.group(1).decode("utf-8", "replace")
        parts = {key.lower(): value.strip("\"'") for key, value in _PART.findall(text)}
        name = parts.get("name", "").strip().lower()
        if name in _NAMES and "content" in parts:
            value = unescape(parts["content"])
            # Several robots lines add up; of the others the last one counts.
            found[name] = f"{found[name]},{value}" if name in found and name == "robots" else value
    return found

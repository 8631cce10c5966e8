"""Pages and their blocks -> HTML pages that need nothing else.

Everything that comes from documents goes through autoescape, so their markup is shown and
never obeyed; the content security policy names the one style and the one script that may
work, by their digests, and forbids everything besides.
"""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from governance.report import svg
from governance.report.blocks import (
    Block,
    Code,
    Column,
    Decide,
    Estimate,
    Link,
    Note,
    Prose,
    Row,
    Small,
    Table,
)
from governance.report.page import Page
from governance.report.words import _
from governance.tongues import Tongue, tongue

_PLACEHOLDER = re.compile(r"\[[A-Z]+(?:_[A-Z]+)*\]")
_TICKED = re.compile(r"`([^`]+)`")
_DATA_TYPES = {
    "EMAIL_ADDRESS": "e-mail address",
    "IP_ADDRESS": "IP address",
    "IBAN_CODE": "IBAN",
    "CREDIT_CARD": "payment card",
    "URL_CREDENTIALS": "password in a link",
}
_SIZES = ("bytes", "kB", "MB", "GB", "TB")


@dataclass(frozen=True)
class Edition:
    """What all pages of a report share.

    Args:
        name: of the release, with its version.
        release: name of the corpus.
        version: of the release.
        digest: of `review.json`.
        caution: sentences under the title of every page.
        is_public: whether this is the edition that may be handed out.
    """

    name: str
    release: str
    version: str
    digest: str
    caution: Sequence[str] = ()
    is_public: bool = False


def render(
    edition: Edition,
    pages: Sequence[Page],
    blocks: Mapping[str, Sequence[Block]],
    *,
    is_single: bool,
) -> dict[str, str]:
    """The pages as HTML by file name: one each, or `index.html` alone.

    Args:
        edition: what they share.
        pages: in their order.
        blocks: of every page, by its id.
        is_single: whether all stand in one file, one under the other.
    """
    groups = [pages] if is_single else [[page] for page in pages]
    drawn = {page.id: blocks_html(page, blocks[page.id], pages, is_single) for page in pages}
    context = {"edition": edition, "pages": pages, "drawn": drawn, "is_single": is_single}
    return {
        "index.html" if is_single else group[0].file: render_alone(
            "shell.html",
            {**context, "group": group, "here": None if is_single else group[0].id},
            is_read_only=edition.is_public,
        )
        for group in groups
    }


def blocks_html(
    page: Page, blocks: Sequence[Block], pages: Sequence[Page], is_single: bool
) -> Markup:
    """The blocks of a page, one under the other."""
    links = {one.id: f"#{one.id}" if is_single else one.file for one in pages}
    module = _environment().get_template("blocks.html").make_module({"links": links})
    drawn = [_draw(module, page.id, block, links) for block in blocks]
    return Markup("\n").join(drawn)


def _draw(module: Any, page: str, block: Block, links: Mapping[str, str]) -> Markup:  # noqa: ANN401
    macro = getattr(module, type(block).__name__.lower())
    return Markup(macro(page, block, links))  # noqa: S704  # a template's own output


def render_alone(template: str, context: dict[str, Any], *, is_read_only: bool = True) -> str:
    """A template with the style of the report, as one HTML page.

    Args:
        template: its file name.
        context: what it shows.
        is_read_only: whether it goes without scripts.
    """
    style, script = asset("css", is_read_only), "" if is_read_only else asset("js", False)
    whole = {
        **context,
        "style": Markup(style),  # noqa: S704  # our own files
        "script": Markup(script),  # noqa: S704
        "policy": policy(style, script),
    }
    return _environment().get_template(template).render(whole)


def asset(kind: str, is_read_only: bool) -> str:
    """Our style or scripts, one after the other; the desk's own only where it can be used."""
    room = files("governance.report")
    names = ["templates/style.css"] if kind == "css" else ["assets/what_if.js"]
    names += [] if is_read_only else [f"assets/desk.{kind}"]
    found = [room.joinpath(*name.split("/")) for name in names]
    return "\n".join(one.read_text("utf-8") for one in found if one.is_file())


def policy(style: str, script: str) -> str:
    """The content security policy of a page: nothing but this very style and this very script.

    Source: W3C, Content Security Policy Level 3, hash sources (2025).
    """
    inline = {"style": style, "script": script}
    allowed = [f"{name}-src {_source(text)}" for name, text in inline.items() if text]
    return "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])


def _source(text: str) -> str:
    digest = hashlib.sha256(f"\n{text}".encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("governance.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": number,
        "share": share,
        "size": size,
        "measure": measure,
        "masked": masked,
        "data_type": data_type,
        "ticked": ticked,
        "script_class": script_class,
    }
    environment.globals |= {"svg": svg, "tongue": tongue, "_": _, "cell": cell, "shown": shown,
                            "filled": filled}  # fmt: skip
    return environment


def shown(value: Any, unit: str) -> str:  # noqa: ANN401  # a number, or words in its place
    r"""A number for people, by its unit.

    >>> shown(1234, "documents"), shown(0.25, "share"), shown("<10", "documents")
    ('1,234', '25.0\xa0%', '<10')
    """
    if isinstance(value, Estimate):
        if not value.whole:
            return "–"
        low, high = share(value.low), share(value.high)
        return f"{share(value.part, value.whole)} ({low} – {high})"
    if value is None or isinstance(value, str):
        return "–" if value is None else value
    if unit == "share":
        return share(value)
    if unit == "bytes":
        return size(value)
    return number(value) if isinstance(value, int) else measure(value)


def ticked(text: str) -> Markup:
    """Words as inert HTML; what stands between backticks is a name that machines read.

    >>> ticked("see `run.json` & more")
    Markup('see <code>run.json</code> &amp; more')
    """
    return Markup(_TICKED.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704  # escaped


def tagged(name: str, value: Any, unit: str) -> Markup:  # noqa: ANN401
    """A number in a sentence, with its name."""
    return Markup('<span data-metric="{}">{}</span>').format(name, shown(value, unit))


def filled(page: str, block: Prose | Note, links: Mapping[str, str]) -> Markup:
    """A sentence with its numbers and parts in their places; everything else is escaped."""
    numbers = {one.id: tagged(f"{page}.{one.id}", one.value, one.unit) for one in block.numbers}
    parts = {name: _part(part, links) for name, part in getattr(block, "parts", {}).items()}
    return ticked(block.text).format(**{
        name.replace(".", "_"): value for name, value in {**numbers, **parts}.items()
    })  # fmt: skip


def _part(part: Any, links: Mapping[str, str]) -> Markup:  # noqa: ANN401  # Link, Code or words
    if isinstance(part, Link):
        if part.page not in links:
            return escape(part.text)
        place = links[part.page]
        where = place if not part.anchor else f"{'' if place[0] == '#' else place}#{part.anchor}"
        return Markup('<a href="{}">{}</a>').format(where, part.text)
    if isinstance(part, Small):
        return Markup("<small>{}</small>").format(ticked(part.text))
    if isinstance(part, Code):
        return Markup("<code>{}</code>").format(part.text)
    return escape(part)


def cell(page: str, table: Table, column: Column, row: Row, links: Mapping[str, str]) -> Markup:
    """A cell of a table: a number with its name, or words."""
    value = row.cells.get(column.key)
    if not column.unit:
        return _words(value, links)
    name = f"{page}.{table.id}.{column.key}:{row.key}"
    hidden = Markup(' class="hidden"') if isinstance(value, str) else ""
    return Markup('<span data-metric="{}"{}>{}</span>').format(
        name, hidden, shown(value, column.unit)
    )


def _words(value: Any, links: Mapping[str, str]) -> Markup:  # noqa: ANN401  # whatever a page puts there
    if value is None:
        return Markup("–")
    if isinstance(value, Decide):
        return decide(value)
    if isinstance(value, Tongue):
        return Markup("{} <code>{}</code>").format(value.name, value.tag)
    if isinstance(value, tuple):
        return Markup("<br>").join(_words(one, links) for one in value if one not in {"", None})
    return _part(value, links)


def endonym(speech: Tongue) -> Markup:
    """What its speakers call a language, set as its script needs it."""
    if not speech.endonym:
        return Markup("")
    return Markup('<span class="{} word"><bdi lang="{}">{}</bdi></span>').format(
        script_class(speech.script), speech.lang, speech.endonym
    )


def decide(what: Decide) -> Markup:
    """A thing to be decided, as plain HTML that a script turns into a form."""
    return Markup(
        '<div class="decide" data-decide-kind="{}" data-decide-target="{}"'
        ' data-decide-value="{}">{}</div>'
    ).format(what.kind, what.target, what.value, what.label)


def number(value: Any) -> str:  # noqa: ANN401  # a count, or words in its place
    """A count with commas; words stay as they are.

    >>> number(1234567), number("<10"), number(None)
    ('1,234,567', '<10', '–')
    """
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else str(value)


def share(part: float, whole: float = 1.0) -> str:
    r"""A part of a whole in per cent, never rounded to nothing or to all, never broken.

    >>> [share(*pair) for pair in ((1, 3), (1, 100000), (99999, 100000), (0, 5), (0, 0))]
    ['33.3\xa0%', '<0.1\xa0%', '>99.9\xa0%', '0\xa0%', '–']
    """
    if not whole:
        return "–"
    per_cent = 100 * part / whole
    if per_cent in {0.0, 100.0}:
        return f"{per_cent:.0f}\u00a0%"
    if per_cent < 0.1:  # noqa: PLR2004  # what one decimal cannot show
        return "<0.1\u00a0%"
    return ">99.9\u00a0%" if per_cent > 99.9 else f"{per_cent:.1f}\u00a0%"  # noqa: PLR2004


def size(value: float) -> str:
    """A number of bytes for people, in powers of a thousand.

    >>> size(999), size(1500), size(64_000_000)
    ('999 bytes', '1.5 kB', '64 MB')
    """
    place = 0
    while value >= 1000 and place < len(_SIZES) - 1:  # noqa: PLR2004  # SI prefixes
        value, place = value / 1000, place + 1
    return f"{value:.3g} {_SIZES[place]}" if place else f"{value:.0f} bytes"


def measure(value: float | None) -> str:
    """A measured value with three digits that count.

    >>> measure(0.30000001), measure(12345.0), measure(20.0), measure(None)
    ('0.3', '12,345', '20', '–')
    """
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"  # noqa: PLR2004


def masked(text: str) -> Markup:
    """Text as inert HTML, with the placeholders of masked data marked.

    >>> masked("<b> [EMAIL_ADDRESS]")
    Markup('&lt;b&gt; <mark>[EMAIL_ADDRESS]</mark>')
    """
    escaped = str(escape(text))
    return Markup(_PLACEHOLDER.sub(r"<mark>\g<0></mark>", escaped))  # noqa: S704  # escaped above


def data_type(name: str) -> str:
    """A type of personal data in plain words.

    >>> data_type("EMAIL_ADDRESS"), data_type("IP_ADDRESS"), data_type("PASSPORT")
    ('e-mail address', 'IP address', 'passport')
    """
    return _DATA_TYPES.get(name, name.replace("_", " ").lower())


def script_class(script: str) -> str:
    """The class that picks the fonts of a script."""
    return f"s-{script}" if re.fullmatch("[A-Z][a-z]{3}", script) else "s-Zyyy"

"""Pages and their facts -> one HTML page that needs nothing else.

Everything that comes from documents goes through autoescape, so their markup is shown and
never obeyed; the content security policy forbids scripts and any load besides.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from governance.report import svg
from governance.report.page import Facts, Page
from governance.tongues import tongue

_PLACEHOLDER = re.compile(r"\[[A-Z]+(?:_[A-Z]+)*\]")
_DATA_TYPES = {
    "EMAIL_ADDRESS": "e-mail address",
    "IP_ADDRESS": "IP address",
    "IBAN_CODE": "IBAN",
    "CREDIT_CARD": "payment card",
    "URL_CREDENTIALS": "password in a link",
}
_SIZES = ("bytes", "kB", "MB", "GB", "TB")


def render(name: str, pages: Sequence[Page], facts: dict[str, Facts]) -> str:
    """The whole page as HTML.

    Args:
        name: of the release.
        pages: in their order.
        facts: of every page, by its id.
    """
    return render_alone("base.html", {"name": name, "pages": pages, "facts": facts})


def render_alone(template: str, context: dict[str, Any]) -> str:
    """A template with the style of the report, as one HTML page.

    Args:
        template: its file name.
        context: what it shows.
    """
    style = (files("governance.report") / "templates" / "style.css").read_text("utf-8")
    whole = {**context, "style": Markup(style)}  # noqa: S704  # our own file
    return _environment().get_template(template).render(whole)


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
        "script_class": script_class,
    }
    environment.globals |= {"svg": svg, "tongue": tongue}
    return environment


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

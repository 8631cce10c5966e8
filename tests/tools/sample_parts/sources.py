"""Which folder of samples/text is made by which function."""

from collections.abc import Callable
from pathlib import Path

from tests.tools.sample_parts import invented, real
from tests.tools.sample_parts.shippable import Shippable

#: Folder, and the function that fills it. Each folder has one source card of the same name.
SOURCES: tuple[tuple[str, Callable[[Path, Shippable], None]], ...] = (
    ("udhr", real.udhr),
    ("manuals", real.manuals),
    ("help", real.help_pages),
    ("help-html", real.help_html),
    ("installation-guide", real.installation_guide),
    ("debian-manuals", real.debian_manuals),
    ("man-pages", real.man_pages),
    ("fortunes", real.fortunes),
    ("crawl", invented.crawl),
    ("crawl-text", invented.crawl_text),
    ("legacy", invented.legacy),
    ("pages", invented.pages),
    ("notes", invented.notes),
    ("letters", invented.letters),
    ("tickets", invented.tickets),
    ("india", invented.india),
    ("east-africa", invented.east_africa),
    ("contributions", invented.contributions),
    ("loan", invented.loan),
    ("press", invented.press),
    ("broken", invented.broken),
)

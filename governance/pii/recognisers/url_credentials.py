"""User name and password inside a URL: `ftp://amina:s3cret@files.example.org/`.

The span is `amina:s3cret`; scheme and host stay, so that the text keeps its sense.

Source: RFC 3986 section 3.2.1 (userinfo). Any scheme counts, data base URLs included.
"""

import re
from collections.abc import Iterator

from governance.pii.kinds import AT
from governance.pii.recogniser import Recogniser, Window

# The password may hold an at sign; the last one before the path ends it.
_USERINFO = re.compile(
    r"(?<=://)[^\s/?#@:\[\]<>\"]{0,128}:[^\s/?#\[\]<>\"]{1,128}(?=@[^\s@/?#\[\]<>\"])"
)


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of `user:password` between `://` and the at sign before the host."""
    if "://" in window.text:
        for match in _USERINFO.finditer(window.text):
            yield match.span()


RECOGNISER = Recogniser(
    name="Credentials in a URL",
    type="URL_CREDENTIALS",
    anchors=AT,
    strictness=4,
    find=find,
    description="User name and password before the host of a URL.",
    source="RFC 3986, section 3.2.1",
)

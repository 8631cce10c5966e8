"""Patterns of paths as robots.txt has them: `*` is anything, a `$` at the end is the end."""

import re
from functools import lru_cache
from urllib.parse import quote

#: Characters that stay as they are; all others are compared as percent-encoded UTF-8.
_SAFE = "/%?=&:;,+@!~*'()$#[]-._"


def plain(path: str) -> str:
    """A path with all but ASCII percent-encoded, so that both spellings are the same."""
    return quote(path, safe=_SAFE)


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    body, end = (pattern[:-1], r"\Z") if pattern.endswith("$") else (pattern, "")
    return re.compile(".*".join(map(re.escape, re.split(r"\*+", plain(body)))) + end, re.DOTALL)


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern stands at the beginning of a path.

    Source: RFC 9309, section 2.2.3 (2022).

    >>> matches("/a/*.html$", "/a/b/c.html"), matches("/a", "/ab"), matches("/é", "/%C3%A9")
    (True, True, True)
    """
    return _compiled(pattern).match(plain(path)) is not None

"""E-mail addresses in every script.

Not with word boundaries: in Thai or Chinese an address touches the words beside
it, and in Devanagari the marks inside it are no word characters for most
regular expressions. From each at sign we walk outwards instead, and stop where
the script changes: 写信给zhang@example.org谢谢 holds zhang@example.org.

Left alone: `lodash@4.17.21` and `logo@2x.png` (no top-level domain, or that of
a file), `git@github.com` (an account of the software, not of a person), `@name`.
When in doubt we mask: unknown top-level domains of letters count.

Source: RFC 5321 (lengths), RFC 6531 (Unicode local parts), RFC 5890 (IDN
labels), UTS 46 (ideographic full stops); the traps from a review of seven
corpus pipelines, 2026-11.
"""

import re
from collections.abc import Iterator

from governance.pii.domains import domain_end
from governance.pii.kinds import AT
from governance.pii.recogniser import Recogniser, Window

_LOCAL_CHARS = 64
_CANDIDATE_UNITS = 14
# Something dotted follows; the rest is asked of those only.
_AT = re.compile(r"@(?= ?[^\s.。｡@]{1,63}[.。｡][^\s@])")
# A local part in a script without spaces: 64 octets are 21 characters of three octets.
_UNSPACED_LOCAL_CHARS = 21
_SIGNS = r"._+'\-"
# Read backwards from the at sign.
_ASCII_LOCAL = re.compile(rf"[0-9A-Za-z{_SIGNS}]+")
_ANY_LOCAL = re.compile(
    r"[^\s\x00-\x26\x28-\x2a\x2c\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\xbf"
    r"\u2010-\u206f\u3000-\u3004\u3008-\u3020\u30fb\uff00-\uff65"
    r"\u060c\u061b\u061f\u06d4\u0964\u0965\u1361-\u1368\u055c-\u055f\u0589]+"
)
_LATIN_PART = re.compile(rf"[0-9A-Za-z{_SIGNS}\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]+")
_OTHER_PART = re.compile(rf"(?:[0-9{_SIGNS}]|[^\x00-\u024f\u1e00-\u1eff])+")
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# "info @ example.org": only with a plain domain, since a lone sign may mean anything.
_SPACED = re.compile(r"(?:[0-9A-Za-z-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![0-9A-Za-z@-])")
_QUOTED = re.compile(r"\"[^\"@\n\[\]]{1,62}\"\Z")
_URL_PASSWORD = re.compile(r"://[^\s/@:]{0,64}:[^\s/]{0,64}\Z")
_SPELLED_AT = re.compile(r"[\[({<] ?(?:[aA][tT]|@) ?[\])}>]")
_SPELLED = re.compile(
    r"(?<![0-9A-Za-z._+-])([0-9A-Za-z][0-9A-Za-z._+-]{0,63})"
    r" ?[\[({<] ?(?:[aA][tT]|@) ?[\])}>] ?"
    r"([0-9A-Za-z-]{1,63}(?:(?:\.| ?[\[({<] ?(?:dot|DOT|\.) ?[\])}>] ?| (?:dot|DOT) )"
    r"[0-9A-Za-z-]{1,63}){1,8})"
)
_TAIL = re.compile(r"[A-Za-z]{2,24}\Z")
_SOFTWARE_ACCOUNTS = frozenset({"git", "hg", "svn", "cvs", "bzr"})


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of e-mail addresses, plain, percent-encoded or spelled with (at) and (dot).

    >>> from governance.pii.territories import territories
    >>> window = Window("写信给zhang@example.org谢谢", territories(None, None))
    >>> [window.text[start:end] for start, end in find(window)]
    ['zhang@example.org']
    """
    text = window.text
    for match in _AT.finditer(text):
        window.spend(_CANDIDATE_UNITS)
        span = _around(text, match.start())
        if span:
            yield span
    if _SPELLED_AT.search(text):
        for match in _SPELLED.finditer(text):
            window.spend(_CANDIDATE_UNITS)
            if _TAIL.search(match[2]):
                yield match.span()


def _around(text: str, at: int) -> tuple[int, int] | None:
    if text[at - 1 : at] == " " == text[at + 1 : at + 2]:
        match = _SPACED.match(text, at + 2)
        start = _local_start(text, at - 1) if match else at - 1
        return (start, match.end()) if match and start < at - 2 else None
    quoted = _QUOTED.search(text, max(0, at - _LOCAL_CHARS), at)
    start = quoted.start() if quoted else _local_start(text, at)
    if start == at or text[start:at].lower() in _SOFTWARE_ACCOUNTS:
        return None
    if _URL_PASSWORD.search(text, max(0, at - 140), at):
        return None  # `url_credentials` finds it
    end = domain_end(text, at + 1)
    return (start, end) if end else None


def _local_start(text: str, end: int) -> int:
    """Where the local part that ends at `end` begins; `end` when there is none."""
    backwards = text[max(0, end - _LOCAL_CHARS) : end][::-1]
    match = _ASCII_LOCAL.match(backwards)
    size = match.end() if match else 0
    if backwards[size : size + 1] > "\x7f":
        size = _unicode_local_chars(backwards)
    return end - len(backwards[:size].rstrip(".'-+"))


def _unicode_local_chars(backwards: str) -> int:
    match = _ANY_LOCAL.match(backwards)
    local = match.group() if match else ""
    letter = next((char for char in local if char.isalpha() or char > "\u02ff"), "")
    part = (_LATIN_PART if _LATIN_PART.match(letter) else _OTHER_PART).match(local)
    size = part.end() if part else 0
    if not _UNSPACED.match(letter):
        return size
    plain = _ASCII_LOCAL.match(local)  # 给12345@: the digits are the name
    return plain.end() if plain else min(size, _UNSPACED_LOCAL_CHARS)


RECOGNISER = Recogniser(
    name="E-mail address",
    type="EMAIL_ADDRESS",
    anchors=AT,
    strictness=3,
    find=find,
    description="Unicode local parts, internationalised domains, full-width ＠, (at) and (dot).",
    source="RFC 5321, RFC 6531, RFC 5890, UTS 46",
)

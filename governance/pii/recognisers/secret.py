"""Credentials and keys: of AWS, GitHub and others, JSON web tokens, private keys.

They let whoever reads them act as their owner. Most carry a beginning of their own; a private
key goes from its BEGIN to its END. Public keys and hashes stay. Passwords in a URL are found by
`url_credentials`.

Source: the issuers' documentation of prefixes (AWS IAM identifiers, GitHub token formats 2021,
GitLab, Slack, Stripe, Google, npm, PyPI, Telegram), read 2026-11; RFC 7519 (JWT); RFC 7468
(PEM).
"""

import re
from collections.abc import Iterator

from governance.pii.kinds import KEY
from governance.pii.recogniser import Recogniser, Window

_TOKEN = re.compile(
    r"(?<![0-9A-Za-z_/+-])(?:"
    r"(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}(?![0-9A-Za-z])"
    r"|gh[pousr]_[0-9A-Za-z]{36,255}|github_pat_[0-9A-Za-z_]{60,255}"
    r"|glpat-[0-9A-Za-z_-]{20,255}"
    r"|xox[abeoprs]-[0-9A-Za-z-]{10,255}"
    r"|(?:sk|rk)_(?:live|test)_[0-9A-Za-z]{16,255}"
    r"|sk-(?:[a-z]{2,12}-)?[0-9A-Za-z_-]{32,255}"
    r"|AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])"
    r"|npm_[0-9A-Za-z]{36}(?![0-9A-Za-z])"
    r"|pypi-[0-9A-Za-z_-]{50,255}"
    r"|SG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}"
    r"|[0-9]{8,10}:AA[0-9A-Za-z_-]{33}(?![0-9A-Za-z_-])"
    r"|eyJ[0-9A-Za-z_-]{8,2048}\.eyJ[0-9A-Za-z_-]{2,2048}(?:\.[0-9A-Za-z_-]{0,2048})?"
    r")"
)
# What follows this label is AWS's forty characters; alone they look like any other hash.
_AWS_SECRET = re.compile(
    r"(?i:aws_?secret_?(?:access_?)?key)[\"' ]{0,3}[:=][\"' ]{0,3}"
    r"([0-9A-Za-z/+]{40})(?![0-9A-Za-z/+=])"
)
_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----")
_END = re.compile(r"-----END [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----")


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of tokens, and of private keys with their first and last line."""
    text = window.text
    yield from (match.span() for match in _TOKEN.finditer(text))
    if "ecret" in text or "SECRET" in text:
        yield from (match.span(1) for match in _AWS_SECRET.finditer(text))
    place = 0
    while begin := _BEGIN.search(text, place):
        end = _END.search(text, begin.end())
        place = end.end() if end else len(text)
        yield begin.start(), place


RECOGNISER = Recogniser(
    name="Credential or key",
    type="SECRET",
    anchors=KEY,
    strictness=5,
    find=find,
    description="Tokens by their prefix, JSON web tokens, private keys from first to last line.",
    source="the issuers' documentation, RFC 7519, RFC 7468",
)

"""Where a domain name ends, in any script, and whether it can be one.

Source: RFC 1035 and 5890 (labels of up to 63 characters), UTS 46 (U+3002 and
U+FF61 count as dots), RFC 2606 (example domains are domains).
"""

import re
from pathlib import Path

_LABEL = re.compile(
    r"[^\s\x00-\x2c\x2e\x2f\x3a-\x40\x5b-\x60\x7b-\xbf"
    r"\u2010-\u206f\u3000-\u3004\u3008-\u3020\u30fb\uff00-\uff65"
    r"\u060c\u061b\u061f\u06d4\u0964\u0965\u1361-\u1368\u055c-\u055f\u0589]{1,63}"
)
_ASCII_LABEL = re.compile(r"[0-9A-Za-z-]+")
_LATIN = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff-]+")
_OTHER = re.compile(r"[0-9-]*[^\x00-\u024f\u1e00-\u1eff]+(?:[0-9-]*[^\x00-\u024f\u1e00-\u1eff])*")
_ASCII_TAIL = re.compile(r"[A-Za-z]{2,24}\Z|[Xx][Nn]--[0-9A-Za-z-]{2,59}\Z")
_SIMPLE = re.compile(
    r"(?:[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?\.)+([A-Za-z]{2,24})(?![0-9A-Za-z_.@\x80-\U0010ffff-])"
)
_VERSION = re.compile(r"[~^=v]?[0-9]+\.[0-9x]+(?:[.-]|\Z)")
_HOSTNAME = re.compile("[0-9]x[0-9]*$")
# A number that touches the end of an address: name@example.com0712345678.
_GLUED_DIGITS = re.compile(r"(com|org|net|edu|gov|info)(?=[0-9])", re.IGNORECASE)
# Scripts without spaces, and Hangul with its particles: a word may follow the domain at once.
_UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_WORDS = {
    name: words.split("|")
    for name, _, words in (
        line.partition("\t")
        for line in Path(__file__).with_name("domain_words.tsv").read_text("utf-8").splitlines()
    )
}
# What follows the last dot of files and of service units, not of domains.
_FILE_ENDINGS = frozenset(_WORDS["file_endings"])
# The top-level domains of scripts without spaces that a label may begin with, as far as known
# (IANA root zone, 2024); a label that begins with none is masked to its end.
_UNSPACED_TAILS = tuple(_WORDS["unspaced_tails"])


def domain_end(text: str, start: int) -> int | None:
    """Where the domain that begins at `start` ends; None when there is none.

    >>> domain_end("example.org谢谢", 0)
    11
    >>> domain_end("4.17.21", 0) is None
    True
    """
    simple = _SIMPLE.match(text, start)
    if simple:
        return simple.end() if _is_plausible(text[start : simple.end()], simple[1]) else None
    labels, end = _labels(text, start)
    glued = _GLUED_DIGITS.match(labels[-1]) if len(labels) > 1 else None
    if glued:
        end -= len(labels[-1]) - glued.end(1)
        labels[-1] = glued[1]
    while len(labels) > 2 and labels[-1].isascii() and labels[-1].isdigit():
        end -= len(labels.pop()) + 1
    if len(labels) < 2 or not _is_tail(labels[-1]):
        return None
    return end if _is_plausible(text[start:end], labels[-1]) else None


def _is_plausible(domain: str, tail: str) -> bool:
    if _VERSION.match(domain) or _HOSTNAME.match(domain.partition(".")[0]):
        return False
    return tail.lower() not in _FILE_ENDINGS


def _is_tail(label: str) -> bool:
    if label.isascii():
        return _ASCII_TAIL.match(label) is not None
    return len(label) > 1 and any(char.isalpha() for char in label)


def _labels(text: str, start: int) -> tuple[list[str], int]:
    """The labels from `start` on, and where the last one ends."""
    labels: list[str] = []
    place = start
    while match := _LABEL.match(text, place):
        label = _of_one_script(match.group())
        if not label:
            break
        is_cut = len(label) < len(match.group())
        labels.append(label)
        place = match.start() + len(label)
        dots = ".。｡" if not labels[0].isascii() else "."
        if is_cut or place >= len(text) or text[place] not in dots:
            break
        if not _LABEL.match(text, place + 1):
            break
        place += 1
    return labels, place


def _of_one_script(label: str) -> str:
    """The beginning of a label up to where Latin letters meet others."""
    match = _ASCII_LABEL.match(label)
    if match and match.end() < len(label) and not _LATIN.match(label[match.end()]):
        letters = match.group().strip("-0123456789")
        if letters:
            return match.group().rstrip("-")
    match = _LATIN.match(label) or _OTHER.match(label)
    part = match.group().rstrip("-") if match else ""
    if _UNSPACED.search(part):
        known = [tail for tail in _UNSPACED_TAILS if part.startswith(tail)]
        return max(known, key=len) if known else part
    return part

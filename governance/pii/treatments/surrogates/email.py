"""Addresses at domains that were set aside: surrogate.example.org, and пример.испытание.

The local part is eight letters of the original's script, the last one a check on the others,
so that our surrogates can be told from other addresses there. Scripts without a domain of
their own have example.org's.

Source: RFC 2606 and RFC 6761 (example.org), IANA's test top-level domains in eleven scripts
(reserved for testing since 2007, out of the root zone since 2013), RFC 6531 (local parts).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from governance.pii.treatments.surrogates.draw import Draw, Range, check

_PLAIN_DOMAIN = "surrogate.example.org"
#: By the first word of Unicode's names of letters.
_DOMAINS = {
    "ARABIC": "مثال.إختبار",
    "CYRILLIC": "пример.испытание",
    "DEVANAGARI": "उदाहरण.परीक्षा",
    "GREEK": "παράδειγμα.δοκιμή",
    "HANGUL": "실례.테스트",
    "HEBREW": "בײַשפּיל.טעסט",
    "HIRAGANA": "例え.テスト",
    "KATAKANA": "例え.テスト",
    "CJK": "例子.测试",
    "TAMIL": "உதாரணம்.பரிட்சை",
}
#: Where a block has too many letters, or rare ones only.
_LETTERS = {
    "LATIN": "abdefgiklmnoprstuvz",
    "CJK": "山水木火土日月天雨風花草石田川海春夏秋冬",
    "HANGUL": "가나다라마바사아자차카타파하고노도로모보소오",
}
_BLOCK = 0x80
_LOCAL_CHARS = 8
_FEWEST_LETTERS = 8
_AT = re.compile(
    r"([^\W\d_]{7}[^\W\d_])(@|＠|%40)("
    + "|".join(map(re.escape, sorted({*_DOMAINS.values(), _PLAIN_DOMAIN})))
    + ")"
)
_MORE_DOMAIN = re.compile(r"[0-9A-Za-z-]|\.[0-9A-Za-z]")
_MORE_LOCAL = re.compile(r"[0-9A-Za-z._+'-]\Z")


def _make(original: str, _: str | None, draw: Draw) -> str | None:
    first = next((char for char in original if char.isalpha()), "a")
    letters = _letters(first)
    local = "".join(letters[draw.below(len(letters))] for _ in range(_LOCAL_CHARS - 1))
    at = next((sign for sign in ("＠", "%40") if sign in original), "@")
    return f"{local}{letters[check(local, len(letters))]}{at}{_domain(letters[0])}"


def _domain(letter: str) -> str:
    return _DOMAINS.get(_script(letter), _PLAIN_DOMAIN)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "LATIN").split(" ")[0].split("-")[0]


@cache
def _letters(like: str) -> str:
    """Letters of the script and block of a letter, in their order; Latin ones when it has few."""
    script = _script(like)
    if script in _LETTERS:
        return _LETTERS[script]
    first = ord(like) // _BLOCK * _BLOCK
    found = [char for char in map(chr, range(first, first + _BLOCK)) if _is_fit(char, script)]
    return "".join(found) if len(found) >= _FEWEST_LETTERS else _LETTERS["LATIN"]


def _is_fit(char: str, script: str) -> bool:
    is_letter = unicodedata.category(char) in ("Lo", "Ll") and _script(char) == script
    return is_letter and unicodedata.normalize("NFKC", char).casefold() == char


def _find(text: str) -> Iterator[tuple[int, int]]:
    for match in _AT.finditer(text):
        local, letters = match[1], _letters(match[1][0])
        if letters[check(local[:-1], len(letters))] != local[-1] or not set(local) <= set(letters):
            continue
        if match[3] != _domain(letters[0]):
            continue
        is_open = match[3].isascii() and _MORE_DOMAIN.match(text, match.end())
        before = text[max(0, match.start() - 1) : match.start()]
        if not is_open and not (local.isascii() and _MORE_LOCAL.search(before)):
            yield match.span()


RANGE = Range(
    type="EMAIL_ADDRESS",
    make=_make,
    find=_find,
    hint="|".join(re.escape(name) for name in sorted({*_DOMAINS.values(), _PLAIN_DOMAIN})),
    source="RFC 2606, IANA test domains",
)

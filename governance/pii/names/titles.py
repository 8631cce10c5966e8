"""Names after a title ("Bw. Juma Otieno", "Mme Diallo", "श्री राम") or before one ("王小明先生").

In scripts with capitals the capitalised words after the title are the name, with the particles
between them ("Dr. van der Berg"); in others at most two words. Where a word after a title is an
office or a function word ("Mr President", "السيد الرئيس") nothing is found.

Source: the titles and words in `titles.tsv`, whose first lines name theirs.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polars as pl

_TABLE = Path(__file__).with_name("titles.tsv")
_PLACEHOLDER = re.compile(r"\[[A-Z]+(?:_[A-Z]+)*(?::[a-p]{32})?\]")
_WORD = re.compile(r"[^\s\d!-&(-,./:-@\[-`{-~«»“”„…،؛؟।॥。、，：；！？（）「」『』·]+")
_GAP = re.compile(r"[.。]?[ \u00a0]{0,2}")
#: Codes of languages by that of the group under which their titles stand.
_CODES = {
    "arb": "ara", "als": "sqi", "cmn": "zho", "yue": "zho", "ekk": "est", "gaz": "orm",
    "lvs": "lav", "nob": "nor", "nno": "nor", "npi": "nep", "pes": "fas", "prs": "fas",
    "plt": "mlg", "swh": "swa", "zsm": "msa", "pbt": "pus", "bos": "hrv", "ary": "ara",
    "arz": "ara",
}  # fmt: skip
_MOST_CASED, _MOST_OTHER, _MOST_CHARS = 4, 2, 24
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}\Z")
_KANA_NAME = re.compile(r"(?:[\u4e00-\u9fff]{2,4}|[\u30a1-\u30fa\u30fc]{2,12})\Z")
_HANGUL_NAME = re.compile(r"(?<![\uac00-\ud7af])[\uac00-\ud7af]{2,4} ?\Z")


def is_unspaced(char: str) -> bool:
    """Whether a letter is of a script that puts no spaces between words."""
    return _UNSPACED.match(char) is not None


def is_word(char: str) -> bool:
    """Whether a character, or none, belongs to a word: a letter, mark, digit or underscore."""
    return bool(char) and (char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M")


def placeholders(text: str) -> Iterator[tuple[int, int]]:
    """Where placeholders and pseudonyms stand."""
    return (match.span() for match in _PLACEHOLDER.finditer(text))


@cache
def _lines() -> tuple[list[str], ...]:
    lines = _TABLE.read_text(encoding="utf-8").split("\n")
    return tuple(line.split("\t") for line in lines if line and not line.startswith("#"))


@cache
def _table() -> dict[str, frozenset[str]]:
    """The words of `titles.tsv` by kind, all languages together."""
    words: dict[str, set[str]] = {}
    for _, kind, group in _lines():
        words.setdefault(kind, set()).update(group.split("|"))
    return {kind: frozenset(group) for kind, group in words.items()}


@cache
def _titles(kind: str, language: str | None) -> re.Pattern[str]:
    """The titles of a language; of all languages where the table has none of it."""
    own = {
        word
        for line in _lines()
        if line[1] == kind and line[0] == _CODES.get(language or "", language)
        for word in line[2].split("|")
    }
    has_own = any(line[0] == _CODES.get(language or "", language) for line in _lines())
    words = sorted(own if has_own else _table()[kind], key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def find(
    text: pl.Series, code: pl.Series, chosen: pl.Series
) -> Iterator[tuple[int, int, int, str]]:
    """Names beside a title in the chosen texts: row, start, end, type.

    Args:
        text: String, null allowed.
        code: ISO 639-3, one a text; the titles of that language are looked for.
        chosen: Boolean.
    """
    words = sorted(_table()["before"] | _table()["after"])
    hits = text.str.contains_any(words).fill_null(value=False) & chosen
    for row in hits.arg_true().to_list():
        for start, end in names(str(text[row]), code[row]):
            yield row, start, end, "PERSON"


def names(text: str, language: str | None = None) -> Iterator[tuple[int, int]]:
    """Names beside a title of a language (of any where none is given) in one text.

    >>> [text[a:b] for text in ["Kwa Bw. Juma Otieno wa Kisumu"] for a, b in names(text)]
    ['Juma Otieno']
    """
    end = 0
    for title in _titles("before", language).finditer(text):
        place = title.start()
        if place < end or is_word(text[place - 1 : place]):
            continue
        span = _after(text, title)
        if span:
            end = span[1]
            yield span
    for title in _titles("after", language).finditer(text):
        span = _before(text, title)
        if span:
            yield span


def is_announced(text: str, place: int) -> bool:
    """Whether a title stands right before a place."""
    lead = text[max(0, place - _MOST_CHARS) : place]
    for title in _titles("before", None).finditer(lead):
        rest = lead[title.end() :]
        if _GAP.fullmatch(rest) and not is_word(lead[title.start() - 1 : title.start()]):
            return True
    return False


def _after(text: str, title: re.Match[str]) -> tuple[int, int] | None:
    """The name after a title, if what follows can be one."""
    gap = _GAP.match(text, title.end())
    start = gap.end() if gap else title.end()
    word = _WORD.match(text, start)
    titles = _table()["before"]
    if not word or word.group() in titles or f"{word.group()}." in titles:
        return None  # "Frau Dr. …": the name follows the second title
    is_joined = start == title.end()  # as only unspaced scripts do
    if is_joined and not is_unspaced(title.group()[-1]):
        return None
    if is_joined and word.group().startswith(tuple(_table()["joined"])):
        return None
    end = _name_end(text, word)
    return (start, end) if end else None


def _name_end(text: str, word: re.Match[str]) -> int | None:
    """Where the name that begins with a word ends; None when the word is no name."""
    cased = _has_case(word.group()[0])
    end, count = None, 0
    most = _MOST_CASED if cased else _MOST_OTHER
    step: re.Match[str] | None = word
    while step and count < most and len(step.group()) <= _MOST_CHARS:
        written = step.group()
        if _is_name(written, cased=cased):
            end, count = step.end(), count + 1
            if len(written) == 1 and text[end : end + 1] == ".":
                end += 1  # an initial
        elif written not in _table()["particle"]:
            break
        gap = re.match(r"\.? ?(?<=[ .])|\u00a0", text[step.end() : step.end() + 2])
        is_stop = text[step.end() : step.end() + 1] == "." and len(written) > 1
        step = _WORD.match(text, step.end() + gap.end()) if gap and not is_stop else None
    return end


def _is_name(word: str, *, cased: bool) -> bool:
    if word.lower() in _table()["stop"] or not word[0].isalpha():
        return False
    if cased:
        return word[0].isupper()
    return len(word) > 1 and not _has_case(word[0])


def _has_case(char: str) -> bool:
    """Whether a script has capitals in running text; Georgian has none there."""
    is_georgian = "\u10a0" <= char <= "\u10ff"
    return char.lower() != char.upper() and not is_georgian


def _before(text: str, title: re.Match[str]) -> tuple[int, int] | None:
    """The name that a title of Chinese, Japanese or Korean follows."""
    lead = text[max(0, title.start() - 14) : title.start()]
    written = title.group()
    if "\uac00" <= written <= "\ud7af" or "\uac00" <= written[0] <= "\ud7af":
        match = _HANGUL_NAME.search(lead)
        if not match or match.group()[0] not in _table()["surname"]:
            return None
        if (
            is_word(text[title.end() : title.end() + 1])
            and text[title.end()] not in "가는은를의도께에"
        ):
            return None
    elif written in _table()["after-kana"]:
        match = _KANA_NAME.search(lead)
        if not match or match.group().endswith(tuple(_table()["stop-kana"])):
            return None
    else:
        match = _HAN_NAME.search(lead)
        name = match.group() if match else ""
        name = name if name[:1] in _table()["surname"] else name[1:]
        if len(name) < 2 or name[0] not in _table()["surname"]:
            return None
        return title.start() - len(name), title.start()
    start = title.start() - len(match.group())
    return start, start + len(match.group().rstrip())

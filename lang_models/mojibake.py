"""Mojibake: text that was decoded in the wrong encoding, and is encoded and decoded back.

Two signs give it away. ftfy knows the sequences of characters that hardly occur but by such a
mistake. And where the accented letters of a Latin text were taken for Windows-1252 or -1251,
all that is not ASCII in it makes sound UTF-8 once it is encoded back. Both are looked for in
whole batches, in native code; Python only sees the texts where they were found.
"""

import re
from functools import cache

import polars as pl

#: What the second byte of an accented letter (0x80 to 0xBF) became in either encoding.
_AS_1252, _AS_1251 = (
    re.escape(bytes(range(0x80, 0xC0)).decode(codec, "ignore"))
    for codec in ("windows-1252", "windows-1251")
)
#: A first byte 0xC2 to 0xC5, of the letters U+00A0 to U+017F, and a second one.
_HALVES = rf"[ÂÃÄÅ][{_AS_1252}\x{{80}}-\x{{9f}}]|[A-Za-z][ВГДЕ][{_AS_1251}]"
#: One such letter may be chance.
_LEAST_LETTERS = 2
_CODECS = ("sloppy-windows-1252", "latin-1", "sloppy-windows-1251")

#: Single characters of mojibake between quotation marks: the line explains mojibake (the Debian
#: handbook does in fourteen languages: “Ã©”, “Ã¨” …) and stays. The marks are no part of it: the
#: opening one stands at the beginning of a word.
_QUOTED = re.compile(
    r"(?:(?<![^\s(])[“”„«\"'‘`]|[「『])[\s\u200e]*"
    r"[\xc2-\xc5\xc8-\xd1\xe2\xe3][\x80-\xbf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]{1,2}"
    r"[\s\u200e]*[“”»\"'’」』`]"
)
#: Letters of three bytes in UTF-8 (Indic, Thai, Khmer, Han, Hangul …). A C1 control beside them
#: is the rest of a letter whose first byte was lost, not a quotation mark of Windows-1252.
_THREE_BYTES = re.compile("[\u0800-\u1dff\u2c00-\ud7ff]")


def mend_all(text: pl.Series) -> pl.Series:
    """Each text without mojibake; texts are looked at one by one, so give few of them."""
    return pl.Series([mend(one) for one in text], dtype=pl.String)


def mend(text: str) -> str:
    r"""The text with its mojibake undone, where that is sure.

    A text is taken whole if half of its lines that are not ASCII are suspect, and it decodes
    as UTF-8 once it is encoded back: then its other lines are mojibake too, though too little
    to be seen. Otherwise its suspect lines are mended one by one, for pages are put together
    from many sources.

    Source: ftfy's heuristic of badness (Speer, ftfy 6.3, 2024). Its other repairs (quotes,
    ligatures, character width, HTML entities) are not asked for.

    >>> mend("Beta Haber: HÄ±rsÄ±zÄ± BÃ¼yÃ¼ Korkuttu")
    'Beta Haber: Hırsızı Büyü Korkuttu'
    >>> mend("prГ©somption d'innocence avant condamnation, prГ©sentГ©e")
    "présomption d'innocence avant condamnation, présentée"
    >>> mend("l’«Ã©» s’affiche au lieu de é")
    'l’«Ã©» s’affiche au lieu de é'
    """
    lines = text.split("\n")
    column = pl.Series(lines)
    suspects = column.filter(column.str.contains(suspect())).to_list()
    suspects = [line for line in suspects if not _QUOTED.search(line)]
    if not suspects:
        return text
    if 2 * len(suspects) >= column.str.contains(r"[^\x00-\x7f]").sum():
        whole = _decoded_again(text)
        if whole is not None:
            return mend(whole)  # it may have happened twice; each time the text gets shorter
    mended = {line: _mend_line(line) for line in dict.fromkeys(suspects)}
    return "\n".join(mended.get(line, line) for line in lines)


def _decoded_again(text: str) -> str | None:
    """The text if all of it is UTF-8 that was read in one other encoding, else None."""
    from ftfy import TextFixerConfig, fix_encoding_and_explain  # noqa: PLC0415  0.2 s

    for codec in _CODECS:
        try:
            decoded = text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        if len(text) - len(decoded) >= _LEAST_LETTERS:
            return decoded
    config = TextFixerConfig(decode_inconsistent_utf8=False, fix_c1_controls=False)
    decoded, steps = fix_encoding_and_explain(text, config)
    return decoded if steps and decoded != text else None


def _mend_line(line: str) -> str:
    from ftfy import TextFixerConfig, fix_encoding  # noqa: PLC0415  0.2 s

    decoded = _decoded_again(line)
    if decoded is not None:
        return mend(decoded)
    keeps_c1 = bool(_THREE_BYTES.search(line))
    return fix_encoding(line, TextFixerConfig(explain=False, fix_c1_controls=not keeps_c1))


@cache
def suspect() -> str:
    """Both signs as one regular expression for polars.

    U+0085 alone does not count: it is a line end (NEL) more often than a lost ellipsis.
    """
    from ftfy.badness import BADNESS_RE  # noqa: PLC0415  0.2 s

    badness = _unspaced(BADNESS_RE.pattern)
    return badness.replace("[\x80-\x9f]|", "[\x80-\x84\x86-\x9f]|", 1) + "|" + _HALVES


def _unspaced(pattern: str) -> str:
    """A verbose Python expression without its comments and blanks.

    In polars' verbose mode blanks in character classes would not count either.
    """
    lines = (line for line in pattern.split("\n") if not line.lstrip().startswith("#"))
    return "".join(re.findall(r"\\.|\[(?:\\.|[^\]\\])*\]|\S", "\n".join(lines)))

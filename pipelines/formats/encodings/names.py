"""Names of encodings: from what pages, servers and people call them to one name each."""

import codecs
from functools import cache

from pipelines.formats.encodings.east_asian_score import EAST_ASIAN
from pipelines.formats.encodings.tables import one_byte

#: Encodings whose whole content a larger one also has, by Python's name: the larger one is
#: what text under that name is really in. Source: WHATWG Encoding Standard, section 4.2.
_LARGER = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "iso8859-11": "windows-874",
    "tis-620": "windows-874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5",
    "cp950": "big5",
    "shift_jis": "shift_jis",
    "euc_kr": "euc-kr",
    "utf-8-sig": "utf-8",
}


@cache
def _by_codec() -> dict[str, str]:
    names = {_python_name(entry.codec): name for name, entry in EAST_ASIAN.items()}
    names |= {_python_name(name): name for name in one_byte() if _python_name(name)}
    return {**{python: name for python, name in names.items() if python}, **_LARGER}


@cache
def _python_name(label: str) -> str:
    try:
        return codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""


@cache
def name_of(label: str) -> str | None:
    """Our name of the encoding that a label means, or None if it is none we know.

    >>> name_of("ISO-8859-1"), name_of(" x-sjis "), name_of("cp1251"), name_of("gb2312")
    ('windows-1252', 'shift_jis', 'windows-1251', 'gb18030')
    >>> name_of("martian") is None
    True
    """
    from resiliparse.parse.encoding import map_encoding_to_html5  # noqa: PLC0415

    bare = label.strip().strip("'\"").lower()
    if not bare.isascii():
        return None
    if bare in one_byte() or bare in EAST_ASIAN:
        return bare
    python = _python_name(bare)
    if not python:
        python = _python_name(map_encoding_to_html5(bare, fallback_utf8=False) or "")
    known = _by_codec().get(python)
    return known or (python if python.startswith(("utf-", "iso2022", "hz")) else None)

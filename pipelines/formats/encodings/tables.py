"""What is known of the encodings before Unicode, and of the letters of their languages.

Two tables beside this module hold it, so that it can be read and mended without code:
`one_byte.tsv` (the encodings) and `letters.tsv` (the letters of a language in order of
frequency).
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipelines.formats.encodings import viscii

#: How a letter is called in Unicode's names, by script of a language tag.
SCRIPTS = {
    "Latn": "LATIN",
    "Cyrl": "CYRILLIC",
    "Grek": "GREEK",
    "Hebr": "HEBREW",
    "Arab": "ARABIC",
    "Thai": "THAI",
}


@dataclass(frozen=True, slots=True)
class OneByte:
    """An encoding in which each byte is one character.

    Args:
        name: as in the IANA register or the WHATWG Encoding Standard.
        characters: what each of the 256 bytes means; U+FFFD where it means nothing.
        prior_nats: how much rarer it is than a Windows code page; zero or less.
        home: ISO 639-3 codes of the languages in Latin letters that it was made for.
    """

    name: str
    characters: str
    prior_nats: float
    home: frozenset[str]


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of one language, lower case, the most frequent first."""

    tag: str
    rank: dict[str, int]

    @property
    def script(self) -> str:
        """ISO 15924 code of the script, such as Cyrl."""
        return self.tag[-4:]


def _rows(name: str) -> list[list[str]]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    lines = (line for line in text.split("\n") if line and not line.startswith("#"))
    return [line.split("\t") for line in lines]


@cache
def letters() -> dict[str, Letters]:
    """The letters of each language, by tag such as pol_Latn."""
    return {
        tag: Letters(tag, {letter: place for place, letter in enumerate(order, start=1)})
        for tag, order in _rows("letters.tsv")
    }


@cache
def one_byte() -> dict[str, OneByte]:
    """The one-byte encodings by name, the likeliest first."""
    return {
        name: OneByte(name, _characters(codec), float(prior), frozenset(home.split()) - {"-"})
        for name, codec, prior, home in _rows("one_byte.tsv")[1:]
    }


def _characters(codec: str) -> str:
    if codec == "viscii":
        return viscii.TABLE
    decode: Callable[[bytes, str], tuple[str, int]] = codecs.getdecoder(codec)
    return "".join(decode(bytes([byte]), "replace")[0] for byte in range(256))


def decode_one_byte(raw: bytes, encoding: OneByte) -> str:
    """The text of bytes in a one-byte encoding.

    Raises:
        UnicodeError: a byte that means nothing in this encoding.
    """
    text = codecs.charmap_decode(raw, "strict", encoding.characters)[0]
    if "\ufffd" in text:
        raise UnicodeError("a byte has no meaning")
    return text

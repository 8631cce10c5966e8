"""What stands in a file, piece by piece, each with the place where it stands.

Numbers in the source of a page, such as the coordinates of a drawing, are no text; nor are
the numbers of JSON. Columns and keys of our own files that hold names, digests and measures
made by us are declared here and passed over, digests only when they look like digests.
"""

import bz2
import gzip
import html
import lzma
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import orjson

from schemas.errors import InputError

#: Read at once; a line that is longer is cut.
BLOCK_BYTES = 8_000_000
#: Leaves of the released schema that hold nothing that people wrote, by how their names begin.
OWN_COLUMNS = (
    "doc_id", "language.", "source.id", "source.offset", "source.collected", "source.jurisdiction",
    "quality.", "privacy.", "duplicates.", "provenance.", "decision.",
)  # fmt: skip
#: Columns and keys that hold digests and keyed names, if what stands there looks like one.
DIGESTS = frozenset(
    {"doc_id", "kept_doc_id", "cluster_id", "digest", "sha256", "root", "manifest_root", "key_id",
     "settings_digest", "staging_digest", "min_doc_id", "max_doc_id", "recognisers_sha256",
     "raw_hmac", "text_sha256", "prev", "hash"}
)  # fmt: skip
DIGEST = re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{8,128}|[0-9a-f]{32,128}")

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?')
_MARKUP = re.compile(r"<!--|-->|<[^<>]*>")
_ATTRIBUTE = re.compile(
    r"\s(?:href|src|alt|title|content|aria-label|value|placeholder|id|name|cite|data-[a-z-]+)"
    r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"<(style|script)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_STRINGS = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'")


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text.

    Args:
        text: what stands there.
        place: of a found span: from its start in the text to words for people.
        language: tag, where the file says it.
        country: ISO 3166-1, where the file says it.
    """

    text: str
    place: Callable[[int], str]
    language: str | None = None
    country: str | None = None


def blocks(path: Path) -> Iterator[bytes]:
    """A file, unpacked, in blocks that end where a line does.

    Raises:
        InputError: it cannot be read or unpacked.
    """
    try:
        with _opened(path) as file:
            rest = b""
            while data := file.read(BLOCK_BYTES):
                head, newline, tail = (rest + data).rpartition(b"\n")
                if head or newline:
                    yield head + newline
                rest = tail
                if len(rest) > BLOCK_BYTES:
                    yield rest
                    rest = b""
            if rest:
                yield rest
    except (OSError, EOFError, lzma.LZMAError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({type(error).__name__})") from None


def _opened(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path))
    if path.suffix == ".bz2":
        return bz2.open(path)
    if path.suffix == ".xz":
        return lzma.open(path)
    if path.suffix == ".zst":
        import zstandard  # noqa: PLC0415  # few files are

        return zstandard.open(path, "rb")
    return path.open("rb")


def kind_of(path: Path) -> str:
    """`json`, `html` or `text`, by the suffix under that of the packing."""
    packed = path.suffix in {".gz", ".bz2", ".xz", ".zst"}
    suffix = Path(path.stem).suffix if packed else path.suffix
    if suffix.lower() in {".json", ".jsonl", ".ndjson", ".ipynb"}:
        return "json"
    return "html" if suffix.lower() in {".html", ".htm", ".xhtml", ".svg"} else "text"


def text_cells(text: str, kind: str, lines_before: int) -> Iterator[Cell]:
    """The pieces of a block of a text file.

    Args:
        text: the block.
        kind: of `kind_of`.
        lines_before: lines of the file before the block.
    """
    if kind == "json":
        yield from _json(text, lines_before)
    elif kind == "html":
        yield from _html(text, lines_before)
    else:
        yield Cell(text, _at(text, 0, lines_before))


def _at(text: str, start: int, lines_before: int) -> Callable[[int], str]:
    def place(offset: int) -> str:
        whole = min(start + offset, len(text))
        line = lines_before + text.count("\n", 0, whole) + 1
        return f"line {line}, column {whole - text.rfind(chr(10), 0, whole)}"

    return place


def _json(text: str, lines_before: int) -> Iterator[Cell]:
    """The strings of JSON, keys among them; no numbers."""
    key = ""
    for match in _LITERAL.finditer(text):
        written = match[1]
        value = _unescaped(written) if "\\" in written else written
        if match[2]:
            key = value
        elif key in DIGESTS and DIGEST.fullmatch(value):
            continue
        if value:
            yield Cell(value, _at(text, match.start() + 1, lines_before))


def _unescaped(written: str) -> str:
    try:
        return str(orjson.loads(f'"{written}"'))
    except orjson.JSONDecodeError:
        return written


def _html(text: str, lines_before: int) -> Iterator[Cell]:
    """The text of a page, the attributes that people read or follow, strings of its scripts."""
    place = 0
    for source in _SOURCE.finditer(text):
        yield from _page(text, place, source.start(), lines_before)
        for found in _STRINGS.finditer(source.group()):
            written = found[1] or found[2] or ""
            yield Cell(written, _at(text, source.start() + found.start() + 1, lines_before))
        place = source.end()
    yield from _page(text, place, len(text), lines_before)


def _page(text: str, start: int, end: int, lines_before: int) -> Iterator[Cell]:
    place = start
    for tag in _MARKUP.finditer(text, start, end):
        if text[place : tag.start()].strip():
            shown = html.unescape(text[place : tag.start()])
            yield Cell(shown, _at(text, place, lines_before))
        for found in _ATTRIBUTE.finditer(tag.group()):
            value = html.unescape(found[1] or found[2] or "")
            if value:
                yield Cell(value, _at(text, tag.start() + found.start() + 1, lines_before))
        place = tag.end()
    if text[place:end].strip():
        yield Cell(html.unescape(text[place:end]), _at(text, place, lines_before))

r"""Labelled text: files of lines with the language of each, for training and for evaluation.

Four kinds of file are read, all but the last packed by gzip or not:

- `.tsv`: `tag<TAB>text`, or columns with a header that names `text` and `lang` or `tag`;
- `.jsonl`: objects with `text` and `lang` (or `tag`), and `script` where that is known;
- `.txt`: one text a line, in the language that the file is named by: `swh_Latn.txt`;
- `.parquet`: columns `text` and `lang` (or `tag`), and `script` and `source` where known.

Lines end in \n and nothing else. Languages are told by `xxx_Xxxx` or by any code of BCP 47 or
ISO 639; a language of your own that has no code takes one of `qaa` to `qtz`, which ISO 639 keeps
free for that. A row without a language, or that only tells what it is not (`not_lang`), is
passed over.
"""

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from lang_models.labelled.kinds import KINDS, SUFFIXES, bare_name, is_labelled, read_kind
from lang_models.labelled.told import told
from schemas.errors import InputError

ROWS = {"source": pl.String, "tag": pl.String, "text": pl.String}


class File(NamedTuple):
    """A file of labelled text.

    Attributes:
        path: where it lies.
        source: its name without suffixes; files of the same name are one source.
    """

    path: Path
    source: str


class Read(NamedTuple):
    """A file that was read.

    Attributes:
        sha256: of the file as it lies.
        sources: whose text is in it.
    """

    sha256: str
    sources: list[str]


class Labelled(NamedTuple):
    """Labelled text and the files that it came from.

    Attributes:
        rows: `source`, `tag` and `text`, in the order of sources, tags and texts; no empty
            text. The same whatever the order of the files and of the lines in them.
        files: those that were read.
    """

    rows: pl.DataFrame
    files: list[Read]


def find(paths: Sequence[Path]) -> list[File]:
    """The files that paths name: themselves, or all of the known kinds in a folder.

    Raises:
        InputError: a path leads nowhere or holds no such file.
    """
    return [File(path, bare_name(path)) for given in paths for path in _within(given)]


def read(files: Sequence[File]) -> Labelled:
    """All rows of some files that tell their language.

    Raises:
        InputError: a file cannot be read, says nothing of languages, or names an unknown one.
    """
    frames, done = [], []
    for file in files:
        content = _content(file.path)
        rows = told(read_kind(_unpacked(content, file.path), file.path), file.path)
        named = [pl.col("source")] if "source" in rows.columns else []
        source = pl.coalesce(*named, pl.lit(file.source)).alias("source")
        frames.append(rows.select(source, "tag", "text"))
        sources = sorted({file.source} if not named else frames[-1]["source"].unique())
        done.append(Read(hashlib.sha256(content).hexdigest(), sources))
    rows = pl.concat([pl.DataFrame(schema=ROWS), *frames])
    rows = rows.filter(_has_text()).sort("source", "tag", "text")
    if rows.is_empty():
        raise InputError(f"{files[0].path}: there is no labelled text in it")
    return Labelled(rows, done)


def texts(files: Sequence[File]) -> pl.Series:
    """All texts of some files, those that do not tell their language too.

    Raises:
        InputError: a file cannot be read.
    """
    frames = [
        read_kind(_unpacked(_content(file.path), file.path), file.path).select("text")
        for file in files
    ]
    whole = pl.concat([pl.DataFrame(schema={"text": pl.String}), *frames])
    return whole.filter(_has_text())["text"]


def _has_text() -> pl.Expr:
    return pl.col("text").str.strip_chars().str.len_chars() > 0


def _within(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    if path.is_file():
        yield path
        return
    found = [one for one in sorted(path.rglob("*")) if one.is_file() and is_labelled(one)]
    if not found:
        raise InputError(f"{path}: no labelled text in this folder; {KINDS}")
    yield from found


def _content(path: Path) -> bytes:
    if not path.name.endswith(SUFFIXES):
        raise InputError(f"{path}: this kind of file is not known; {KINDS}")
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({type(error).__name__})") from None


def _unpacked(content: bytes, path: Path) -> bytes:
    if not path.name.endswith(".gz"):
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        raise InputError(f"{path}: this is no gzip file, or it is cut off") from None

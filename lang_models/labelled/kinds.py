"""The kinds of file that hold labelled text, each read into one table."""

import io
import string
from pathlib import Path

import polars as pl

from lang_models.profile import is_tag
from schemas.errors import InputError

_LINES = (".tsv", ".jsonl", ".ndjson", ".txt")
SUFFIXES = (*_LINES, *(f"{suffix}.gz" for suffix in _LINES), ".parquet")
KINDS = (
    "give .tsv (tag, tab, text), .jsonl (text, lang), files named xxx_Xxxx.txt, any of them also"
    " as .gz, or .parquet (text, lang)"
)
FIELDS = dict.fromkeys(("text", "lang", "tag", "script"), pl.String)


def bare_name(path: Path) -> str:
    """The name of a file without its suffixes.

    >>> bare_name(Path("corpora/ntrex.tsv.gz"))
    'ntrex'
    """
    name = path.name
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        name = name.removesuffix(suffix)
    return name


def is_labelled(path: Path) -> bool:
    """True for the files of a folder that are read: those of a known kind.

    A plain text counts when it is named by a language, so that a README stays out.
    """
    if path.name.removesuffix(".gz").endswith(".txt"):
        return is_tag(bare_name(path))
    return path.name.endswith(SUFFIXES)


def read_kind(content: bytes, path: Path) -> pl.DataFrame:
    """The rows of a file, as they stand.

    Args:
        content: of the file, unpacked.
        path: of the file; its suffix tells the kind.

    Returns:
        `line` (from 1), `text`, and those of `lang`, `tag`, `script`, `source` that it has.

    Raises:
        InputError: it is not what its name says.
    """
    name = path.name.removesuffix(".gz")
    if name.endswith(".parquet"):
        return _parquet(content, path)
    text = _decoded(content, path)
    if name.endswith((".jsonl", ".ndjson")):
        return _json(text, path)
    return _plain(text, path) if name.endswith(".txt") else _table(text, path)


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}:{line}: this is not UTF-8") from None


def _parquet(content: bytes, path: Path) -> pl.DataFrame:
    try:
        whole = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError):
        raise InputError(f"{path}: this is no Parquet file, or it is damaged") from None
    if "text" not in whole.columns or not {"lang", "tag"} & set(whole.columns):
        raise InputError(f"{path}: expected the columns text and lang (or tag)")
    wanted = [name for name in (*FIELDS, "source") if name in whole.columns]
    try:
        rows = whole.select(pl.col(name).cast(pl.String) for name in wanted)
    except pl.exceptions.PolarsError:
        raise InputError(f"{path}: its columns {', '.join(wanted)} must hold texts") from None
    return rows.drop_nulls("text").with_row_index("line", 1)


def _lines(text: str) -> pl.DataFrame:
    r"""`line` (from 1) and `content` of each line; \r before its end is taken off."""
    if not text.strip(string.whitespace):
        return pl.DataFrame(schema={"line": pl.UInt32, "content": pl.String})
    series = pl.Series("content", [text]).str.split("\n").explode()
    return series.str.strip_suffix("\r").to_frame().with_row_index("line", 1)


def _table(text: str, path: Path) -> pl.DataFrame:
    lines = _lines(text)
    head = text.partition("\n")[0].rstrip("\r").split("\t")
    if "text" in head and {"lang", "tag"} & set(head):
        fields = lines[1:].filter(pl.col("content") != "")
        parts = fields["content"].str.splitn("\t", len(head)).struct.rename_fields(head)
        rows = pl.concat([fields, parts.struct.unnest()], how="horizontal")
        return rows.select("line", *(name for name in FIELDS if name in head)).drop_nulls("text")
    parts = lines["content"].str.splitn("\t", 2).struct.rename_fields(["tag", "text"])
    rows = pl.concat([lines, parts.struct.unnest()], how="horizontal")
    untold = rows.filter(pl.col("text").is_null() & (pl.col("content") != ""))
    if len(untold):
        raise InputError(
            f"{path}:{untold['line'][0]}: expected a tag, a tab and a text, such as"
            " swh_Latn<TAB>Habari ya leo"
        )
    return rows.drop_nulls("text").drop("content")


def _json(text: str, path: Path) -> pl.DataFrame:
    lines = _lines(text).filter(pl.col("content").str.strip_chars() != "")
    if lines.is_empty():
        return pl.DataFrame(schema={"line": pl.UInt32, **FIELDS})
    try:
        fields = lines["content"].str.json_decode(pl.Struct(FIELDS))
    except pl.exceptions.ComputeError:
        raise InputError(f"{path}:{_broken(lines)}: this is no JSON object") from None
    rows = pl.concat([lines.drop("content"), fields.struct.unnest()], how="horizontal")
    return rows.drop_nulls("text")


def _broken(lines: pl.DataFrame) -> int:
    """The first line that is no JSON object with texts in it."""
    import orjson  # noqa: PLC0415

    for number, content in lines.iter_rows():
        try:
            record = orjson.loads(content)
        except orjson.JSONDecodeError:
            return number
        if not isinstance(record, dict):
            return number
    return int(lines["line"][0])


def _plain(text: str, path: Path) -> pl.DataFrame:
    tag = bare_name(path)
    if not is_tag(tag):
        raise InputError(
            f"{path}: a plain text is named by its language, such as swh_Latn.txt; {KINDS}"
        )
    return _lines(text).rename({"content": "text"}).with_columns(tag=pl.lit(tag))

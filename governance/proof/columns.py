"""What stands in a Parquet or Arrow file: its columns, and what its footer tells of them."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from governance.proof.cells import DIGEST, DIGESTS, OWN_COLUMNS, Cell
from schemas.corpus import COLUMNS

ROWS_AT_ONCE = 2_000
#: Of rows with texts, each of which may have megabytes.
TEXTS_AT_ONCE = 500
#: Of our own: the Arrow schema, packed as base64, and what the writer says of itself.
_OWN_KEYS = frozenset({"ARROW:schema", "endonym.schema_version"})
#: Of one of our own files; the rest was not written by people.
_LOOKED_AT = ("language.tag", "source", "rights")


def is_ours(names: list[str]) -> bool:
    """Whether a file has the columns of a document of this project."""
    return names == list(COLUMNS)


def table_cells(path: Path, *, text_rows: int | None) -> Iterator[Cell]:
    """Every string of a file, by column and row; then its footer.

    Args:
        path: a Parquet or an Arrow file.
        text_rows: of one of our own files, the rows whose `text` is looked at; None: all.
    """
    for first, part in _parts(path, text_rows):
        frame = pl.DataFrame(pl.from_arrow(part))
        yield from _part(frame, first, ours=set(part.schema.names) <= set(COLUMNS))
    if not _is_arrow(path):
        yield from footer_cells(path)


def _is_arrow(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(6) == b"ARROW1"


def _parts(path: Path, text_rows: int | None) -> Iterator[tuple[int, pa.Table]]:
    """Parts of a file, each with the row that it begins with."""
    if _is_arrow(path):
        with pa.memory_map(str(path)) as source:
            reader = pa.ipc.open_file(source)
            yield from _counted(reader.get_batch(at) for at in range(reader.num_record_batches))
        return
    with pq.ParquetFile(path, buffer_size=1 << 18) as file:
        names = file.schema_arrow.names
        if not is_ours(names):
            yield from _counted(file.iter_batches(ROWS_AT_ONCE, columns=names))
            return
        with_text = file.iter_batches(text_rows or TEXTS_AT_ONCE, columns=[*_LOOKED_AT, "text"])
        if text_rows != 0:
            yield from islice(_counted(with_text), 1 if text_rows else None)
        if text_rows is not None:
            yield from _counted(file.iter_batches(ROWS_AT_ONCE, columns=list(_LOOKED_AT)))


def _counted(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[int, pa.Table]]:
    row = 0
    for batch in batches:
        yield row, pa.Table.from_batches([batch])
        row += batch.num_rows


def _part(frame: pl.DataFrame, first: int, *, ours: bool) -> Iterator[Cell]:
    tags: list[Any] = [None] * frame.height
    lands = tags
    if ours:
        tags = frame["language"].struct.field("tag").to_list()
        lands = frame["source"].struct.field("jurisdiction").to_list()
    for name, values in _leaves(frame):
        if ours and name.startswith(OWN_COLUMNS):
            continue
        if name.rpartition(".")[2] in DIGESTS and _are_digests(values):
            continue
        known: set[tuple[object, ...]] = set()
        for place, value in enumerate(values.to_list()):
            one = (value, tags[place], lands[place])
            if value and one not in known:
                known.add(one)
                yield Cell(value, _in_row(first + place, name), tags[place], lands[place])


def _leaves(frame: pl.DataFrame) -> Iterator[tuple[str, pl.Series]]:
    """The columns that hold strings, with the names of nested ones joined by dots."""
    for series in frame.get_columns():
        yield from _leaf(series.name, series)


def _leaf(name: str, series: pl.Series) -> Iterator[tuple[str, pl.Series]]:
    kind = series.dtype
    if isinstance(kind, pl.Struct):
        for field in kind.fields:
            yield from _leaf(f"{name}.{field.name}", series.struct.field(field.name))
    elif isinstance(kind, pl.List | pl.Array):
        inner = kind.inner
        if inner == pl.String:
            joined = series.list if isinstance(kind, pl.List) else series.arr
            yield name, joined.join("\n")
        elif isinstance(inner, pl.Struct):
            for field in inner.fields:
                picked = series.list.eval(pl.element().struct.field(field.name))
                yield from _leaf(f"{name}.{field.name}", picked)
    elif kind == pl.String or isinstance(kind, pl.Categorical | pl.Enum):
        yield name, series.cast(pl.String)
    elif kind == pl.Binary:
        decoded = [_decoded(value) for value in series.to_list()]
        yield name, pl.Series(series.name, decoded, dtype=pl.String)


def _decoded(value: bytes | None) -> str | None:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:  # a digest or a picture
        return None


def _are_digests(values: pl.Series) -> bool:
    return bool(values.drop_nulls().str.contains(f"^(?:{_shape()})$").all())


def _shape() -> str:
    return DIGEST.pattern.replace("(?=[0-9]*[a-f])", "")  # Rust has no look-ahead


def _in_row(row: int, column: str) -> Callable[[int], str]:
    return lambda _: f"row {row + 1}, column {column}"


def footer_cells(path: Path) -> Iterator[Cell]:
    """What the footer tells of values: keys of its own, and the least and greatest of columns."""
    footer = pq.read_metadata(path)
    for key, value in (footer.metadata or {}).items():
        if key.decode(errors="replace") not in _OWN_KEYS:
            yield Cell(f"{key.decode(errors='replace')}: {value.decode(errors='replace')}", _footer)
    for group in range(footer.num_row_groups):
        for index in range(footer.num_columns):
            column = footer.row_group(group).column(index)
            if not column.is_stats_set or not column.statistics.has_min_max:
                continue
            for value in (column.statistics.min, column.statistics.max):
                if isinstance(value, str) and not DIGEST.fullmatch(value):
                    yield Cell(value, _footer)


def _footer(_: int) -> str:
    return "footer"

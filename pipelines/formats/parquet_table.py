"""Parquet: one row a record; the card's fields name the columns.

Source: Apache Parquet format 2.10.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from pipelines.formats.model import RATIO_FLOOR_BYTES, WHOLE, Format, Reading, Record, Split
from pipelines.formats.records.fields import as_record, named_fields
from pipelines.formats.streams.compression import peek
from pipelines.formats.streams.kept_open import KeptOpen
from schemas.errors import InputError

#: Text held at a time, by the average length of a row.
_BATCH_BYTES = 8_000_000
_MOST_BATCH_ROWS = 1_000
_BUFFER_BYTES = 1_048_576


def _opened(file: BinaryIO, *text: str) -> Any:  # noqa: ANN401 (a compiled class)
    """The file; equal texts of the column `text` are held once, however often they stand there."""
    import pyarrow.parquet as pq  # noqa: PLC0415 (half a second)

    return pq.ParquetFile(
        KeptOpen(file),
        buffer_size=_BUFFER_BYTES,
        pre_buffer=False,
        read_dictionary=list(text),
    )


def _damage() -> tuple[type[Exception], ...]:
    import pyarrow as pa  # noqa: PLC0415 (half a second)

    return (pa.ArrowException, OSError, ValueError)


def _splits(file: BinaryIO, _size_bytes: int, target_bytes: int, _reading: Reading) -> list[Split]:
    try:
        metadata = _opened(file).metadata
    except _damage():
        return [WHOLE]
    parts = []
    start = size = 0
    for group in range(metadata.num_row_groups):
        size += _packed_bytes(metadata.row_group(group))
        if size >= target_bytes or group == metadata.num_row_groups - 1:
            parts.append(Split(start, group + 1))
            start, size = group + 1, 0
    return parts if len(parts) > 1 else [WHOLE]


def _packed_bytes(group: Any) -> int:  # noqa: ANN401 (a compiled class)
    return sum(group.column(at).total_compressed_size for at in range(group.num_columns))


def _records(file: BinaryIO, split: Split, reading: Reading) -> Iterator[Record]:
    if not peek(file):
        return
    names = named_fields(reading)
    try:
        schema = _opened(file).schema_arrow
    except _damage():
        yield Record(0, None, b"", failure="parquet-unreadable")
        return
    columns = _columns(schema, names)
    table = _opened(file, names["text"])
    last = table.num_row_groups if split.end < 0 else split.end
    row = sum(table.metadata.row_group(group).num_rows for group in range(split.start))
    for group in range(split.start, last):
        yield from _group(table, group, row, (columns, names, reading))
        row += table.metadata.row_group(group).num_rows


def _columns(schema: Any, names: Mapping[str, str]) -> list[str]:  # noqa: ANN401 (a compiled class)
    """The columns to read.

    Raises:
        InputError: there is no column for the text, or it holds no text.
    """
    import pyarrow as pa  # noqa: PLC0415 (half a second)

    found = {key: kind for key in names.values() if (kind := _kind(schema, key)) is not None}
    text = names["text"]
    is_text = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view,
               pa.types.is_binary, pa.types.is_large_binary)  # fmt: skip
    if text not in found:
        raise InputError(
            f"there is no column {text!r}: `fields` on the source card must name the column "
            f"that holds the text; there are {', '.join(schema.names)}"
        )
    if not any(test(found[text]) for test in is_text):
        raise InputError(f"column {text!r} holds {found[text]}, not text")
    return sorted(found)


def _kind(schema: Any, key: str) -> Any:  # noqa: ANN401 (compiled classes)
    """The type of a column, or of field b in struct a for `a.b`; None if there is none."""
    import pyarrow as pa  # noqa: PLC0415 (half a second)

    if key in schema.names:
        kind = schema.field(key).type
        return kind.value_type if pa.types.is_dictionary(kind) else kind
    outer, _, inner = key.partition(".")
    if not inner or outer not in schema.names or not pa.types.is_struct(schema.field(outer).type):
        return None
    return _kind(pa.schema(list(schema.field(outer).type)), inner)


def _group(
    table: Any,  # noqa: ANN401 (a compiled class)
    group: int,
    row: int,
    wanted: tuple[list[str], Mapping[str, str], Reading],
) -> Iterator[Record]:
    """The records of one row group; the rest of a damaged one is one failure."""
    columns, names, reading = wanted
    metadata = table.metadata.row_group(group)
    if metadata.total_byte_size > max(
        RATIO_FLOOR_BYTES, reading.max_ratio * _packed_bytes(metadata)
    ):
        yield Record(row, None, b"", failure="decompression-ratio")
        return
    rows = _batch_rows(metadata)
    end = row + metadata.num_rows
    with suppress(*_damage()):
        for batch in table.iter_batches(rows, row_groups=[group], columns=columns):
            for values in _rows(batch):
                yield _record(values, names, row, reading)
                row += 1
    if row < end:
        yield Record(row, None, b"", failure="parquet-row-group")


def _batch_rows(metadata: Any) -> int:  # noqa: ANN401 (a compiled class)
    average_bytes = max(metadata.total_byte_size // max(metadata.num_rows, 1), 1)
    return min(max(_BATCH_BYTES // average_bytes, 1), _MOST_BATCH_ROWS)


def _rows(batch: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (a compiled class)
    """The rows of a batch as dictionaries; text that is not valid UTF-8 stays bytes."""
    lists = [_values(batch.column(at)) for at in range(batch.num_columns)]
    for row in zip(*lists, strict=True):
        yield dict(zip(batch.schema.names, row, strict=True))


def _values(column: Any) -> list[Any]:  # noqa: ANN401 (a compiled class)
    import pyarrow as pa  # noqa: PLC0415 (half a second)

    kind = column.type
    if pa.types.is_dictionary(kind):
        values = [*_values(column.dictionary), None]
        return [values[-1 if at is None else at] for at in column.indices.to_pylist()]
    try:
        return column.to_pylist()
    except UnicodeDecodeError:
        if not pa.types.is_struct(kind):
            return column.cast(pa.large_binary()).to_pylist()
        names = [field.name for field in kind]
        fields = [_values(column.field(at)) for at in range(len(names))]
        return [dict(zip(names, row, strict=True)) for row in zip(*fields, strict=True)]


def _record(
    values: Mapping[str, Any], names: Mapping[str, str], row: int, reading: Reading
) -> Record:
    record = as_record(values, names, Record(row, None, b""), is_checked=True)
    raw = record.text.encode() if record.text else b""
    if len(raw) > reading.max_record_bytes:
        return Record(row, None, b"", failure="record-too-large")
    return Record(
        row, record.text, raw, record.native_id, record.url, record.title, record.date,
        record.licence, record.country, failure=record.failure,
    )  # fmt: skip


FORMAT = Format(
    name="parquet",
    suffixes=(".parquet", ".pq"),
    reader=_records,
    description="one row a record; the card's fields name the columns",
    splitter=_splits,
)

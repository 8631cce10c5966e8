"""Parquet: one record a row; the card's fields name its columns."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, BinaryIO

from pipelines.formats.model import WHOLE, Format, Reading, Record, Split
from pipelines.formats.records.fields import as_record, named_fields, pick
from pipelines.formats.records.whole import never_silent
from schemas.errors import InputError

_BATCH_ROWS = 1000


def _splits(file: BinaryIO, size_bytes: int, target_bytes: int, _reading: Reading) -> list[Split]:
    import pyarrow as pa  # noqa: PLC0415  # slow to import
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        groups = pq.ParquetFile(file).num_row_groups
    except (pa.ArrowException, OSError):
        return [WHOLE]
    parts = max(1, min(groups, -(-size_bytes // target_bytes)))
    cuts = [groups * number // parts for number in range(parts + 1)]
    spans = [Split(start, end) for start, end in pairwise(cuts)]
    return spans if parts > 1 else [WHOLE]


def _records(file: BinaryIO, split: Split, reading: Reading) -> Iterator[Record]:
    yield from never_silent(_table(file, split, reading), split)


def _table(file: BinaryIO, split: Split, reading: Reading) -> Iterator[Record]:
    import pyarrow as pa  # noqa: PLC0415  # slow to import
    import pyarrow.parquet as pq  # noqa: PLC0415

    if not file.seek(0, 2):
        return
    try:
        table = pq.ParquetFile(file)
    except (pa.ArrowException, OSError):
        yield Record(0, None, b"", failure="corrupt")
        return
    names = named_fields(reading)
    columns = _columns(table.schema_arrow.names, names)
    sizes = [table.metadata.row_group(at).num_rows for at in range(table.num_row_groups)]
    last = len(sizes) if split.end < 0 else split.end
    for group in range(split.start, last):
        place = sum(sizes[:group])
        try:
            for batch in table.iter_batches(_BATCH_ROWS, row_groups=[group], columns=columns):
                for values in batch.to_pylist():
                    yield _row(values, names, place, reading)
                    place += 1
        except (pa.ArrowException, OSError):
            yield Record(place, None, b"", failure="corrupt")


def _columns(present: list[str], names: Mapping[str, str]) -> list[str]:
    """The columns to read: those that the card names, whole structs where it names a part."""
    wanted = {key if key in present else key.partition(".")[0] for key in names.values()}
    text = names["text"]
    if text not in present and text.partition(".")[0] not in present:
        raise InputError(
            f"there is no column {text!r} for the text; the columns are {', '.join(present)}"
        )
    return [name for name in present if name in wanted]


def _row(
    values: Mapping[str, Any], names: Mapping[str, str], place: int, reading: Reading
) -> Record:
    text = pick(values, names["text"])
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else b""
    if len(raw) > reading.max_record_bytes:
        return Record(place, None, b"", failure="record-too-large")
    return as_record(values, names, Record(place, None, raw), is_checked=True)


FORMAT = Format(
    name="parquet",
    suffixes=(".parquet", ".pq"),
    reader=_records,
    description="one row a record; the card's fields name the columns",
    splitter=_splits,
)

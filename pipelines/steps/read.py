"""Read: parts of files become batches of documents. A record that cannot be read becomes a row."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from pipelines import files, reuse
from pipelines.batch import Batch
from pipelines.clock import clock
from pipelines.formats import Record, by_name
from pipelines.inputs import InputSplit, reading
from pipelines.run import Run
from pipelines.steps.stage import is_staged
from schemas.corpus import PROVENANCE, SOURCE
from schemas.decision import QUARANTINED, UNDECIDED, decide
from schemas.source import SourceCard

STAGE = "read"
#: A batch ends after so many records even when they are short, so that columns of
#: small fields stay small too: 16 MB of text is about 8,000 web pages (measured, 2026-11).
MAX_RECORDS = 100_000


def read(part: InputSplit, run: Run) -> Iterator[Batch]:
    """The documents of one part of a file, in batches of about `sizes.batch_mb` of text.

    Every record found comes out as exactly one row; those that could not be read are in
    quarantine, with their place in the file and the reason, and hold no text. A part whose
    batches an earlier run has staged is not read again.
    """
    known = reuse.known(part, run)
    if known is not None:
        yield from known
        return
    made = []
    for batch in _read(part, run):
        made.append((batch.name, batch.read_bytes))
        yield batch
    reuse.remember(part, made, run)


def _read(part: InputSplit, run: Run) -> Iterator[Batch]:
    card = run.card(part.file.source)
    seen: Counter[int] = Counter()
    with files.open_input(part.file.path) as opened:
        before = 0 if part.file.format == "parquet" else part.split.start
        groups = _grouped(_records(opened, part, card), run.settings.sizes.batch_mb * 1e6)
        while True:
            with clock("read"):
                records = next(groups, None)
                if records is None:
                    return
                frame = _frame(records, _doc_ids(records, part, run, seen), part, run)
                place = _place(opened, part, before + sum(len(one.raw) for one in records))
                batch = _named(frame, part.file.source, run, place - before)
                before = place
            yield batch


def _records(opened: BinaryIO, part: InputSplit, card: SourceCard) -> Iterator[Record]:
    if part.file.format is None:
        return iter([Record(0, None, b"", failure="unknown-format")])
    return by_name(part.file.format).records(opened, part.split, reading(card))


def _grouped(records: Iterator[Record], limit_bytes: float) -> Iterator[list[Record]]:
    group: list[Record] = []
    size = 0
    for record in records:
        group.append(record)
        size += len(record.raw)
        if size >= limit_bytes or len(group) >= MAX_RECORDS:
            yield group
            group, size = [], 0
    if group:
        yield group


def _place(opened: BinaryIO, part: InputSplit, read_bytes: int) -> int:
    """How far the file has been read, kept within the part, for the progress shown.

    Parts of Parquet are row groups, so there the records' own bytes have to do.
    """
    if part.file.format == "parquet":
        return min(read_bytes, part.file.bytes)
    end = part.file.bytes if part.split.end < 0 else part.split.end
    place = end if opened.closed else opened.tell()
    return min(max(place, part.split.start), end)


def _frame(records: list[Record], doc_ids: list[str], part: InputSplit, run: Run) -> pl.DataFrame:
    columns = {
        "text": [record.text for record in records],
        "licence": [record.licence for record in records],
        "signals": [record.signals or "" for record in records],
        "failure": [record.failure for record in records],
        "encoding": [record.encoding for record in records],
        "raw_hmac": run.keyring.digests("raw", (record.raw for record in records)),
        **{role: [getattr(record, role) for record in records] for role in ("native_id", "url")},
        **{role: [getattr(record, role) for record in records] for role in ("title", "date")},
        "country": [record.country for record in records],
        "offset": [record.offset for record in records],
        "doc_id": doc_ids,
    }
    frame = pl.DataFrame(columns, schema_overrides={"offset": pl.Int64}).with_columns(
        pl.col(pl.Null).cast(pl.String)
    )
    known = {"raw_hmac", "encoding"}
    provenance = [
        pl.col(name) if name in known else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in PROVENANCE.items()
    ]
    batch = frame.select(
        "doc_id",
        "text",
        "licence",
        "signals",
        "failure",
        pl.struct(_source(part, run.card(part.file.source))).alias("source"),
        pl.struct(provenance).alias("provenance"),
        UNDECIDED,
    )
    failed = pl.col("failure")
    return decide(batch, failed.is_not_null(), outcome=QUARANTINED, stage=STAGE, rule=failed).drop(
        "failure"
    )


def _source(part: InputSplit, card: SourceCard) -> list[pl.Expr]:
    country = pl.col("country").str.to_uppercase()
    values = {
        "id": pl.lit(card.id),
        "uri": pl.lit(part.file.uri),
        **{name: pl.col(name) for name in ("native_id", "url", "title", "date", "offset")},
        "collected": pl.lit(card.collected.last.isoformat()),
        "jurisdiction": pl.when(country.str.contains("^[A-Z]{2}$"))
        .then(country)
        .otherwise(pl.lit(card.jurisdiction)),
    }
    return [values[name].cast(dtype).alias(name) for name, dtype in SOURCE.items()]


def _doc_ids(records: list[Record], part: InputSplit, run: Run, seen: Counter[int]) -> list[str]:
    """Keyed names from source, file and place, so that no two records share one.

    Records that share a place (an archive packed as a whole) are told apart by their order.
    """
    file = f"{part.file.source}\0{part.file.uri}\0"
    values = []
    for record in records:
        again = f"\0{seen[record.offset]}" if seen[record.offset] else ""
        seen[record.offset] += 1
        values.append(f"{file}{record.offset}{again}".encode())
    return [digest[:32] for digest in run.keyring.digests("doc-id", values)]


def _named(frame: pl.DataFrame, source: str, run: Run, read_bytes: int) -> Batch:
    content = hashlib.sha256(run.staged_by(source).encode())
    for column in (frame["doc_id"], frame["provenance"].struct.field("raw_hmac")):
        content.update("".join(column.to_list()).encode())
    name = run.keyring.digests("staging", [content.digest()])[0][:16]
    done = is_staged(name, run)
    return Batch(name, None if done else frame, read_bytes)

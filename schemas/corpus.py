"""The columns of a document, from the moment it is read until it is released.

A batch is a `polars.DataFrame` with one row per record; steps add the columns in
this order. The same columns lie in `documents/`, `removed/` and `quarantine/`.
Source of the layout: docs/decisions and the Parquet facts in `STATISTICS_COLUMNS`.
"""

from collections.abc import Mapping
from functools import cache

import polars as pl
import pyarrow as pa

from schemas.measures import MEASURES

SCHEMA_VERSION = "1"
#: Released files lie in folders named `language_tag=swh_Latn`, which readers of Parquet take
#: for a further column. No column of the files may be called so, or they cannot be opened
#: together (docs/decisions/0008-folders-named-language-tag.md).
FOLDER_KEY = "language_tag"

Fields = dict[str, pl.DataType | type[pl.DataType]]

SOURCE: Fields = {
    "id": pl.String,
    "uri": pl.String,
    "native_id": pl.String,
    "url": pl.String,
    "title": pl.String,
    "date": pl.String,
    "offset": pl.Int64,
    "collected": pl.String,
    "jurisdiction": pl.String,
}
RIGHTS: Fields = {"declared": pl.String, "concluded": pl.String, "basis": pl.String}
SEGMENT: Fields = {"tag": pl.String, "share": pl.Float32}
SPAN: Fields = {
    "tag": pl.String,
    "first_line": pl.Int32,
    "lines": pl.Int32,
    "share": pl.Float32,
}
SECOND_MODEL: Fields = {
    "model": pl.String,
    "tag": pl.String,
    "score": pl.Float32,
    "agrees": pl.Boolean,
}
LANGUAGE: Fields = {
    "tag": pl.String,
    "script": pl.String,
    "score": pl.Float32,
    "second": pl.String,
    "second_score": pl.Float32,
    "share": pl.Float32,
    "model": pl.String,
    "segments": pl.List(pl.Struct(SEGMENT)),
    "raw_score": pl.Float32,
    "undetermined": pl.String,
    "mixed": pl.Boolean,
    "seen_share": pl.Float32,
    "spans": pl.List(pl.Struct(SPAN)),
    "second_model": pl.Struct(SECOND_MODEL),
}
QUALITY: Fields = dict.fromkeys(MEASURES, pl.Float32)
PRIVACY: Fields = {"type": pl.String, "count": pl.Int32, "treatment": pl.String}
DUPLICATES: Fields = {
    "cluster_id": pl.String,
    "cluster_size": pl.Int32,
    "is_representative": pl.Boolean,
}
PROVENANCE: Fields = {
    "raw_hmac": pl.String,
    "text_sha256": pl.String,
    "encoding": pl.String,
    "repairs": pl.List(pl.String),
    "flags": pl.List(pl.String),
    "steps": pl.List(pl.String),
    "run_id": pl.String,
    "settings_digest": pl.String,
}
DECISION: Fields = {
    "outcome": pl.String,
    "stage": pl.String,
    "rule": pl.String,
    "measure": pl.Float64,
    "limit": pl.Float64,
    "kept_doc_id": pl.String,
    "similarity": pl.Float64,
}

#: Every column with the type it has in a batch and what it means to a reader of the corpus.
COLUMNS: dict[str, tuple[pl.DataType, str]] = {
    "doc_id": (pl.String(), "Keyed name: 32 hexadecimal characters, meaningless without the key."),
    "text": (pl.String(), "Unicode NFC, lines end in \\n, personal data masked; null if dropped."),
    "language": (pl.Struct(LANGUAGE), "ISO 639-3 and ISO 15924, the model's score, the runner-up."),
    "source": (pl.Struct(SOURCE), "Card, file and place in the file (offset in bytes or rows)."),
    "rights": (pl.Struct(RIGHTS), "Licence as declared and as concluded (SPDX), and the basis."),
    "quality": (pl.Struct(QUALITY), "Every quality measure, whether or not a rule uses it."),
    "privacy": (pl.List(pl.Struct(PRIVACY)), "Personal data: type, count and what was done."),
    "duplicates": (pl.Struct(DUPLICATES), "The cluster of near duplicates it belongs to."),
    "provenance": (pl.Struct(PROVENANCE), "Digests, repairs, steps with versions, settings."),
    "decision": (pl.Struct(DECISION), "What became of it, by which rule, measure and limit."),
}

#: What the fields inside the columns mean, where the name of a column says too little.
FIELD_NOTES: dict[str, dict[str, str]] = {
    "language": {
        "tag": "ISO 639-3 and ISO 15924, as swh_Latn; und_ and the script where none can be told.",
        "script": "ISO 15924: the script that most letters are in.",
        "score": "Probability that the tag is right, calibrated by the model's card; 0 for und_.",
        "second": "The runner-up; of a document that is und_ the best guess. Null for none.",
        "second_score": "The probability that is left for it.",
        "share": "Share of the letters in segments called by the tag.",
        "model": "File and first digits of the sha256 of the model.",
        "segments": "Each tag that segments were called by, with its share of the letters.",
        "raw_score": "The model's own probability for its best guess, before calibration.",
        "undetermined": "Why the tag is und_: no-letters, unknown-script, too-short, numbers,"
        " code, list or unlikely; null where it is not.",
        "mixed": "Whether another language has a tenth of the running text or more.",
        "seen_share": "Share of the characters that the model was shown; 1 up to 1,000 of them.",
        "spans": "Runs of lines in one language, in what the model was shown. Lines end in \\n"
        " and are counted from 0; masking changes none.",
        "second_model": "What another model says and whether it agrees; null without one.",
    },
    "provenance": {
        "repairs": "What normalising changed, in order; then the spellings of its language.",
        "flags": "Legacy fonts and encodings that parts of the text are in, which no one else can"
        " read.",
    },
}

#: Parquet writes the smallest and greatest value of a column into the footer; only these
#: columns may have them, for a text's would stand there in clear (measured, pyarrow 25, 2026-11).
STATISTICS_COLUMNS = [
    "doc_id",
    "language.tag",
    "language.score",
    "source.id",
    "source.offset",
    "duplicates.cluster_size",
    "decision.outcome",
    "decision.rule",
]


def empty() -> pl.DataFrame:
    """A batch of no documents with all columns.

    >>> empty().shape
    (0, 10)
    """
    return pl.DataFrame(schema={name: dtype for name, (dtype, _) in COLUMNS.items()})


@cache
def released_schema() -> pa.Schema:
    """The Arrow schema of every Parquet file with documents, with a description per field."""
    inferred = empty().to_arrow().schema
    fields = [
        pa.field(
            name,
            _plain(inferred.field(name).type, FIELD_NOTES.get(name)),
            metadata={"description": text},
        )
        for name, (_, text) in COLUMNS.items()
    ]
    return pa.schema(fields, metadata={"endonym.schema_version": SCHEMA_VERSION})


def _plain(kind: pa.DataType, notes: Mapping[str, str] | None = None) -> pa.DataType:
    """The type without Polars' views and 64-bit lists, as every Parquet reader knows it.

    Text itself stays `large_string`: a row group may hold more than 2 GiB of it. The notes
    become the descriptions of a struct's fields.
    """
    if pa.types.is_struct(kind):
        return pa.struct([_described(field, (notes or {}).get(field.name)) for field in kind])
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(pa.field("element", _plain(kind.value_type)))
    if pa.types.is_string_view(kind) or pa.types.is_string(kind):
        return pa.large_string()
    return kind


def _described(field: pa.Field, note: str | None) -> pa.Field:
    metadata = {"description": note} if note else None
    return pa.field(field.name, _plain(field.type), metadata=metadata)


def to_arrow(frame: pl.DataFrame) -> pa.Table:
    """The batch as an Arrow table in the released schema; columns not there yet are null."""
    missing = [
        pl.lit(None, dtype=dtype).alias(name)
        for name, (dtype, _) in COLUMNS.items()
        if name not in frame.columns
    ]
    table = frame.with_columns(missing).select(list(COLUMNS)).to_arrow().cast(released_schema())
    columns = [_forgotten(column.combine_chunks()) for column in table.columns]
    return pa.Table.from_arrays(columns, schema=table.schema)


def _forgotten(array: pa.Array) -> pa.Array:
    """The same values, without the bytes that lie where a value was set to null.

    Arrow keeps them and would write them to disk: the very text that may not be kept.
    """
    if pa.types.is_struct(array.type):
        inner = [_forgotten(array.field(at)) for at in range(array.type.num_fields)]
        return pa.StructArray.from_arrays(inner, fields=list(array.type), mask=array.is_null())
    if pa.types.is_large_string(array.type) and array.null_count:
        return array.take(pa.arange(0, len(array)))  # copies only what is there
    return array

"""Released files have the schema, the same bytes every time, and no text in the footer."""

import hashlib

import polars as pl
import pyarrow.parquet as pq

from pipelines.parquet import write_documents
from pipelines.staging import read_groups, write_groups
from schemas.corpus import STATISTICS_COLUMNS, released_schema, to_arrow
from tests.frames import frame

TEXTS = ["Siri kubwa", "ሚስጥር", "गुप्त बात", "ความลับ"]


def _documents():
    return frame(
        *({"doc_id": f"{at:032x}", "text": text} for at, text in enumerate(TEXTS)),
        source__id="radio", source__offset=7, language__tag="swh_Latn",
    )  # fmt: skip


def test_the_file_has_the_released_schema_with_descriptions(tmp_path):
    path = str(tmp_path / "a.parquet")
    write_documents(path, [to_arrow(_documents())])
    schema = pq.read_schema(path)
    assert schema.equals(released_schema(), check_metadata=False)
    assert schema.metadata[b"endonym.schema_version"] == b"1"
    assert all(field.metadata[b"description"] for field in schema)


def test_no_text_stands_in_the_footer(tmp_path):
    path = tmp_path / "a.parquet"
    write_documents(str(path), [to_arrow(_documents())])
    metadata = pq.ParquetFile(path).metadata
    footer = str(metadata.to_dict())
    assert not any(text in footer for text in TEXTS)
    with_statistics = {
        metadata.row_group(0).column(at).path_in_schema
        for at in range(metadata.num_columns)
        if metadata.row_group(0).column(at).is_stats_set
    }
    assert with_statistics == set(STATISTICS_COLUMNS)


def test_the_same_rows_give_the_same_bytes_and_their_digest(tmp_path):
    first = write_documents(str(tmp_path / "a"), [to_arrow(_documents())])
    second = write_documents(str(tmp_path / "b"), [to_arrow(_documents())])
    data = (tmp_path / "a").read_bytes()
    assert first == second
    assert (tmp_path / "b").read_bytes() == data
    assert (first.sha256, first.bytes) == (hashlib.sha256(data).hexdigest(), len(data))


def test_each_group_is_a_row_group_and_polars_reads_them_all(tmp_path):
    path = tmp_path / "a.parquet"
    write_documents(str(path), [to_arrow(_documents()), to_arrow(_documents()[:1])])
    assert pq.ParquetFile(path).num_row_groups == 2
    assert pl.read_parquet(path)["text"].to_list() == [*TEXTS, TEXTS[0]]


def test_text_that_was_set_to_null_is_nowhere_in_the_staged_bytes(tmp_path):
    rows = _documents().with_columns(
        pl.when(pl.col("doc_id") == "0" * 32).then("text").alias("text"),
        pl.col("source").struct.with_fields(
            url=pl.when(pl.col("doc_id") == "0" * 32).then(pl.lit("kept")),
            title=pl.when(pl.col("doc_id") == "0" * 32).then(pl.col("text")),
        ),
    )
    write_groups(str(tmp_path / "a.arrow"), rows, [1, len(TEXTS) - 1])
    data = (tmp_path / "a.arrow").read_bytes()
    assert TEXTS[0].encode() in data
    assert not any(text.encode() in data for text in TEXTS[1:])
    back = read_groups([(str(tmp_path / "a.arrow"), group) for group in (0, 1)])
    assert back["text"].to_pylist() == [TEXTS[0], None, None, None]


def test_staged_groups_come_back_as_they_were_in_the_order_asked_for(tmp_path):
    path = str(tmp_path / "a.arrow")
    write_groups(path, _documents(), [1, 3])
    back = read_groups([(path, 1), (path, 0)])
    assert back["text"].to_pylist() == [*TEXTS[1:], TEXTS[0]]
    assert back.schema.equals(released_schema(), check_metadata=True)

"""Parquet: columns as the card names them, and damage to the file or a part of it."""

import io
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.formats import Reading, by_name
from pipelines.formats.model import WHOLE
from schemas.errors import InputError
from tests.pipelines.formats.bare import BareFile, failures, read


def written(columns, **options):
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, **options)
    return file.getvalue()


def bad_text():
    raw = pa.array([b"sound", b"caf\xe9", b"caf\xc3\xa9"])
    return pa.Array.from_buffers(pa.string(), 3, raw.buffers())


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.binary(), pa.dictionary(pa.int32(), pa.string())]
)
def test_a_column_of_any_kind_of_text_is_read(kind):
    texts = ["Habari", None, "ሰላም", "Habari", ""]
    values = pa.array([text and text.encode() for text in texts] if kind == pa.binary() else texts)
    records = read("parquet", written({"text": values.cast(kind)}))
    assert [record.text for record in records] == ["Habari", None, "ሰላም", "Habari", None]
    assert failures(records) == [(0, None), (1, "no-text"), (2, None), (3, None), (4, "no-text")]
    assert records[2].raw == "ሰላም".encode()


def test_columns_are_named_by_the_card_and_may_lie_in_a_struct():
    data = written(
        {
            "meta": [{"url": "u", "x": 1}],
            "body": ["Habari"],
            "number": [7],
            "day": [date(2026, 11, 23)],
        }
    )
    named = {"text": "body", "id": "number", "url": "meta.url", "date": "day", "title": "absent"}
    [record] = read("parquet", data, fields=named)
    assert (record.text, record.native_id, record.url) == ("Habari", "7", "u")
    assert (record.date, record.title) == ("2026-11-23", None)


def test_the_text_itself_may_lie_in_a_struct():
    [record] = read("parquet", written({"a": [{"b": "x"}]}), fields={"text": "a.b"})
    assert record.text == "x"


def test_text_that_is_not_utf_8_is_a_failure_of_its_row():
    plain, inside = bad_text(), pa.StructArray.from_arrays([bad_text()], ["text"])
    for columns, name in (({"text": plain}, "text"), ({"a": inside}, "a.text")):
        records = read("parquet", written(columns), fields={"text": name})
        assert [record.text for record in records] == ["sound", None, "café"]
        assert records[1].failure == "bad-utf-8"


def test_a_text_above_the_limit_is_a_failure():
    records = read("parquet", written({"text": ["a", "b" * 500, "c"]}), max_record_bytes=100)
    assert [record.failure for record in records] == [None, "record-too-large", None]


def test_a_table_without_the_column_is_an_error_that_names_those_there_are():
    data = written({"id": [1], "body": ["x"]})
    with pytest.raises(InputError, match="no column 'text'.*id, body"):
        read("parquet", data)
    with pytest.raises(InputError, match="column 'id' holds int64"):
        read("parquet", data, fields={"text": "id"})


@pytest.mark.parametrize("keep", [slice(3), slice(-1), slice(100)])
def test_a_file_without_its_footer_is_a_failure(keep):
    data = written({"text": ["Habari"] * 100})[keep]
    assert failures(read("parquet", data)) == [(0, "parquet-unreadable")]
    assert by_name("parquet").splits(BareFile(data), len(data), 10) == [WHOLE]


def test_a_damaged_row_group_costs_its_own_rows_only():
    texts = [f"{number} habari" for number in range(30)]
    data = bytearray(written({"text": texts}, row_group_size=10, compression="zstd"))
    second = pq.read_metadata(io.BytesIO(data)).row_group(1).column(0)
    start = second.dictionary_page_offset
    data[start : start + second.total_compressed_size] = bytes(second.total_compressed_size)
    records = read("parquet", bytes(data))
    assert [record.text for record in records if record.text] == texts[:10] + texts[20:]
    assert [one for one in failures(records) if one[1]] == [(10, "parquet-row-group")]


def test_a_row_group_that_bursts_is_given_up():
    line = "a" * 1_000_000
    data = written({"text": [line + str(n) for n in range(80)]}, use_dictionary=False)
    reading = Reading(max_ratio=20)
    [record] = by_name("parquet").records(BareFile(data), WHOLE, reading)
    assert record.failure == "decompression-ratio"


def test_a_table_without_rows_is_empty():
    assert failures(read("parquet", written({"text": pa.array([], pa.string())}))) == [
        (0, "empty-file")
    ]


def test_the_file_stays_open_for_whoever_opened_it():
    file = BareFile(written({"text": ["a"]}))
    assert len(list(by_name("parquet").records(file, WHOLE, Reading()))) == 1
    assert file.seek(0) == 0
    assert file.read(4) == b"PAR1"

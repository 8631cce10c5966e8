"""The folder of a release opens as it lies, in the tools that people have."""

import json

import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from schemas.corpus import COLUMNS, FOLDER_KEY, LANGUAGE

pytestmark = pytest.mark.xdist_group("small-run")


@pytest.fixture(scope="module")
def counts(small_release) -> dict[str, int]:
    return json.loads((small_release / "run.json").read_bytes())["counts"]


def test_the_key_of_the_folders_is_no_column():
    assert FOLDER_KEY not in COLUMNS


def test_polars_opens_the_folder(small_release, counts):
    for folder in (f"{small_release}/documents/", small_release / "documents"):
        frame = pl.read_parquet(folder)
        assert len(frame) == counts["released"]
        assert frame.columns == [*COLUMNS, FOLDER_KEY]
    tags = frame[FOLDER_KEY]
    assert dict(tags.value_counts().iter_rows()) == counts["languages"]
    assert (tags == frame["language"].struct.field("tag")).all()
    assert frame.schema["language"] == pl.Struct(LANGUAGE)


def test_polars_reads_one_language_without_opening_the_others(small_release, counts, tmp_path):
    tag, rows = max(counts["languages"].items(), key=lambda item: item[1])
    for folder in (small_release / "documents").iterdir():
        (tmp_path / folder.name).mkdir()
        for path in folder.iterdir():
            whole = path.read_bytes() if folder.name.endswith(tag) else b"damaged"
            (tmp_path / folder.name / path.name).write_bytes(whole)
    lazy = pl.scan_parquet(f"{tmp_path}/", schema=_schema(small_release))
    assert len(lazy.filter(pl.col(FOLDER_KEY) == tag).select("text").collect()) == rows


def _schema(release) -> pl.Schema:
    schema = pl.scan_parquet(f"{release}/documents/").collect_schema()
    return pl.Schema({name: kind for name, kind in schema.items() if name != FOLDER_KEY})


def test_pyarrow_opens_the_folder_as_partitioned(small_release, counts):
    found = ds.dataset(small_release / "documents", partitioning="hive")
    assert found.count_rows() == counts["released"]
    assert found.schema.names == [*COLUMNS, FOLDER_KEY]
    for tag, rows in counts["languages"].items():
        assert found.count_rows(filter=ds.field(FOLDER_KEY) == tag) == rows
    assert pq.read_table(small_release / "documents").num_rows == counts["released"]


def test_pandas_opens_the_folder_with_and_without_a_filter(small_release, counts):
    frame = pd.read_parquet(small_release / "documents")
    assert len(frame) == counts["released"]
    assert frame[FOLDER_KEY].value_counts().to_dict() == counts["languages"]
    tag, rows = next(iter(counts["languages"].items()))
    some = pd.read_parquet(small_release / "documents", filters=[(FOLDER_KEY, "==", tag)])
    assert len(some) == rows
    assert {language["tag"] for language in some["language"]} == {tag}


@pytest.mark.parametrize("folder", ["removed", "quarantine"])
def test_what_was_not_released_opens_too(small_release, counts, folder):
    rows = counts["quarantined" if folder == "quarantine" else folder]
    assert len(pl.read_parquet(f"{small_release}/{folder}/")) == rows
    assert ds.dataset(small_release / folder, partitioning="hive").count_rows() == rows

import polars as pl
import pyarrow.parquet as pq
import pytest

from governance import release_folder, tally
from governance.books import reconcile
from governance.release_folder import open_release
from governance.report import write_report
from governance.validate import validate
from schemas.errors import InputError
from tests.documents import default_rows
from tests.releases import make_release


def _nothing(_text, _language, _country):
    return pl.DataFrame(schema={"type": pl.String})


def _as_it_is(text, _language, _country):
    return pl.DataFrame({"text": text})


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("tally") / "1.0")


def test_the_size_of_the_parts_does_not_change_the_tables(release, monkeypatch):
    whole = tally.tally(open_release(release))
    monkeypatch.setattr(release_folder, "ROWS_AT_ONCE", 4)
    monkeypatch.setattr(tally, "_WAITING", 3)
    parts = tally.tally(open_release(release))
    assert set(whole) == {count.name for count in tally.COUNTS}
    for name, table in whole.items():
        assert table.drop("measure_sum", strict=False).equals(
            parts[name].drop("measure_sum", strict=False)
        ), name


def test_the_size_of_the_parts_does_not_change_the_verdict(release, monkeypatch):
    before = validate(release, find=_nothing)
    monkeypatch.setattr(release_folder, "ROWS_AT_ONCE", 4)
    monkeypatch.setattr("governance.validate.expectations.ROWS_AT_ONCE", 50)
    assert validate(release, find=_nothing) == before


def test_every_document_is_in_every_table_once(release):
    tables = tally.tally(open_release(release))
    documents = len(default_rows())
    for name in ("decisions", "languages", "rights"):
        assert tables[name]["documents"].sum() == documents


def test_no_text_is_read_but_the_first_rows_of_samples(release, monkeypatch):
    reads = []
    original = pq.ParquetFile.iter_batches

    def watched(self, batch_size=65536, columns=None, **options):
        reads.append((batch_size, columns))
        return original(self, batch_size=batch_size, columns=columns, **options)

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", watched)
    monkeypatch.setattr(pq.ParquetFile, "read", lambda *_, **__: pytest.fail("a whole file"))
    reconcile(release)
    assert all("text" not in columns for _, columns in reads)
    validate(release, find=_nothing)
    write_report(release, scrub=_as_it_is)
    with_text = [size for size, columns in reads if "text" in columns]
    assert with_text
    assert max(with_text) <= 500
    assert all(columns for _, columns in reads)


def test_a_folder_that_is_not_there_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        open_release(tmp_path / "nowhere")


@pytest.mark.parametrize("text", ["", "not json", "[]"])
def test_a_run_that_cannot_be_read_is_an_input_error(tmp_path, text):
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(InputError, match=r"run\.json"):
        open_release(tmp_path)

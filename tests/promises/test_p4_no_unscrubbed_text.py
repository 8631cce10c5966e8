"""P4: no personal data stands in any byte that a run writes."""

import gzip
import hashlib
import shutil
import unicodedata

import pyarrow.parquet as pq
import pytest
import yaml

from tests import runs

pytestmark = pytest.mark.xdist_group("canaries")
CANARIES = yaml.safe_load((runs.SAMPLES / "canaries.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """A run over all samples that keeps its staging; everything it wrote and said, as bytes."""
    folder = tmp_path_factory.mktemp("canaries")
    names = [path.stem for path in (runs.SAMPLES / "sources").glob("*.yaml")]
    run = runs.make_run(folder, names, keep_staging=True)
    done = runs.endonym("curate", run)
    assert done.returncode == 0, done.stderr[-2000:]
    shutil.rmtree(folder / "text")
    written = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return written | {"stdout": done.stdout.encode(), "stderr": done.stderr.encode()}


def _forms(value):
    """A value as planted, and as full-width letters and digits become half-width."""
    return {value, unicodedata.normalize("NFC", value), unicodedata.normalize("NFKC", value)}


def _texts(written):
    """Files as they lie, and Parquet with all values uncompressed, footers included."""
    for path, data in written.items():
        yield str(path), data
        if str(path).endswith(".parquet") or str(path).endswith(".verdicts"):
            table = pq.read_table(path, partitioning=None)
            yield f"{path} (values)", "\n".join(map(str, table.to_pylist())).encode()
            yield f"{path} (footer)", str(pq.ParquetFile(path).metadata.to_dict()).encode()
        if str(path).endswith(".gz"):
            yield f"{path} (unpacked)", gzip.decompress(data)


def test_no_canary_is_in_anything_that_was_written(everything):
    left = {}
    for name, data in _texts(everything):
        text = data.decode("utf-8", errors="replace")
        for canary in CANARIES:
            if any(form in text for form in _forms(canary["value"])):
                left.setdefault((canary["type"], canary["script"], canary["document"]), name)
    assert left == {}


def test_no_plain_digest_of_a_canary_is_in_anything_that_was_written(everything):
    data = b"\n".join(everything.values())
    for canary in CANARIES:
        digest = hashlib.sha256(canary["value"].encode()).hexdigest().encode()
        assert digest not in data


def test_parquet_footers_hold_statistics_of_short_columns_only(everything):
    from schemas.corpus import STATISTICS_COLUMNS

    for path in everything:
        if str(path).endswith(".parquet") and "/duplicates/" not in str(path):
            metadata = pq.ParquetFile(path).metadata
            for group in range(metadata.num_row_groups):
                for place in range(metadata.num_columns):
                    column = metadata.row_group(group).column(place)
                    assert not column.is_stats_set or column.path_in_schema in STATISTICS_COLUMNS


def test_documents_that_may_not_be_held_have_no_text(everything):
    import polars as pl

    folder = next(path for path in everything if str(path).endswith("run.json")).parent
    refused = runs.documents(folder).filter(pl.col("decision").struct.field("stage") == "admit")
    assert refused.height > 0
    assert refused["text"].null_count() == refused.height

import doctest
import importlib
import io
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pipelines.formats as package
from pipelines.formats import FORMATS, Format, Reading, by_name, for_path
from pipelines.formats.encodings.east_asian_score import EAST_ASIAN
from pipelines.formats.encodings.tables import one_byte
from pipelines.formats.model import FAILURES, WHOLE
from schemas.errors import InputError
from tests.pipelines.formats.bare import PACKERS, BareFile, page, read, warc

FOLDER = Path(package.__path__[0])
DOCS = FOLDER.parents[1] / "docs" / "formats.md"
MODULES = sorted(
    module.name for module in pkgutil.walk_packages(package.__path__, "pipelines.formats.")
)


def parquet(texts):
    file = io.BytesIO()
    pq.write_table(pa.table({"text": texts}), file)
    return file.getvalue()


SMALL = {
    "jsonl": b'{"text": "Habari"}\n',
    "parquet": parquet(["Habari"]),
    "csv": b"id,text\n1,Habari\n",
    "tsv": b"id\ttext\n1\tHabari\n",
    "text": b"Habari",
    "html": page("Habari"),
    "warc": warc(b"", "warcinfo") + warc(b"Habari", "resource"),
    "wet": warc(b"", "warcinfo") + warc(b"Habari", "conversion"),
}


def test_every_module_of_the_folder_is_in_the_tuple():
    listed = {id(entry) for entry in FORMATS}
    beside = [module.name for module in pkgutil.iter_modules(package.__path__) if not module.ispkg]
    for name in set(beside) - {"model"}:
        module = importlib.import_module(f"pipelines.formats.{name}")
        entries = [value for value in vars(module).values() if isinstance(value, Format)]
        assert entries, name
        assert all(id(entry) in listed for entry in entries), name


def test_every_format_is_in_the_docs_as_it_is():
    rows = {
        f"| `{entry.name}` | {' '.join(f'`{suffix}`' for suffix in entry.suffixes)} "
        f"| {entry.description} |"
        for entry in FORMATS
    }
    assert rows <= set(DOCS.read_text(encoding="utf-8").split("\n"))


def test_every_failure_is_in_the_docs_and_no_other_is_ever_given():
    docs = DOCS.read_text(encoding="utf-8")
    assert [code for code, why in FAILURES.items() if f"| `{code}` | {why} |" not in docs] == []
    source = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py"))
    given = set(re.findall(r'(?:failure=|DamagedError\()"([a-z0-9-]+)"', source))
    assert given <= set(FAILURES)


def test_every_encoding_is_in_the_docs():
    docs = DOCS.read_text(encoding="utf-8")
    assert [name for name in (*one_byte(), *EAST_ASIAN) if f"`{name}`" not in docs] == []


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)
@pytest.mark.parametrize("packing", PACKERS)
def test_every_format_gives_its_text_back_whatever_it_is_packed_with(entry, packing):
    data = SMALL[entry.name] if entry.name == "parquet" else PACKERS[packing](SMALL[entry.name])
    [record] = read(entry.name, data)
    assert (record.text, record.failure) == ("Habari", None)
    assert record.raw


@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)
def test_every_format_reads_a_file_that_gives_few_bytes_at_a_time(entry):
    file = BareFile(SMALL[entry.name], step_bytes=5)
    if entry.name == "parquet":  # Arrow asks for as many bytes as it needs
        file = BareFile(SMALL[entry.name])
    [record] = entry.records(file, WHOLE, Reading())
    assert record.text == "Habari"


@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)
def test_an_empty_file_is_one_failure_in_every_format(entry):
    [record] = read(entry.name, b"")
    assert (record.offset, record.text, record.failure) == (0, None, "empty-file")
    assert entry.splits(BareFile(b""), 0, 1000) == [WHOLE]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/b.jsonl", "jsonl"),
        ("b.NDJSON.gz", "jsonl"),
        ("CC-MAIN-1.warc.wet.gz", "wet"),
        ("crawl.warc.gz", "warc"),
        ("gs://bucket/part.parquet", "parquet"),
        ("table.tsv.zst", "tsv"),
        ("page.htm", "html"),
        ("x.txt.bz2", "text"),
    ],
)
def test_the_suffix_tells_the_format(path, name):
    assert for_path(path).name == name


def test_an_unknown_suffix_has_no_format_and_an_unknown_name_is_an_error():
    assert for_path("photo.png") is None
    with pytest.raises(InputError, match="no format 'docx'"):
        by_name("docx")


def test_the_formats_load_without_beam_and_without_slow_libraries():
    slow = ("apache_beam", "pyarrow", "numpy", "polars", "fasttext", "resiliparse")
    check = f"import sys, pipelines.formats; print([m for m in {slow!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", check], capture_output=True, check=True, text=True)
    assert out.stdout.strip() == "[]"

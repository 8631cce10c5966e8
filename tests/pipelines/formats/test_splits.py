"""Parts of a file together give every record exactly once, whatever their size."""

import csv
import gzip
import io
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.formats import Reading, by_name
from pipelines.formats.model import WHOLE
from tests.pipelines.formats.bare import (
    BareFile,
    http,
    jsonl,
    packed_warc,
    page,
    read,
    read_in_parts,
    warc,
)

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=30)
SIZES = st.integers(min_value=1, max_value=3000)
MORE = settings(max_examples=60, deadline=None)


def table(texts):
    out = io.StringIO()
    rows = [(number, " ".join(text.split())) for number, text in enumerate(texts)]
    csv.writer(out, lineterminator="\n").writerows([("id", "text"), *rows])
    return out.getvalue().encode()


def parquet(texts):
    file = io.BytesIO()
    pq.write_table(pa.table({"text": pa.array(texts, pa.string())}), file, row_group_size=3)
    return file.getvalue()


def archive(texts):
    """Documents between records that are none."""
    for text in texts:
        yield warc(b"GET / HTTP/1.1\r\n\r\n", "request")
        yield warc(http(page(text)))
        yield warc(text.encode(), "conversion")


FILES = {
    "jsonl": (lambda texts: jsonl(*texts), "jsonl", {}),
    "jsonl with blank and broken lines": (
        lambda texts: b"\n{\n".join(jsonl(text) for text in texts), "jsonl", {}),
    "jsonl without a last line feed": (lambda texts: jsonl(*texts)[:-1], "jsonl", {}),
    "csv": (table, "csv", {"multiline": False}),
    "csv with line ends in fields": (table, "csv", {"multiline": True}),
    "tsv": (lambda texts: table(texts).replace(b",", b"\t"), "tsv", {"multiline": False}),
    "lines": (lambda texts: "\n".join(texts).encode(), "text", {"unit": "line"}),
    "paragraphs": (lambda texts: "\n".join(texts).encode(), "text", {"unit": "paragraph"}),
    "paragraphs with blanks": (
        lambda texts: " \n \r\n".join(texts).encode(), "text", {"unit": "paragraph"}),
    "parquet": (parquet, "parquet", {}),
    "warc": (lambda texts: b"".join(archive(texts)), "warc", {}),
    "warc, each record packed": (lambda texts: packed_warc(*archive(texts)), "warc", {}),
    "warc, packed as a whole": (
        lambda texts: gzip.compress(b"".join(archive(texts)), mtime=0), "warc", {}),
    "warc, packed in blocks": (lambda texts: blocks(b"".join(archive(texts))), "warc", {}),
}  # fmt: skip


def blocks(data):
    return b"".join(gzip.compress(data[at : at + 700], mtime=0) for at in range(0, len(data), 700))


@MORE
@pytest.mark.parametrize("kind", FILES)
@given(texts=TEXTS, target_bytes=SIZES)
def test_all_parts_together_give_what_the_whole_file_gives(kind, texts, target_bytes):
    make, name, reading = FILES[kind]
    data = make(texts)
    whole = read(name, data, **reading)
    parts = read_in_parts(name, data, target_bytes, **reading)
    assert parts == whole
    assert len({record.offset for record in whole}) == len(whole)


NOT_CUT = {"csv with line ends in fields", "warc, packed as a whole", "warc, packed in blocks"}


@pytest.mark.parametrize("kind", sorted(set(FILES) - NOT_CUT))
def test_a_large_file_has_parts_of_about_the_wanted_size(kind):
    make, name, reading = FILES[kind]
    source = random.Random(7)
    texts = ["\n\n".join(f"{source.random()} habari" for _ in range(5)) for _ in range(60)]
    data = make(texts)
    parts = by_name(name).splits(BareFile(data), len(data), len(data) // 4, Reading(**reading))
    assert 3 <= len(parts) <= 5


@pytest.mark.parametrize("name", ["csv", "tsv", "text"])
def test_what_cannot_be_cut_without_knowing_more_is_one_part(name):
    data = b"id,text\n" + b"1,a\n\n" * 1000
    assert by_name(name).splits(BareFile(data), len(data), 100) == [WHOLE]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32-be"])
def test_wide_encodings_are_one_part(encoding):
    data = "\n".join('{"text": "ሰላም ለሁሉም"}' for _ in range(100)).encode(encoding)
    assert by_name("jsonl").splits(BareFile(data), len(data), 100) == [WHOLE]
    assert {record.text for record in read("jsonl", data)} == {"ሰላም ለሁሉም"}


DAMAGES = st.sampled_from(["flip", "cut", "remove", "insert", "zero"])


@MORE
@given(damage=DAMAGES, share=st.floats(0, 1, exclude_max=True), target_bytes=SIZES)
@pytest.mark.parametrize("kind", [kind for kind in FILES if "warc" in kind])
def test_a_damaged_archive_is_never_silent_and_its_parts_agree(kind, damage, share, target_bytes):
    make, name, reading = FILES[kind]
    sound = make(["Habari ya asubuhi", "Karibu sana", "Asante"])
    data = damaged(sound, damage, int(share * len(sound)))
    whole = read(name, data, **reading)
    good = [record.text for record in whole if record.text]
    said = any(record.failure for record in whole)
    # A file that ends between two records looks sound, and so may one without checksums.
    assert said or len(good) == 6 or damage == "cut" or kind == "warc"
    assert read_in_parts(name, data, target_bytes, **reading) == whole


def damaged(sound, damage, place):
    before, after = sound[:place], sound[place:]
    return {
        "flip": before + bytes([after[0] ^ 1]) + after[1:],
        "cut": before,
        "remove": before + after[100:],
        "insert": before + b"\x00\x01\x02" * 20 + after,
        "zero": before + bytes(len(after[:20])) + after[20:],
    }[damage]

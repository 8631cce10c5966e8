"""JSON Lines, delimited text and plain text: what is read, and what is wrong with the rest."""

import csv
import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.formats import Reading, by_name
from pipelines.formats.model import WHOLE
from schemas.errors import InputError
from tests.pipelines.formats.bare import BareFile, failures, jsonl, read

NAMED = {"text": "text", "id": "id", "url": "meta.url", "licence": "license"}


def test_a_json_line_gives_the_fields_that_the_card_names():
    line = '{"id": 7, "text": "ጤና ይስጥልኝ", "meta": {"url": "u"}, "license": "CC0-1.0", "x": 1}'
    [record] = read("jsonl", line.encode(), fields=NAMED)
    assert (record.text, record.native_id, record.url) == ("ጤና ይስጥልኝ", "7", "u")
    assert (record.licence, record.title, record.raw) == ("CC0-1.0", None, line.encode())


def test_lines_are_cut_at_line_feeds_only():
    texts = ["a\u2028b\u2029c\x85d\x0be", "x\ry"]
    data = b"".join(json.dumps({"text": t}, ensure_ascii=False).encode() + b"\n" for t in texts)
    assert [record.text for record in read("jsonl", data)] == texts


@pytest.mark.parametrize(
    ("line", "failure"),
    [
        (b'{"text": "cut of', "json-syntax"),
        (b"[" * 100_000, "json-syntax"),
        (b'["a", "list"]', "json-not-object"),
        (b"42", "json-not-object"),
        (b'{"body": "elsewhere"}', "no-text"),
        (b'{"text": null}', "no-text"),
        (b'{"text": ["a"]}', "no-text"),
        (b'{"text": ""}', "no-text"),
        (b'{"text": "caf\xe9"}', "bad-utf-8"),
        (b'{"text": "\xed\xa0\xbd"}', "bad-utf-8"),
        (b'{"text": "half \\ud83d"}', "bad-unicode"),
        (b'{"text": "sound", "id": "\\udc00"}', "bad-unicode"),
    ],
)
def test_a_broken_line_is_one_failure_and_the_others_are_read(line, failure):
    before, after = jsonl("first"), jsonl("last")
    records = read("jsonl", before + line + b"\n" + after, fields={"id": "id"})
    places = [0, len(before), len(before) + len(line) + 1]
    assert failures(records) == list(zip(places, [None, failure, None], strict=True))
    assert records[1].raw == line


def test_json_that_only_some_accept_is_read_if_its_text_is_sound():
    lines = b'{"text": "a", "score": NaN}\n{"text": "\\ud83d\\ude00"}\n{"text": "nul \\u0000"}\n'
    assert [record.text for record in read("jsonl", lines)] == ["a", "😀", "nul \0"]


def test_blank_lines_are_no_records_and_a_file_of_them_is_empty():
    assert failures(read("jsonl", b"\n \r\n" + jsonl("a") + b"\n")) == [(4, None)]
    assert failures(read("jsonl", b"\n\n")) == [(0, "empty-file")]


def test_a_byte_order_mark_is_not_part_of_the_first_line():
    [record] = read("jsonl", b"\xef\xbb\xbf" + jsonl("a"))
    assert (record.text, record.offset) == ("a", 0)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_json_lines_in_utf_16_and_utf_32_are_read(encoding):
    data = '{"text": "ሰላም"}\n{"text": "café"}\n'.encode(encoding)
    records = read("jsonl", data)
    assert [record.text for record in records] == ["ሰላም", "café"]
    assert records[0].encoding.startswith(encoding[:6])


def test_json_lines_in_an_encoding_that_the_card_names_are_read():
    [good, bad] = read(
        "jsonl", '{"text": "чай"}\n{"text": "'.encode("cp1251") + b'\x98"}', encoding="cp1251"
    )
    assert (good.text, good.encoding) == ("чай", "windows-1251")
    assert bad.failure == "undecodable"


def test_an_encoding_that_is_none_is_an_error_in_the_card():
    with pytest.raises(InputError, match="encoding 'martian' is not known"):
        read("jsonl", jsonl("a"), encoding="martian")


def test_a_line_above_the_limit_is_a_failure_with_its_place():
    data = jsonl("first") + jsonl("x" * 5000) + jsonl("last")
    records = read("jsonl", data, max_record_bytes=1000)
    assert failures(records) == [(0, None), (18, "record-too-large"), (len(data) - 17, None)]


class Endless:
    """A file that is one line of 300 MB, made as it is read."""

    size_bytes = 300_000_000

    def __init__(self):
        self.place = 0

    def read(self, size=-1):
        step = min(size, self.size_bytes - self.place)
        self.place += step
        return b"a" * step

    def seek(self, offset, whence=0):
        assert whence == 0
        self.place = offset
        return offset

    def tell(self):
        return self.place

    def close(self):
        pass


@pytest.mark.parametrize(("name", "reading"), [
    ("jsonl", {}), ("csv", {}), ("text", {}), ("text", {"unit": "line"}),
    ("text", {"unit": "paragraph"}), ("html", {}), ("warc", {}),
])  # fmt: skip
def test_a_line_of_300_mb_is_a_failure_and_is_never_held(name, reading):
    how = Reading(max_record_bytes=1_000_000, **reading)
    tracemalloc.start()
    found = list(by_name(name).records(Endless(), WHOLE, how))
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    expected = "not-warc" if name == "warc" else "record-too-large"
    assert failures(found) == [(0, expected)]
    assert peak_bytes < 12_000_000


def table(rows, **dialect):
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue()


FIELDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(FIELDS, FIELDS), min_size=1, max_size=20), st.sampled_from(",;\t|"))
def test_what_a_csv_writer_writes_is_read_back(rows, delimiter):
    data = table([("id", "text"), *rows], delimiter=delimiter).encode()
    records = read("csv", data, fields={"text": "text", "id": "id"})
    assert [(record.native_id, record.text) for record in records] == [
        (name, text or None) for name, text in rows
    ]


def test_a_row_knows_where_it_starts_though_fields_hold_line_ends():
    data = b'id,text\r\n1,"two\nlines"\r\n2,plain\r\n'
    records = read("csv", data, fields={"id": "id"})
    assert [(record.offset, record.text) for record in records] == [
        (9, "two\nlines"),
        (24, "plain"),
    ]
    assert records[0].raw == b'1,"two\nlines"\r'


@pytest.mark.parametrize(
    ("row", "failure"),
    [
        (b'1,"never closed', "csv-quotes"),
        (b'1,"closed" too early', "csv-syntax"),
        (b"1,one,too many", "csv-columns"),
        (b"too few", "csv-columns"),
        (b"1,caf\xe9 \xc3\xa9\xc3\xa9", "bad-utf-8"),
        (b"1,", "no-text"),
    ],
)
def test_a_broken_row_is_one_failure_and_the_others_are_read(row, failure):
    data = "id,text\n1,naïve\n".encode() + row + b"\n2,last\n3,really\n"
    records = read("csv", data)
    assert [record.failure for record in records] == [None, failure, None, None]
    assert (records[1].offset, records[2].text) == (17, "last")


def test_a_table_without_the_column_is_an_error_that_says_what_to_do():
    with pytest.raises(InputError, match="no column 'body'.*source card"):
        read("csv", b"id,text\n1,a\n", fields={"text": "body"})


def test_the_error_about_columns_does_not_repeat_the_first_row():
    with pytest.raises(InputError) as caught:
        read("csv", b"a secret without a header\n")
    assert "secret" not in str(caught.value)


def test_a_table_of_column_names_only_is_empty():
    assert failures(read("csv", b"id,text\n")) == [(0, "empty-file")]


def test_a_table_in_an_old_encoding_is_read_and_noted():
    rows = [("id", "text"), (1, "Все люди рождаются свободными"), (2, "и равными")]
    records = read("csv", table(rows).encode("koi8-r"))
    assert [record.text for record in records] == [row[1] for row in rows[1:]]
    assert {record.encoding for record in records} == {"koi8-r"}


def test_quotes_are_plain_characters_in_tsv_if_the_card_says_so():
    data = b'id\ttext\n1\t"Habari," alisema.\n2\t"Karibu\n'
    records = read("tsv", data, multiline=False)
    assert [record.text for record in records] == ['"Habari," alisema.', '"Karibu']


def test_plain_text_is_cut_as_the_card_says():
    data = b"one\r\ntwo\r\n\r\n \r\nthree\r\n"
    assert [record.text for record in read("text", data)] == [data.decode()]
    lines = read("text", data, unit="line")
    assert [(record.offset, record.text) for record in lines] == [
        (0, "one"),
        (5, "two"),
        (15, "three"),
    ]
    paragraphs = read("text", data, unit="paragraph")
    assert [(record.offset, record.text) for record in paragraphs] == [
        (0, "one\ntwo"),
        (15, "three"),
    ]


def test_a_long_paragraph_is_one_failure():
    data = b"short\n\n" + b"a line\n" * 100 + b"\nlast"
    records = read("text", data, unit="paragraph", max_record_bytes=300)
    assert failures(records) == [(0, None), (7, "record-too-large"), (708, None)]


def test_each_line_of_an_ascii_file_is_looked_at_for_itself():
    data = b"plain\n" * 200_000 + "Все люди рождаются свободными и равными".encode("cp1251")
    assert read("text", data, unit="line")[-1].encoding == "windows-1251"


def test_a_file_that_is_no_text_is_in_doubt():
    noise = bytes(range(256)) * 20
    assert failures(read("text", b"\x89PNG\r\n\x1a\n" + noise)) == [(0, "undecodable")]
    assert failures(read("html", noise)) == [(0, "undecodable")]
    assert BareFile(noise).read(3) == noise[:3]

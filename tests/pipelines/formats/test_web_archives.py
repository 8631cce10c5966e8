"""WARC and WET: what is a document, what it holds, and what is wrong with the rest."""

import gzip
import json
import zlib
from pathlib import Path

import pytest

from pipelines.formats import Reading, by_name
from pipelines.formats.model import WHOLE
from tests.pipelines.formats.bare import (
    failures,
    http,
    packed_warc,
    page,
    read,
    read_in_parts,
    warc,
)

ROOT = Path(__file__).parents[3]
HTML = "Content-Type: text/html"
#: `page("Habari")`, packed with Brotli 1.2.
BROTLI = bytes.fromhex(
    "1b4300e88dd4624d1d0e04b5b95c8ecfd20d459382828cc50b6cc0814b8289063e300f1b70201906"
    "d176a8bfa3fbb80e4b39889345c66b4ecb"
)
CASES = (ROOT / "tests/cases/formats/web_archives.jsonl").read_text(encoding="utf-8")


def chunked(body):
    middle = len(body) // 2
    parts = (body[:middle], body[middle:], b"")
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts)


def raw_deflate(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def read_one(*records):
    [record] = read("warc", packed_warc(*records))
    return record


def test_a_response_gives_the_main_text_and_says_where_it_is_from():
    first = warc(b"software: x\r\n", "warcinfo")
    data = packed_warc(first, warc(http(page("Habari ya asubuhi"))))
    [record] = read("warc", data)
    assert (record.text, record.title) == ("Habari ya asubuhi", "T")
    assert record.url == "http://news.example.org/page"
    assert record.date == "2026-11-23T10:00:00Z"
    assert record.native_id == "urn:uuid:00000000-0000-4000-8000-000000000001"
    assert record.offset == len(gzip.compress(first, mtime=0))
    assert record.raw == page("Habari ya asubuhi")


@pytest.mark.parametrize("kind", ["warcinfo", "request", "metadata", "revisit"])
def test_records_about_documents_are_not_counted(kind):
    about = warc(b"content", kind)
    [record] = read("warc", packed_warc(about, warc(b"Habari", "conversion"), about))
    assert record.text == "Habari"


@pytest.mark.parametrize("pack", [packed_warc, lambda *records: b"".join(records)])
@pytest.mark.parametrize("name", ["warc", "wet"])
@pytest.mark.parametrize("target_bytes", [1, 300, 1 << 20])
def test_an_archive_without_a_document_is_one_failure_however_it_is_cut(name, pack, target_bytes):
    kinds = ("warcinfo", "request", "metadata", "revisit")
    data = pack(*(warc(b"content", kind) for kind in kinds))
    assert failures(read_in_parts(name, data, target_bytes)) == [(0, "no-document")]


@pytest.mark.parametrize("kind", ["resource", "conversion"])
def test_text_without_http_is_read_as_it_is(kind):
    assert read_one(warc("ሰላም\nለዓለም".encode(), kind)).text == "ሰላም\nለዓለም"


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (HTML, bytes),
        (f"{HTML}\r\nContent-Encoding: gzip", gzip.compress),
        (f"{HTML}\r\nContent-Encoding: br", lambda _: BROTLI),
        (f"{HTML}\r\nContent-Encoding: deflate", zlib.compress),
        (f"{HTML}\r\nTransfer-Encoding: chunked", chunked),
        (
            f"{HTML}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip",
            lambda body: chunked(gzip.compress(body)),
        ),
        # Headers that were kept although the crawler has decoded the content:
        (f"{HTML}\r\nContent-Encoding: gzip", bytes),
        (f"{HTML}\r\nTransfer-Encoding: chunked", bytes),
        (f"{HTML}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip", gzip.compress),
        (f"{HTML}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip", chunked),
    ],
)
def test_content_is_decoded_as_its_headers_say_or_as_it_really_is(head, code):
    assert read_one(warc(http(code(page("Habari")), head))).text == "Habari"


@pytest.mark.parametrize(
    ("record", "failure"),
    [
        (warc(http(page("gone"), status="404 Not Found")), "http-status"),
        (warc(http(b"", status="301 Moved Permanently")), "http-status"),
        (warc(http(b"")), "empty-body"),
        (warc(b"", "resource"), "empty-body"),
        (warc(page("no head at all")), "http-header"),
        (warc(http(b"\x89PNG", "Content-Type: image/png")), "not-text"),
        (warc(http(b"a{}", "Content-Type: text/css")), "not-text"),
        (warc(http(b"\x89PNG\r\n\x1a\n" + bytes(50), "Server: x")), "not-text"),
        (warc(http(b"<html><body></body></html>")), "no-text"),
        (warc(http(b"\xe9\xc3\xa9\xc3\xa9 damaged", "Content-Type: text/plain")), "bad-utf-8"),
        (warc(b"text", "continuation"), "warc-segment"),
        (warc(b"text", "responze"), "warc-type"),
        (warc(b"text", "resource", Content_Length="some"), "warc-header"),
        (
            warc(
                http(b"User-agent: *", "Content-Type: text/plain"),
                WARC_Target_URI="http://example.org/robots.txt",
            ),
            "robots-txt",
        ),
        (b"this is no archive", "not-warc"),
    ],
)
def test_an_unusable_record_is_a_failure_and_the_others_are_read(record, failure):
    good = warc(http(page("Habari")))
    data = packed_warc(good, record, good)
    places = [0, len(packed_warc(good)), len(packed_warc(good, record))]
    assert failures(read("warc", data)) == list(zip(places, [None, failure, None], strict=True))
    found = failures(read("warc", good + record + b"\r\n\r\n" + good))
    assert [one for _, one in found] == [None, failure, None]


def test_a_page_without_a_media_type_is_known_by_its_first_bytes():
    assert read_one(warc(http(page("Habari"), "Server: x"))).text == "Habari"


def test_the_address_may_stand_in_angle_brackets_or_hold_blanks():
    record = warc(http(page("a")), WARC_Target_URI="<http://example.org/a b>")
    assert read_one(record).url == "http://example.org/a b"


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("text/html; charset=windows-1251", "<p>Чай"),
        ("text/html", "<meta charset=windows-1251><p>Чай"),
        ("text/html", "<meta http-equiv=x content='text/html; charset=cp1251'><p>Чай"),
        ("text/html; charset=utf-8", "<p>Все люди рождаются свободными и равными"),
        ("text/plain; charset=cp1251", "Чай"),
    ],
)
def test_the_charset_of_header_and_page_are_hints(header, body):
    record = read_one(warc(http(body.encode("cp1251"), f"Content-Type: {header}")))
    assert record.text == body.rsplit(">", 1)[-1]
    assert record.encoding == "windows-1251"


def test_a_document_above_the_limit_is_a_failure_packed_or_not():
    good, long = warc(http(page("a"))), warc(http(page("long " * 1000)))
    bomb = warc(http(gzip.compress(page("b" * 10_000)), f"{HTML}\r\nContent-Encoding: gzip"))
    records = read("warc", packed_warc(long, bomb, good), max_record_bytes=2000)
    assert [record.failure for record in records] == ["record-too-large", "record-too-large", None]


@pytest.mark.parametrize("damage", [slice(-5), slice(-40), slice(30)])
def test_a_cut_archive_gives_what_is_whole_and_one_failure(damage):
    first, second = packed_warc(warc(http(page("a")))), packed_warc(warc(http(page("b"))))
    records = read("warc", first + second[damage])
    assert failures(records) == [(0, None), (len(first), "truncated")]


def test_a_damaged_member_costs_its_own_record_only():
    members = [packed_warc(warc(http(page(text)))) for text in "abcde"]
    members[2] = members[2][:60] + bytes(20) + members[2][80:]
    records = read("warc", b"".join(members))
    assert [record.text for record in records] == ["a", "b", None, "d", "e"]
    assert records[2].offset == len(members[0] + members[1])


def test_a_record_whose_checksum_is_wrong_is_not_trusted():
    member = bytearray(packed_warc(warc(http(page("a")))))
    member[-8] ^= 1
    after = packed_warc(warc(http(page("b"))))
    assert failures(read("warc", bytes(member) + after)) == [(0, "corrupt"), (len(member), None)]


def test_older_and_other_archives_are_said_to_be_none():
    assert failures(read("warc", b"filedesc://x.arc 0.0.0.0 2026 text/plain 76\n1 0 X\n")) == [
        (0, "not-warc")
    ]


@pytest.mark.parametrize(
    "case", map(json.loads, CASES.splitlines()), ids=lambda case: case["label"]
)
def test_the_archives_of_the_samples_give_their_pages_in_order(case):
    with (ROOT / case["file"]).open("rb") as file:
        records = list(by_name(case["format"]).records(file, WHOLE, Reading()))
    found = [[record.url, record.failure or record.encoding] for record in records]
    assert found == case["records"]

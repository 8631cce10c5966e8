"""Packed files: whole, cut, damaged, and made to burst."""

import gzip
import tracemalloc
from collections import deque

import pytest
import zstandard

from pipelines.formats import Reading, by_name
from pipelines.formats.model import WHOLE
from tests.pipelines.formats.bare import PACKERS, BareFile, failures, jsonl, read

PACKED = {name: packer for name, packer in PACKERS.items() if name != "plain"}
LINES = [f"{number} {'habari ya asubuhi ' * (number % 7)}" for number in range(20_000)]
DATA = jsonl(*LINES)


@pytest.mark.parametrize("packer", PACKED.values(), ids=PACKED)
def test_several_streams_in_one_file_are_one_text(packer):
    packed = packer(DATA) + packer(b"") + packer(jsonl("more"))
    assert [record.text for record in read("jsonl", packed)] == [*LINES, "more"]


@pytest.mark.parametrize("packer", PACKED.values(), ids=PACKED)
def test_zeros_behind_the_stream_are_filling(packer):
    assert [record.text for record in read("jsonl", packer(DATA) + bytes(5000))] == LINES


@pytest.mark.parametrize("packer", PACKED.values(), ids=PACKED)
def test_a_cut_stream_gives_its_lines_and_one_failure_where_it_stops(packer):
    packed = packer(DATA)
    *records, last = read("jsonl", packed[: len(packed) * 3 // 4])
    assert [record.text for record in records] == LINES[: len(records)]
    assert (last.failure, last.text) == ("truncated", None)
    assert last.offset == len(jsonl(*LINES[: len(records)]))


@pytest.mark.parametrize("packer", PACKED.values(), ids=PACKED)
def test_a_damaged_stream_gives_one_failure(packer):
    packed = bytearray(packer(DATA))
    packed[len(packed) // 2 :] = packed[: len(packed) // 2 : -1]
    *records, last = read("jsonl", bytes(packed))
    assert last.failure in {"corrupt", "truncated"}
    assert all(record.text for record in records)


@pytest.mark.parametrize("packer", PACKED.values(), ids=PACKED)
def test_something_else_behind_the_stream_is_said(packer):
    *records, last = read("jsonl", packer(DATA) + b"this is not packed")
    assert [record.text for record in records] == LINES
    assert last.failure == "corrupt"


def test_a_wrong_checksum_is_never_silent():
    packed = bytearray(gzip.compress(DATA, mtime=0))
    packed[-8] ^= 0xFF
    assert failures(read("jsonl", bytes(packed)))[-1][1] == "corrupt"


@pytest.mark.parametrize("packer", PACKED.values(), ids=PACKED)
@pytest.mark.parametrize("size_bytes", [1, 3, 9])
def test_the_first_bytes_of_a_packed_file_are_a_failure(packer, size_bytes):
    assert failures(read("jsonl", packer(DATA)[:size_bytes]))[0][1]


@pytest.mark.parametrize("packer", PACKED.values(), ids=PACKED)
@pytest.mark.parametrize("name", ["jsonl", "csv", "text", "html", "warc"])
def test_nothing_packed_is_an_empty_file(packer, name):
    assert failures(read(name, packer(b""))) == [(0, "empty-file")]


def test_a_packed_file_is_one_part():
    packed = gzip.compress(DATA)
    assert by_name("jsonl").splits(BareFile(packed), len(packed), 10) == [WHOLE]


def bombs():
    packer = zstandard.ZstdCompressor().compressobj()
    zstd = b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(400)), packer.flush()])
    line = jsonl("a" * 1000)
    return {
        "zeros": gzip.compress(bytes(120_000_000), 9),
        "lines": gzip.compress(line * 100_000, 9),
        "zstd": zstd,
    }


BOMBS = bombs()


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("name", ["jsonl", "text", "html", "warc", "wet"])
def test_a_bomb_is_given_up_early_with_a_failure_and_little_memory(name, bomb):
    reading = Reading(max_record_bytes=1_000_000)
    tracemalloc.start()
    last = deque(by_name(name).records(BareFile(bomb), WHOLE, reading), maxlen=1)[0]
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert last.failure in {"record-too-large", "decompression-ratio"}
    assert peak_bytes < 40_000_000


def test_a_bomb_of_rows_stops_at_the_ratio():
    *good, last = read(
        "csv", gzip.compress(b"id,text\n" + (b"1," + b"a" * 997 + b"\n") * 70_000, 9)
    )
    assert {record.text for record in good} == {"a" * 997}
    assert last.failure == "decompression-ratio"


def test_a_bomb_of_good_lines_stops_at_the_ratio():
    *good, last = read("jsonl", BOMBS["lines"])
    assert all(record.text for record in good)
    assert last.failure == "decompression-ratio"
    assert last.offset < 65_000_000

"""The same page is met by its address however it is written, and no other page is."""

import hashlib

import numpy as np
import polars as pl
import pytest

from pipelines.dedup import addresses
from pipelines.dedup.addresses import TRACKING, canonical
from pipelines.dedup.bands import banding
from pipelines.dedup.blocks import block
from pipelines.dedup.components import chunks, components, condense
from pipelines.dedup.fingerprints import ADDRESS
from pipelines.dedup.leaders import verdicts
from pipelines.dedup.local import find_duplicates_locally, pairs_of
from pipelines.load import load_run
from pipelines.steps.addresses import COLUMN
from pipelines.steps.addresses import addresses as name_addresses
from tests import runs
from tests.frames import frame
from tests.near_duplicates import Document, table


def one(url):
    return canonical(pl.Series([url], dtype=pl.String))[0]


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("HTTP://Example.ORG/a", "https://example.org/a"),
        ("http://example.org:80/a", "https://example.org:443/a"),
        ("https://www.example.org/a/", "https://example.org/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
        ("https://example.org/a?utm_source=x&UTM_Medium=y&id=7", "https://example.org/a?id=7"),
        ("https://example.org/a?fbclid=xyz", "https://example.org/a"),
        ("https://example.org/a;jsessionid=0A1?x=1", "https://example.org/a?x=1"),
        ("https://भारत.example.org/क", "https://xn--h2brj9c.example.org/%E0%A4%95"),
        ("https://example.org/%7Ea", "https://example.org/~a"),
    ],
)
def test_one_page_has_one_address(written, other):
    assert one(written) == one(other) is not None


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("https://example.org/A", "https://example.org/a"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a?id=1&id=2", "https://example.org/a?id=2&id=1"),
        ("https://example.org/a", "https://news.example.org/a"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://example.org/a?x=1%26y=2", "https://example.org/a?x=1&y=2"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/?reference=1", "https://example.org/"),
        ("https://example.org/?maximum=1", "https://example.org/?minimum=1"),
    ],
)
def test_different_pages_have_different_addresses(written, other):
    assert one(written) != one(other)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/a", "urn:isbn:1", "a file", "", "https:///a",
            "https://example.org/app#/inbox", "https://example.org/#!page", None],
)  # fmt: skip
def test_what_tells_no_page_apart_has_no_address(url):
    assert one(url) is None


@pytest.mark.parametrize("name", TRACKING)
def test_parameters_that_tell_who_sent_the_reader_say_nothing(name):
    assert one(f"https://example.org/a?{name.replace('*', 'x')}=1&id=2") == "example.org/a?id=2"


def test_a_column_keeps_its_order_and_its_nulls():
    given = pl.Series(["https://e.org/b", None, "https://e.org/a", "https://e.org/b/"])
    assert canonical(given).to_list() == ["e.org/b", None, "e.org/a", "e.org/b"]
    assert canonical(given.clear()).to_list() == []


def _run(tmp_path, **dedup):
    return load_run(runs.make_run(tmp_path, ("notes",), dedup={"threshold": 0.75, **dedup}))


def test_only_a_keyed_digest_leaves_the_step(tmp_path):

    url = "https://example.org/people/amina-otieno"
    batch = name_addresses(frame({"source__url": url}, {}), _run(tmp_path, url_threshold=0.5))
    digest = batch[COLUMN][0]
    assert len(digest) == 16
    assert batch[COLUMN][1] is None
    assert digest != hashlib.sha256(addresses.canonical(pl.Series([url]))[0].encode()).digest()[:16]


def test_without_the_setting_nothing_is_done(tmp_path):
    batch = frame({"source__url": "https://example.org/"})
    assert name_addresses(batch, _run(tmp_path)) is batch


def test_the_setting_makes_the_batches_anew_but_its_value_does_not(tmp_path):
    digests = [
        _run(tmp_path / str(at), url_threshold=value).staging_digest
        for at, value in enumerate((None, 0.0, 0.5))
    ]
    assert digests[0] != digests[1] == digests[2]


PLACE, OTHER = b"p" * 16, b"o" * 16


def placed(documents, places):
    """Fingerprints of documents with the digests of their addresses."""
    made = table(documents)
    column = pl.Series(places, dtype=pl.Binary).fill_null(bytes(16)).to_arrow()

    return made.append_column(ADDRESS, column.cast(ADDRESS.type))


LONG = Document(tuple(range(100)), text_chars=500)
HALF = Document(tuple(range(50, 150)), text_chars=400)
NEW = Document(tuple(range(900, 950)), text_chars=300)
SHORT = Document((), "short", text_chars=5)


def settled(tables, same_address, threshold=0.75):
    edges = condense(pairs_of(tables.items(), banding(threshold)))
    parts = [
        verdicts(share, tables.__getitem__, threshold, same_address)
        for share in chunks(components([edges]))
    ]
    return {
        (row["file"], row["row"]): (row["kept_row"], round(row["similarity"], 3))
        for part in parts
        for row in part.filter(~pl.col("is_representative")).to_dicts()
    }


@pytest.mark.parametrize(
    ("same_address", "expected"),
    [
        (None, {}),
        (0.5, {}),
        (0.3, {(1, 1): (0, 0.333)}),
        (0.0, {(1, 1): (0, 0.333), (1, 2): (0, 0.0), (1, 3): (0, 0.0)}),
    ],
)
def test_pages_at_one_address_are_held_against_their_own_threshold(same_address, expected):
    made = placed([LONG, HALF, NEW, SHORT], [PLACE] * 4)
    assert settled({1: made}, same_address) == expected


def test_pages_at_other_addresses_and_at_none_are_not_compared_so():
    made = placed([LONG, HALF, NEW, SHORT], [PLACE, OTHER, None, None])
    assert settled({1: made}, 0.0) == {}


def test_pages_meet_across_staged_files():
    tables = {1: placed([LONG], [PLACE]), 2: placed([HALF], [PLACE])}
    assert settled(tables, 0.2) == {(2, 0): (0, 0.333)}


def test_a_copy_at_another_address_comes_before_a_page_at_the_same_one():
    copied = Document(tuple(range(52, 150)), text_chars=390)
    made = placed([LONG, HALF, copied], [PLACE, OTHER, PLACE])
    assert settled({1: made}, 0.2)[1, 2] == (1, 0.98)


def test_blocks_and_verdicts_without_addresses_are_what_they_were():
    plain = table([LONG, HALF])
    assert block(plain, banding(0.75)) == block(placed([LONG, HALF], [None] * 2), banding(0.75))
    assert find_duplicates_locally({1: plain}, 0.75).is_empty()
    assert np.frombuffer(block(placed([LONG], [PLACE]), banding(0.75)), "<u8")[0] == 23

"""HTML: what of a page is its text."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.formats.records.main_text import main_text
from pipelines.formats.records.menus import MOST_DEPTH, is_too_deep
from tests.pipelines.formats.bare import read

ROOT = Path(__file__).parents[3]
CASES = (ROOT / "tests/cases/formats/main_text.jsonl").read_text(encoding="utf-8")
PIECES = st.sampled_from(
    ["<ul>", "<li>", "</ul>", "<div>", "</div>", "<p>", "<a href=x>", "</a>", "<!--", "-->", "<script>",
     "</script>", "<table><tr><td>", "<body>", "</html>", "habari ", "&amp;", "<", "\0", "<svg>"]
)  # fmt: skip


@pytest.mark.parametrize(
    "case", map(json.loads, CASES.splitlines()), ids=lambda case: case["label"]
)
def test_the_main_text_of_a_page_is_as_written(case):
    assert " ".join(main_text(case["html"]).text.split()) == case["text"]


def test_paragraphs_are_kept_apart_and_the_title_is_taken():
    [record] = read("html", b"<title> A &amp; B </title><p>one<p>two<br>three")
    assert (record.text, record.title) == ("one\n\ntwo\nthree", "A & B")


def test_a_page_that_shows_nothing_is_a_failure():
    assert [r.failure for r in read("html", b"<html><script>x()</script></html>")] == ["no-text"]


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_no_page_is_an_error(pieces):
    html = "".join(pieces)
    page = main_text(html)
    assert isinstance(page.text, str)
    [*_, record] = read("html", html.encode()) or [None]
    assert record.failure in {None, "no-text", "empty-file", "undecodable"}


@pytest.mark.parametrize(
    "part", ["<div>", "<ul><li>", "<b>", "<x-y>", "<table><tr><td>", "<ul><li>a</ul>", "<p>a", "<!--",
             "<script>", "<a href=x>a</a>", "<", "<div a='<a ", "<li>a"]
)  # fmt: skip
def test_a_page_of_one_thing_many_times_is_read_in_time_that_grows_with_it(part):
    assert main_text("<body>" + part * 20_000 + "<p>end") is not None


def test_pages_as_deep_as_browsers_show_them_keep_their_menus_out():
    deep = "<div>" * (MOST_DEPTH - 5)
    html = f"<body><nav>Menu</nav>{deep}<p>Habari ya asubuhi</p>"
    assert not is_too_deep(html)
    assert main_text(html).text == "Habari ya asubuhi"
    assert "Habari" in main_text(f"<body>{deep * 2}<p>Habari").text

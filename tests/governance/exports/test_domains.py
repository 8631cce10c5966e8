"""Domains are what somebody registered, by the packaged list, and nothing is fetched for it."""

import socket

import polars as pl
import pytest

from governance.exports import domains


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("news.example.co.uk", "example.co.uk"),
        ("a.b.example.org", "example.org"),
        ("made-up.github.io", "made-up.github.io"),
        ("archive.example.go.ke", "example.go.ke"),
        ("शब्द.उदाहरण.भारत", "xn--p1b6ci4b4b3a.xn--h2brj9c"),
        ("192.0.2.1", "192.0.2.1"),
        ("intranet", "intranet"),
        ("co.uk", "co.uk"),
    ],
)
def test_a_host_counts_for_the_domain_that_was_registered(host, domain):
    assert domains.registrable(pl.Series("host", [host, None])).to_list() == [domain, None]


def test_the_list_is_the_packaged_one_and_neither_network_nor_disk_is_touched(
    monkeypatch, tmp_path
):
    monkeypatch.setenv("TLDEXTRACT_CACHE", str(tmp_path))
    monkeypatch.setattr(socket, "socket", lambda *_: pytest.fail("the network was asked"))
    domains._extractor.cache_clear()
    assert domains.registrable(pl.Series(["x.example.com.br"])).to_list() == ["example.com.br"]
    assert list(tmp_path.iterdir()) == []

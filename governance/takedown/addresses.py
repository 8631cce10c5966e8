"""Addresses in one spelling, so that a page is the same page however its address is written.

Scheme, `www.`, user, default port, fragment and a slash at the end say nothing about which
page is meant; host names are compared in lower case and as ASCII (IDNA), paths as Unicode.
The query stays: it often is what names the page.

Source: RFC 3986 (2005), section 6; RFC 3490 (2003) for host names.
"""

import unicodedata
from urllib.parse import unquote

import polars as pl

_SCHEME = r"^\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//"
_LEAD = r"^(?:[^/?#@]*@)?(?i:www\.)?"


def pages(urls: pl.Series) -> pl.Series:
    """The address of each page without what says nothing; null stays null.

    >>> pages(pl.Series(["HTTPS://www.Example.org:443/A%20b/#x", "http://example.org/A b"]))[0]
    'example.org/A b'
    """
    once = urls.unique().drop_nulls()
    return urls.replace_strict(once, _pages(once), default=None, return_dtype=pl.String)


def _pages(urls: pl.Series) -> pl.Series:
    bare = urls.str.strip_chars().str.replace(_SCHEME, "").str.replace(_LEAD, "")
    parts = pl.DataFrame({"url": bare}).select(
        host=pl.col("url").str.extract(r"^([^/?#]*)"),
        rest=pl.col("url").str.extract(r"^[^/?#]*([^#]*)").str.replace(r"/+$", ""),
    )
    host = _hosts(parts["host"])
    rest = _decoded(parts["rest"])
    return pl.select(pl.concat_str(host, rest).alias("url"))["url"]


def _hosts(hosts: pl.Series) -> pl.Series:
    bare = hosts.str.replace(r":(?:80|443)?$", "").str.replace(r"\.$", "").str.to_lowercase()
    odd = [name for name in bare.unique().to_list() if not name.isascii()]
    return bare.replace(odd, [_ascii(name) for name in odd]) if odd else bare


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host


def _decoded(rests: pl.Series) -> pl.Series:
    odd = [rest for rest in rests.unique().to_list() if "%" in rest or not rest.isascii()]
    told = [unicodedata.normalize("NFC", unquote(rest)) for rest in odd]
    return rests.replace(odd, told) if odd else rests


def host_of(given: str) -> str:
    """A host as a request names it, in the spelling of `pages`; `*.` in front is kept.

    >>> host_of("https://www.Example.org/"), host_of("*.example.org")
    ('example.org', '*.example.org')
    """
    wild = given.strip().startswith("*.")
    bare = str(pages(pl.Series([given.strip().removeprefix("*.")]))[0]).split("/")[0]
    return f"*.{bare}" if wild else bare


def page_of(given: str) -> str:
    """An address as a request names it, in the spelling of `pages`."""
    return str(pages(pl.Series([given]))[0])


def hosts_covering(pages_: pl.Series) -> pl.Series:
    """For each page the names of hosts that cover it: its own, and `*.` of all above it.

    >>> hosts_covering(pl.Series(["a.example.org/x"])).to_list()
    [['a.example.org', '*.a.example.org', '*.example.org', '*.org']]
    """
    host = pages_.str.extract(r"^([^/?]*)").alias("host")
    labels = host.str.split(".")
    frame = pl.DataFrame({"host": host, "labels": labels}).with_row_index("at")
    wild = (
        frame.explode("labels")
        .with_columns(pl.col("labels").reverse().over("at").alias("label"))
        .with_columns(pl.int_range(pl.len()).over("at").alias("depth"))
    )
    above = wild.with_columns(
        pl.concat_str(
            pl.lit("*."),
            pl.col("host").str.split(".").list.slice("depth").list.join("."),
        ).alias("name")
    )
    names = above.group_by("at", maintain_order=True).agg(pl.col("name"))
    joined = frame.select("at", "host").join(names, on="at", how="left", maintain_order="left")
    return joined.select(pl.concat_list("host", "name").alias("hosts"))["hosts"]


def prefixes_covering(pages_: pl.Series) -> pl.Series:
    """For each page every address under which it lies, itself among them.

    >>> prefixes_covering(pl.Series(["example.org/a/b?c"])).to_list()
    [['example.org', 'example.org/a', 'example.org/a/b']]
    """
    parts = pages_.str.extract(r"^([^?]*)").str.split("/")
    frame = pl.DataFrame({"parts": parts}).with_row_index("at")
    deep = frame.with_columns(
        pl.int_ranges(1, pl.col("parts").list.len() + 1).alias("depth")
    ).explode("depth")
    named = deep.with_columns(pl.col("parts").list.head("depth").list.join("/").alias("prefix"))
    grouped = named.group_by("at", maintain_order=True).agg(pl.col("prefix"))
    whole = frame.select("at").join(grouped, on="at", how="left", maintain_order="left")
    return whole["prefix"]

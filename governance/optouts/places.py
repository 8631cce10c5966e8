"""Hosts and paths of addresses, for a whole column at once."""

import polars as pl

_PARTS = r"^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?(?P<host>\[[^\]/]*\]|[^/?#:\s]+)(?::[0-9]*)?(?P<path>[^#]*)"


def places(urls: pl.Series) -> pl.DataFrame:
    """Host and path of every address.

    Args:
        urls: addresses as they were found, or null.

    Returns:
        `host` in lower case, without port and last dot, international names in ASCII; `path`
        with its query, at least `/`. Both null where there is no host.

    >>> places(pl.Series(["HTTPS://a@Example.org:443?x=1#y", None])).rows()
    [('example.org', '/?x=1'), (None, None)]
    """
    parts = urls.cast(pl.String).str.strip_chars().str.extract_groups(_PARTS).struct.unnest()
    path = pl.col("path").fill_null("")
    rooted = pl.when(path.str.starts_with("/")).then(path).otherwise(pl.lit("/") + path)
    host = pl.col("host").str.strip_chars_end(".").str.to_lowercase()
    frame = parts.select(host.alias("host"), pl.when(host.is_not_null()).then(rooted).alias("path"))
    return frame.with_columns(ascii_hosts(frame["host"]))


def ascii_hosts(hosts: pl.Series) -> pl.Series:
    """International host names in the form that is sent (RFC 5891), the others as they are.

    >>> ascii_hosts(pl.Series("host", ["मेल.भारत", "example.org"])).to_list()
    ['xn--r2bi6d.xn--h2brj9c', 'example.org']
    """
    foreign = hosts.filter(hosts.str.contains(r"[^\x00-\x7f]").fill_null(value=False)).unique()
    table = {host: _encoded(host) for host in foreign.to_list()}
    return hosts.replace(table) if table else hosts


def _encoded(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def wildcards(host: str) -> list[str]:
    """The names under which a host may stand in a list: itself, and `*.` with each domain of it.

    >>> wildcards("a.example.org")
    ['a.example.org', '*.a.example.org', '*.example.org', '*.org']
    """
    labels = host.split(".")
    return [host, *(f"*.{'.'.join(labels[start:])}" for start in range(len(labels)))]

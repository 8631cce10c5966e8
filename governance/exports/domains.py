"""Registrable domains: the part of a host that somebody registered, for whole columns.

`news.example.co.uk` and `www.example.co.uk` are one domain. Suffixes below which a service lets
everybody register (`github.io`) count too, since other people write below each; so of
`jane.github.io` the domain is that, and not `github.io`. A host below no known suffix, a number
or a bare name is a domain of its own.

Source: the Public Suffix List (publicsuffix.org) as tldextract packages it, private part
included; it is never fetched.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from governance.optouts.places import ascii_hosts

if TYPE_CHECKING:
    from tldextract import TLDExtract


def registrable(hosts: pl.Series) -> pl.Series:
    """The registrable domain of each host; null stays null.

    Args:
        hosts: in lower case, without user and port.

    >>> registrable(pl.Series(["a.b.example.co.uk", "jane.github.io", "192.0.2.1", None])).to_list()
    ['example.co.uk', 'jane.github.io', '192.0.2.1', None]
    """
    ascii_ = ascii_hosts(hosts.rename("host"))
    extract = _extractor()
    table = {
        host: extract(host).top_domain_under_public_suffix or host
        for host in ascii_.drop_nulls().unique().to_list()
    }
    return ascii_.replace_strict(table, default=None, return_dtype=pl.String).rename(hosts.name)


@lru_cache(maxsize=1)
def _extractor() -> "TLDExtract":
    from tldextract import TLDExtract  # noqa: PLC0415  # reads a list of 15,000 suffixes

    return TLDExtract(
        cache_dir=None,
        suffix_list_urls=(),
        fallback_to_snapshot=True,
        include_psl_private_domains=True,
    )

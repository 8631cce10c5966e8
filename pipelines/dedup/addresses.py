"""The address of a page in one spelling, so that the same page fetched twice meets itself.

What says nothing about which page is meant goes: scheme, `www.`, user, default port, fragment, a
slash at the end (as `governance.takedown.addresses` has it, RFC 3986 section 6), and parameters
that tell who sent the reader. What is left of the query is sorted by its names; parameters of
one name keep their order. Upper case in paths stays, since it names another page on most servers.

Source of the parameters: what the senders document of themselves (Google Analytics and Ads,
Microsoft Advertising, Meta, Yandex, X, TikTok, LinkedIn, Mailchimp, HubSpot; read 2026-11), and
the names of sessions of PHP, Java, ASP and ColdFusion that web archives leave out too (surt,
`IAURLCanonicalizer`).
"""

import polars as pl

from governance.takedown.addresses import pages

#: Parameters that say nothing about the page; those that end in `*` by how they begin.
TRACKING = (
    "utm_*", "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "gad_source", "gad_campaignid",
    "_ga", "_gl", "fbclid", "msclkid", "yclid", "twclid", "ttclid", "li_fat_id", "igshid", "igsh",
    "mc_cid", "mc_eid", "_hsenc", "_hsmi", "hsctatracking", "phpsessid", "jsessionid",
    "aspsessionid*", "cfid", "cftoken",
)  # fmt: skip
_TRACKED = "|".join(name.replace("*", "[^=]*") for name in TRACKING)
_PAGE = r"(?i)^\s*https?://[^/?#\s]"
#: Escaped signs that would part an address were they not: # % & + / = ?
_ESCAPED = r"(?i)%(2[356BF]|3[DF])"
#: Addresses in which what stands behind `#` names the page: one site in one file.
_ROUTED = r"#[!/]"


def canonical(urls: pl.Series) -> pl.Series:
    """The address of each page in one spelling; null where none tells pages apart.

    Args:
        urls: as they were found, or null. Only http and https name pages that were fetched.

    >>> canonical(pl.Series(["http://Example.org/a/?b=2&utm_source=x&a=1#top",
    ...                      "https://www.example.org/a?a=1&b=2", "urn:isbn:1"])).to_list()
    ['example.org/a?a=1&b=2', 'example.org/a?a=1&b=2', None]
    """
    once = urls.cast(pl.String).drop_nulls().unique()
    once = once.filter(once.str.contains(_PAGE) & ~once.str.contains(_ROUTED))
    told = pages(_without_tracking(once))
    return urls.cast(pl.String).replace_strict(once, told, default=None, return_dtype=pl.String)


def _without_tracking(urls: pl.Series) -> pl.Series:
    """The addresses with a sorted query; signs that part an address stay escaped where they are."""
    urls = urls.str.replace_all(_ESCAPED, "%25$1")
    parts = pl.DataFrame({"url": urls.str.replace(r"#.*$", "")}).with_row_index("at").select(
        "at",
        pl.col("url").str.extract(r"^([^?]*)").str.replace(r"(?i);jsessionid=[^/?]*", ""),
        pl.col("url").str.extract(r"^[^?]*\?(.*)$").alias("query"),
    )  # fmt: skip
    queries = (
        parts.filter(pl.col("query").is_not_null())
        .select("at", pl.col("query").str.split("&"))
        .explode("query")
        .filter(~pl.col("query").str.contains(rf"(?i)^(?:$|(?:{_TRACKED})(?:=|$))"))
        .with_columns(pl.col("query").str.extract(r"^([^=]*)").alias("name"))
        .sort("at", "name", maintain_order=True)
        .group_by("at", maintain_order=True)
        .agg(pl.col("query").str.join("&"))
    )
    kept = parts.drop("query").join(queries, on="at", how="left", maintain_order="left")
    bare = pl.col("url").str.replace(r"([^:/])/+$", "$1")
    with_query = pl.concat_str(bare, pl.lit("?"), pl.col("query"))
    return kept.select(pl.coalesce(with_query, bare).alias("url"))["url"]

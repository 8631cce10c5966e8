"""How much there is of what in the released documents: sizes, domains, quantiles.

One pass reads the narrow columns and the length of every text; texts themselves are not
kept. Another reads the quality measures, as many at once as fit in memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from governance.exports.domains import registrable
from governance.release_folder import Release, Shard
from governance.report.small_cells import SMALLEST_SHOWN
from schemas.decision import RELEASED
from schemas.measures import MEASURES

Progress = Callable[[int, int], None]
#: Rows whose texts are in memory at once: some 10 MB of ordinary pages.
_ROWS = 2_000
#: Values of measures held at once (4 bytes each, and some for the groups).
_VALUES = 40_000_000
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
KEYS = ("source", "tag", "declared", "concluded", "basis")
_COLUMNS = {
    "source": "source.id",
    "tag": "language.tag",
    "declared": "rights.declared",
    "concluded": "rights.concluded",
    "basis": "rights.basis",
    "url": "source.url",
    "words": "quality.length_words",
}
#: The host of a URL, without a user, a port or the `www.` of old.
_HOST = r"^[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/?#@]*@)?(?:[wW]{3}\.)?([^/?#:@\[\]]+)"
_SUMS = ("documents", "bytes", "words")


@dataclass(frozen=True)
class Contents:
    """Sizes of what is released.

    Args:
        sizes: documents, bytes (UTF-8) and words by `KEYS`.
        domains: documents and bytes by registrable domain, the largest first; without a URL
            no row.
        metrics: quantiles of every measure by language and by source; small groups hidden.
    """

    sizes: pl.DataFrame
    domains: pl.DataFrame
    metrics: pl.DataFrame

    def total(self, name: str) -> int:
        """Sum of documents, bytes or words."""
        return int(self.sizes[name].sum())

    def by(self, *keys: str) -> pl.DataFrame:
        """Documents, bytes and words by some of `KEYS`, ordered by them."""
        summed = self.sizes.group_by(keys).agg(pl.col(_SUMS).sum())
        return summed.sort(keys, nulls_last=True)


def read_contents(release: Release, progress: Progress | None = None) -> Contents:
    """Counts what is released.

    Args:
        release: an open release.
        progress: called with shards done and shards in all.

    Returns:
        The contents; empty tables for a release without documents.
    """
    shards = [shard for shard in release.shards if shard.outcome == RELEASED]
    sizes, domains = [_sizes(_nothing())], [_hosts(_nothing())]
    for done, shard in enumerate(shards, start=1):
        for part in _parts(release, shard):
            sizes.append(_sizes(part))
            domains.append(_hosts(part))
        sizes, domains = [_added(sizes, KEYS)], [_added(domains, ("host",))]
        if progress:
            progress(done, len(shards))
    named = domains[0].select(registrable(domains[0]["host"]).alias("domain"), pl.exclude("host"))
    ordered = _added([named], ("domain",)).sort(["bytes", "domain"], descending=[True, False])
    return Contents(sizes[0].sort(KEYS, nulls_last=True), ordered, _metrics(release, shards))


def _nothing() -> pl.DataFrame:
    texts = dict.fromkeys(_COLUMNS, pl.String())
    return pl.DataFrame(schema={**texts, "words": pl.Float32(), "bytes": pl.Int64()})


def _parts(release: Release, shard: Shard) -> Iterator[pl.DataFrame]:
    with pq.ParquetFile(release.folder / shard.path, buffer_size=1 << 18) as file:
        paths = ["text", *_COLUMNS.values()]
        for batch in file.iter_batches(batch_size=_ROWS, columns=paths):
            table = pa.Table.from_batches([batch])
            flat = {name: _leaf(table, path) for name, path in _COLUMNS.items()}
            sizes = pc.binary_length(pc.cast(table.column("text"), pa.large_binary()))
            yield pl.DataFrame(
                {name: pl.from_arrow(column) for name, column in flat.items()}
                | {"bytes": pl.from_arrow(pc.fill_null(sizes, 0))}
            ).cast(_nothing().schema)


def _leaf(table: pa.Table, dotted: str) -> pa.ChunkedArray:
    top, *inner = dotted.split(".")
    return pc.struct_field(table.column(top), inner)


def _sizes(part: pl.DataFrame) -> pl.DataFrame:
    words = pl.col("words").fill_nan(None).fill_null(0).cast(pl.Int64)
    return part.group_by(KEYS).agg(
        pl.len().cast(pl.Int64).alias("documents"), pl.col("bytes").sum(), words.sum()
    )


def _hosts(part: pl.DataFrame) -> pl.DataFrame:
    host = pl.col("url").str.extract(_HOST).str.to_lowercase().str.strip_chars_end(".")
    named = part.with_columns(host.alias("host")).drop_nulls("host")
    return named.group_by("host").agg(
        pl.len().cast(pl.Int64).alias("documents"), pl.col("bytes").sum()
    )


def _added(tables: list[pl.DataFrame], keys: tuple[str, ...]) -> pl.DataFrame:
    whole = pl.concat(tables)
    return whole.group_by(keys).agg(pl.exclude(keys).sum())


def _metrics(release: Release, shards: list[Shard]) -> pl.DataFrame:
    """Quantiles by language and by source, a few measures at a time so that memory stays flat."""
    documents = max(1, sum(shard.rows for shard in shards))
    at_once = max(1, _VALUES // documents)
    tables = [pl.DataFrame(schema=_METRICS)]
    for first in range(0, len(MEASURES), at_once):
        names = MEASURES[first : first + at_once]
        values = _values(release, shards, names)
        tables += [_quantiles(values, name, kind) for name in names for kind in ("tag", "source")]
    return pl.concat(tables)


_METRICS = pl.Schema(
    {
        "measure": pl.String(),
        "by": pl.String(),
        "group": pl.String(),
        "documents": pl.Int64(),
        "is_hidden": pl.Boolean(),
        **{f"p{round(100 * share):02d}": pl.Float32() for share in QUANTILES},
    }
)


def _values(release: Release, shards: list[Shard], names: tuple[str, ...]) -> pl.DataFrame:
    paths = {"tag": "language.tag", "source": "source.id"} | {
        name: f"quality.{name}" for name in names
    }
    kinds = {name: pl.Float32() if name in names else pl.String() for name in paths}
    parts = [pl.DataFrame(schema=kinds)]
    for shard in shards:
        with pq.ParquetFile(release.folder / shard.path) as file:
            table = file.read(columns=list(paths.values()))
        flat = {name: pl.from_arrow(_leaf(table, path)) for name, path in paths.items()}
        parts.append(pl.DataFrame(flat).cast(pl.Schema(kinds)))
    whole = pl.concat(parts)
    return whole.with_columns(pl.col("tag", "source").cast(pl.Categorical()))


def _quantiles(values: pl.DataFrame, name: str, kind: str) -> pl.DataFrame:
    value = pl.col(name).fill_nan(None)
    is_hidden = pl.col("documents") < SMALLEST_SHOWN
    shares = [
        value.quantile(share, "nearest").alias(column)
        for share, column in zip(QUANTILES, list(_METRICS)[5:], strict=True)
    ]
    found = values.group_by(pl.col(kind).cast(pl.String()).alias("group")).agg(
        value.count().cast(pl.Int64).alias("documents"), *shares
    )
    shown = [
        pl.when(~is_hidden).then(column).alias(column)
        for column in ("documents", *list(_METRICS)[5:])
    ]
    return (
        found.with_columns(is_hidden.alias("is_hidden"))
        .with_columns(shown)
        .with_columns(
            pl.lit(name).alias("measure"),
            pl.lit("language" if kind == "tag" else "source").alias("by"),
        )
        .select(list(_METRICS))
        .cast(_METRICS)
        .sort("group", nulls_last=True)
    )

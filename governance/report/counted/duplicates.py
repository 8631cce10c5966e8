"""Copies that were removed: how alike, how many together, within and between sources."""

import polars as pl

from governance.release_folder import CLUSTERS, Release
from governance.report.page import Facts, Material
from governance.tally import BARS

#: Groups of cluster sizes: from, to (None is open), as people say it.
_SIZES = (
    (2, 2, "2"),
    (3, 3, "3"),
    (4, 9, "4 to 9"),
    (10, 99, "10 to 99"),
    (100, None, "100 or more"),
)


def facts(material: Material) -> Facts:
    """Exact and near copies, their similarity, the clusters, and a matrix of sources."""
    counts, run = material.books.counts, material.release.run
    dedup = run.get("dedup") or {}
    copies = _copies(material.release)
    between = _between(copies)
    return {
        "exact": counts["exact_duplicates"],
        "near": counts["near_duplicates"],
        "at_address": counts.get("url_duplicates", 0),
        "read": counts["read"],
        "threshold": dedup.get("threshold"),
        "bands": dedup.get("bands"),
        "rows": dedup.get("rows"),
        "against": dedup.get("against") or [],
        "s_curve": dedup.get("s_curve") or [],
        "similarity": _similarity(copies),
        "cluster_sizes": _cluster_sizes(copies),
        "between": between,
        "lines": _names(between, "removed_from"),
        "columns": _names(between, "kept_in"),
    }


def _copies(release: Release) -> pl.LazyFrame:
    path = release.folder / CLUSTERS
    if not path.is_file():
        names = ("cluster_id", "source_id", "kept_source_id")
        numbers = {"similarity": pl.Float64(), "cluster_size": pl.Int32()}
        return pl.LazyFrame(schema={**{name: pl.String() for name in names}, **numbers})
    return pl.scan_parquet(path, hive_partitioning=False)


def _similarity(copies: pl.LazyFrame) -> list[int]:
    bar = (pl.col("similarity") * BARS).floor().clip(0, BARS - 1).cast(pl.Int64)
    counted = dict(copies.group_by(bar.alias("bar")).len().collect().iter_rows())
    return [counted.get(place, 0) for place in range(BARS)]


def _cluster_sizes(copies: pl.LazyFrame) -> list[dict[str, object]]:
    sizes = (
        copies.group_by("cluster_id").agg(pl.col("cluster_size").max()).collect()["cluster_size"]
    )
    rows = [
        {"size": name, "clusters": int(sizes.is_between(low, high or 2**31 - 1).sum())}
        for low, high, name in _SIZES
    ]
    return [row for row in rows if row["clusters"]]


def _between(copies: pl.LazyFrame) -> list[dict[str, object]]:
    """Copies by the source that lost them and the source that keeps the text."""
    keys = ("source_id", "kept_source_id")
    counted = copies.group_by(keys).len("documents").sort(keys, nulls_last=True).collect()
    return [
        {"removed_from": removed, "kept_in": kept, "documents": documents}
        for removed, kept, documents in counted.iter_rows()
    ]


def _names(between: list[dict[str, object]], key: str) -> list[object]:
    """The sources in one direction of the matrix; None, an earlier release, comes last."""
    return sorted({row[key] for row in between}, key=lambda name: (name is None, str(name)))

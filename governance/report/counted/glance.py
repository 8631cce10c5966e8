"""What the release is, in one look."""

import polars as pl

from governance.report.page import Facts, Material
from governance.report.small_cells import hide_count
from governance.tongues import tongue

#: Languages and rules named here; all of them stand in their own sections.
_NAMED = 12
#: A language or source with fewer documents than this says nothing by its share.
_FEWEST = 10


def facts(material: Material) -> Facts:
    """Size, sources, languages, scripts, and where the most was lost."""
    counts = material.books.counts
    languages = sorted(counts["languages"].items(), key=lambda item: (-item[1], str(item[0])))
    scripts = {tongue(tag).script for tag, _ in languages}
    return {
        "read": counts["read"],
        "released": counts["released"],
        "removed": counts["removed"],
        "quarantined": counts["quarantined"],
        "bytes_text": sum(
            int(file.get("bytes_text") or 0)
            for file in material.release.run.get("files", [])
            if str(file.get("path")).startswith("documents/")
        ),
        "languages": len(languages),
        "scripts": len(scripts),
        "sources": len(counts["by_source"]),
        "duplicates": sum(counts.get(f"{kind}_duplicates", 0) for kind in ("exact", "near", "url")),
        "personal_data": hide_count(sum(counts["privacy"].values())),
        "largest": [
            {"tag": tag, "name": tongue(tag).name, "documents": documents}
            for tag, documents in languages[:_NAMED]
        ],
        "most_lost": _most_lost(material),
    }


def _most_lost(material: Material) -> list[dict[str, object]]:
    """The rule, the source and the language to look at first: those that lost the most."""
    counts = material.books.counts
    rules = counts["removed_by_rule"] | counts["quarantined_by_rule"]
    found: list[dict[str, object]] = []
    if rules:
        rule, documents = max(rules.items(), key=lambda item: (item[1], item[0]))
        share = documents / counts["read"]
        found.append({"what": "rule", "name": rule, "documents": documents, "share": share})
    sources = {
        name: (row["read"], row["read"] - row["released"])
        for name, row in counts["by_source"].items()
    }
    languages = {
        tag: (total, total - kept) for tag, total, kept in _languages(material.tables["languages"])
    }
    for what, table in (("source", sources), ("language", languages)):
        large = {name: pair for name, pair in table.items() if pair[0] >= _FEWEST and pair[1]}
        if large:
            name, (total, lost) = max(
                large.items(), key=lambda item: (item[1][1] / item[1][0], item[0])
            )
            found.append({"what": what, "name": name, "documents": lost, "share": lost / total})
    return found


def _languages(table: pl.DataFrame) -> list[tuple[str, int, int]]:
    kept = pl.col("documents").filter(pl.col("folder") == "documents").sum().alias("kept")
    named = table.drop_nulls("tag").group_by("tag").agg(pl.col("documents").sum(), kept)
    return list(named.sort("tag").iter_rows())

"""What was kept and what was held back, to be read: masked, and drawn by the keyed id."""

from typing import Any

import polars as pl

from governance.release_folder import Release, read_rows
from governance.report.excerpt import excerpt
from governance.report.page import Facts, Material, Page
from governance.tongues import tongue

#: Languages (the largest first) and rules of which samples are shown, so that the page of a
#: release with 2,000 languages can still be opened.
_GROUPS = 60
_COLUMNS = ["doc_id", "text", "language", "source", "decision"]
#: Rows decoded at once on the way to the one that is wanted.
_STRIDE = 256


def facts(material: Material) -> Facts:
    """Samples of every language kept and every rule that held something back.

    The documents with the smallest ids are taken: ids are keyed, so nobody can steer
    the choice, and the same release always shows the same samples.
    """
    table = material.tables["smallest"]
    kept, held = (
        table.filter(pl.col("folder") == "documents"),
        table.filter(pl.col("folder") != "documents"),
    )
    sizes = material.books.counts["languages"]
    largest = sorted(sizes, key=lambda tag: (-sizes[tag], str(tag)))[:_GROUPS]
    first = kept.group_by("group", maintain_order=True).first().select(kept.columns)
    read = _read(material, held.head(2 * _GROUPS))
    shown = [sample for sample in read if sample["chars"] is not None]
    with_text = {sample["group"] for sample in shown}
    return {
        "kept": _read(material, first.filter(pl.col("group").is_in(largest))),
        "held_back": shown,
        "unwritten": sorted({str(sample["group"]) for sample in read} - with_text),
        "languages": len(sizes),
    }


def _read(material: Material, chosen: pl.DataFrame) -> list[dict[str, Any]]:
    rows = [
        _row(material.release, path, place) | {"group": group}
        for group, path, place in chosen.select("group", "path", "row").iter_rows()
    ]
    texts = pl.Series([row["text"] for row in rows], dtype=pl.String)
    tags = pl.Series([row["tag"] for row in rows], dtype=pl.String)
    countries = pl.Series([row["country"] for row in rows], dtype=pl.String)
    clean = material.scrub(texts, tags, countries)["text"]
    return [_sample(row, text) for row, text in zip(rows, clean, strict=True)]


def _row(release: Release, path: str, place: int) -> dict[str, Any]:
    shard = next(shard for shard in release.shards if shard.path == path)
    for batch in read_rows(release, shard, _COLUMNS, size=_STRIDE):
        if place < len(batch):
            row = batch.row(place, named=True)
            return {
                "doc_id": row["doc_id"],
                "text": row["text"],
                "tag": (row["language"] or {}).get("tag"),
                "score": (row["language"] or {}).get("score"),
                "source": row["source"]["id"],
                "country": row["source"]["jurisdiction"],
                **row["decision"],
            }
        place -= len(batch)
    raise IndexError(place)


def _sample(row: dict[str, Any], text: str | None) -> dict[str, Any]:
    told = ("doc_id", "group", "source", "outcome", "stage", "rule", "measure", "limit",
            "kept_doc_id", "similarity", "score", "tag")  # fmt: skip
    speech = tongue(row["tag"])
    return {
        **{name: row[name] for name in told},
        "name": speech.name,
        "lang": speech.lang,
        "script": speech.script,
        **excerpt(text),
    }


PAGE = Page("samples", "To be read: what was kept, what was held back", facts)

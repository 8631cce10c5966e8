"""Passages that a steward reads: drawn, masked again, cut, and with a class large enough.

A random sample and a risk sample are two draws and stand under two headings: the first may be
used to estimate, the second only to find what is wrong.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from governance.release_folder import ROWS_AT_ONCE, Release
from governance.report.excerpt import excerpt, visible
from governance.report.page import Facts, Scrub
from governance.report.small_cells import SMALLEST_SHOWN
from governance.tongues import tongue

#: Nothing is shown of a source of which fewer documents were read: what stands in a handful of
#: documents may point at who wrote them (governance notes §6.4, k = 10).
FEWEST_READ = SMALLEST_SHOWN
BANDS = 4
#: Languages of which passages are shown, the largest first, so that the report of a release with
#: 2,000 languages can still be opened.
MOST_LANGUAGES = 60
#: Of so many of them from every band of the score, of the others one document.
WHOLE_LANGUAGES = 30
_COLUMNS = ["doc_id", "text", "language", "source", "decision"]
#: Rows decoded at once on the way to the one that is wanted.
_STRIDE = 256
#: Characters beside a mask that are shown.
CONTEXT_CHARS = 40


def band(score: str) -> pl.Expr:
    """The quarter of the scale that a score lies in, from 0; -1 for none."""
    quarter = (pl.col(score).fill_nan(None) * BANDS).floor().clip(0, BANDS - 1)
    return quarter.cast(pl.Int64).fill_null(-1).alias("band")


def lot(seed: str) -> pl.Expr:
    """A sort key: documents from the seed on come first, then those before it."""
    side = pl.when(pl.col("doc_id") >= seed).then(pl.lit("0")).otherwise(pl.lit("1"))
    return (side + pl.col("doc_id")).alias("lot")


def draw(
    release: Release, tables: Mapping[str, pl.DataFrame], read: Mapping[str, int], scrub: Scrub
) -> dict[str, list[Facts]]:
    """The passages of every draw, by its name without `drawn_`.

    Args:
        release: the open release.
        tables: of `governance.report.sketches`.
        read: documents read by source: the class that has to be large enough.
        scrub: masks personal data once more.

    Returns:
        Passages; each has `second_look`, true when the second look masked something.
    """
    large = [source for source, documents in read.items() if documents >= FEWEST_READ]
    chosen = {
        name.removeprefix("drawn_"): _chosen(name, table, large)
        for name, table in tables.items()
        if name.startswith("drawn_")
    }
    rows = {name: _read(release, table) for name, table in chosen.items()}
    flat = [row for found in rows.values() for row in found]
    texts, tags, lands = (pl.Series([row[key] for row in flat], dtype=pl.String)
                          for key in ("text", "tag", "country"))  # fmt: skip
    clean = iter(scrub(texts, tags, lands)["text"]) if flat else iter(())
    return {name: [_passage(row, next(clean)) for row in found] for name, found in rows.items()}


def _chosen(name: str, table: pl.DataFrame, large: Sequence[str]) -> pl.DataFrame:
    kept = table.filter(pl.col("source").is_in(large))
    if name in {"drawn_random", "drawn_doubt"}:
        tags = (
            kept.group_by("tag").len().sort("len", "tag", descending=[True, False], nulls_last=True)
        )
        largest = tags["tag"].head(MOST_LANGUAGES).to_list()
        kept = kept.filter(pl.col("tag").is_in(largest))
    if name == "drawn_random":  # one of each band of a language, wherever it is from
        kept = kept.sort("lot").group_by("tag", "band", maintain_order=True).first()
        is_first = pl.col("lot") == pl.col("lot").min().over("tag")
        kept = kept.filter(is_first | pl.col("tag").is_in(largest[:WHOLE_LANGUAGES]))
        return kept.sort("tag", "band")
    return kept


def _read(release: Release, table: pl.DataFrame) -> list[Facts]:
    """The rows that a draw chose, in its order; every file is opened once."""
    wanted: dict[str, list[int]] = {}
    for path, place in table.select("path", "row").iter_rows():
        wanted.setdefault(path, []).append(place)
    found = {
        (path, place): row
        for path, places in wanted.items()
        for place, row in rows_at(release, path, sorted(set(places)))
    }
    extra = [name for name in ("group", "rule", "type", "band", "at", "near")
             if name in table.columns]  # fmt: skip
    return [
        {**found[one["path"], one["row"]], **{f"drawn_{name}": one[name] for name in extra}}
        for one in table.iter_rows(named=True)
    ]


def rows_at(release: Release, path: str, places: Sequence[int]) -> Iterator[tuple[int, Facts]]:
    """Documents of a shard by their row: other row groups are not read."""
    waiting = list(places)
    with pq.ParquetFile(release.folder / path, buffer_size=1 << 18) as file:
        first = 0
        for group in range(file.num_row_groups):
            after = first + file.metadata.row_group(group).num_rows
            if waiting and waiting[0] < after:
                yield from _rows_of(file, group, first, waiting)
                waiting = [place for place in waiting if place >= after]
            first = after


def _rows_of(
    file: pq.ParquetFile, group: int, first: int, waiting: Sequence[int]
) -> Iterator[tuple[int, Facts]]:
    last = max(waiting)
    for batch in file.iter_batches(_STRIDE, row_groups=[group], columns=_COLUMNS):
        here = [place for place in waiting if first <= place < first + len(batch)]
        if here:
            frame = pl.DataFrame(pl.from_arrow(pa.Table.from_batches([batch])))
            yield from ((place, _row(frame.row(place - first, named=True))) for place in here)
        first += len(batch)
        if first > last:
            return


def _row(row: Facts) -> Facts:
    language, source = row["language"] or {}, row["source"] or {}
    return {
        "doc_id": row["doc_id"],
        "text": row["text"],
        "tag": language.get("tag"),
        "score": language.get("score"),
        "source": source.get("id"),
        "country": source.get("jurisdiction"),
        **(row["decision"] or {}),
    }


def _passage(row: Facts, text: str | None) -> Facts:
    told = ("doc_id", "source", "outcome", "stage", "rule", "measure", "limit", "kept_doc_id",
            "similarity", "score", "tag")  # fmt: skip
    speech = tongue(row["tag"])
    return {
        **{name: row.get(name) for name in told},
        **{name: row.get(f"drawn_{name}") for name in ("group", "type", "band", "at", "near")},
        "of_rule": row.get("drawn_rule"),
        "name": speech.name,
        "lang": speech.lang,
        "script": speech.script,
        "second_look": text != row["text"],
        "whole": text,
        **excerpt(text),
    }


def find(release: Release, ids: Iterable[str]) -> dict[str, Facts]:
    """Released documents by id; one that is not among them is left out."""
    wanted = sorted(set(ids))
    ranges = {file.get("path"): (file.get("min_doc_id"), file.get("max_doc_id"))
              for file in release.run.get("files", [])}  # fmt: skip
    found: dict[str, Facts] = {}
    for shard in release.shards:
        low, high = ranges.get(shard.path, (None, None))
        may = [one for one in wanted if not low or not high or low <= one <= high]
        if shard.folder == "documents" and may:
            found |= _in_shard(release, shard.path, may)
    return found


def _in_shard(release: Release, path: str, ids: Sequence[str]) -> dict[str, Facts]:
    places, first = [], 0
    with pq.ParquetFile(release.folder / path) as file:
        for batch in file.iter_batches(ROWS_AT_ONCE, columns=["doc_id"]):
            held = pl.Series(pl.from_arrow(batch["doc_id"]))
            places += [first + int(place) for place in held.is_in(list(ids)).arg_true()]
            first += len(batch)
    return {row["doc_id"]: row for _, row in rows_at(release, path, places)}


def pairs(
    release: Release, copies: Sequence[Facts], read: Mapping[str, int], scrub: Scrub
) -> list[Facts]:
    """Copies drawn by lot beside the documents that were kept in their place.

    Args:
        release: the open release.
        copies: passages of the draw of copies.
        read: documents read by source.
        scrub: masks personal data once more.

    Returns:
        `left`, `right`, both marked texts and their similarity. A pair of which one text was not
        written, or lies in another release, or is of a source too small, is left out.
    """
    from governance.report.difference import marked  # noqa: PLC0415  # only where there are copies

    wanted = [one["kept_doc_id"] for one in copies if one["whole"] is not None]
    found = find(release, [one for one in wanted if one])
    rows = [row for row in found.values() if read.get(row["source"], 0) >= FEWEST_READ]
    if not rows:
        return []
    columns = (pl.Series([row[key] for row in rows], dtype=pl.String)
               for key in ("text", "tag", "country"))  # fmt: skip
    clean = scrub(*columns)["text"]
    kept = {row["doc_id"]: _passage(row, text) for row, text in zip(rows, clean, strict=True)}
    together = [(one, kept[one["kept_doc_id"]]) for one in copies if one["kept_doc_id"] in kept]
    return [
        {"left": left, "right": right, "similarity": left["similarity"],
         **dict(zip(("removed", "kept"), marked(left["whole"], right["whole"]), strict=True))}
        for left, right in together
        if left["whole"] is not None and right["whole"] is not None
    ]  # fmt: skip


_MASK = r"\[[A-Z]+(?:_[A-Z]+)*\]"


def contexts(passages: Sequence[Facts]) -> list[Facts]:
    """What stands beside a mask, one of each document; the type only, never what was there.

    Args:
        passages: of the draw `private`.
    """
    found, seen = [], set()
    for one in passages:
        text = one["whole"] or ""
        hits = [hit for hit in re.finditer(_MASK, text) if hit[0] == f"[{one['type']}]"]
        if not hits or one["doc_id"] in seen:
            continue
        seen.add(one["doc_id"])
        first, last = hits[0].span()
        cut = visible(text[max(first - CONTEXT_CHARS, 0) : last + CONTEXT_CHARS])
        found.append({**one, "parts": [" ".join(cut.split())], "chars": None})
    return found

"""Texts with their spans replaced, and the counts that stay in the row."""

import polars as pl

from governance.pii.treatments import PLACEHOLDER, placeholder

PRIVACY_TYPE = pl.List(pl.Struct({"type": pl.String, "count": pl.Int32, "treatment": pl.String}))


def mask(text: pl.Series, spans: pl.DataFrame) -> pl.Series:
    """Texts with every span replaced by its type in brackets; the rest unchanged.

    Args:
        text: String, null allowed.
        spans: row, start, end (code points, end exclusive), type; by row and
            start, without overlaps, as `find` gives them.

    Returns:
        A series as long as `text`. Without spans: `text` itself.
    """
    if spans.is_empty():
        return text
    by_row = spans.group_by("row", maintain_order=True).agg("start", "end", "type")
    texts = text.gather(by_row["row"]).to_list()
    ranges = zip(*(by_row[name].to_list() for name in ("start", "end", "type")), strict=True)
    masked = [_masked(one, *spans_of) for one, spans_of in zip(texts, ranges, strict=True)]
    changed = pl.DataFrame({"row": by_row["row"], "masked": masked})
    every = pl.DataFrame({"row": _row_numbers(len(text)), "text": text})
    merged = every.join(changed, on="row", how="left", maintain_order="left")
    return merged.select(pl.coalesce("masked", "text").alias(text.name)).to_series()


def _masked(text: str, starts: list[int], ends: list[int], types: list[str]) -> str:
    pieces: list[str] = []
    place = 0
    for start, end, kind in zip(starts, ends, types, strict=True):
        pieces += (text[place:start], placeholder(kind))
        place = end
    return "".join([*pieces, text[place:]])


def privacy(spans: pl.DataFrame, rows: int) -> pl.Series:
    """How many values of each type were masked in each row, by type; an empty list for none."""
    counted = (
        spans.group_by("row", "type")
        .agg(pl.len().cast(pl.Int32).alias("count"))
        .sort("row", "type")
        .group_by("row", maintain_order=True)
        .agg(pl.struct("type", "count", treatment=pl.lit(PLACEHOLDER)).alias("privacy"))
    )
    every = pl.DataFrame({"row": _row_numbers(rows)})
    lists = every.join(counted, on="row", how="left", maintain_order="left")["privacy"]
    return lists.cast(PRIVACY_TYPE).fill_null(pl.Series([[]], dtype=PRIVACY_TYPE))


def _row_numbers(rows: int) -> pl.Series:
    return pl.int_range(rows, dtype=pl.UInt32, eager=True)

"""Texts with their spans replaced, and the counts that stay in the row."""

import polars as pl

from governance.pii.treatments.placeholder import PLACEHOLDER, placeholder

PRIVACY_TYPE = pl.List(pl.Struct({"type": pl.String, "count": pl.Int32, "treatment": pl.String}))


def mask(text: pl.Series, spans: pl.DataFrame) -> pl.Series:
    """Texts with every span replaced; the rest unchanged.

    Args:
        text: String, null allowed.
        spans: row, start, end (code points, end exclusive), type; by row and
            start, without overlaps, as `find` gives them. Where there is a column
            `replacement` it says what takes a span's place, else its type in brackets does.

    Returns:
        A series as long as `text`. Without spans: `text` itself.
    """
    if spans.is_empty():
        return text
    by_row = _replacing(spans).group_by("row", maintain_order=True).agg("start", "end", "by")
    texts = text.gather(by_row["row"]).to_list()
    ranges = zip(*(by_row[name].to_list() for name in ("start", "end", "by")), strict=True)
    masked = [_masked(one, *spans_of) for one, spans_of in zip(texts, ranges, strict=True)]
    changed = pl.DataFrame({"row": by_row["row"], "masked": masked})
    every = pl.DataFrame({"row": _row_numbers(len(text)), "text": text})
    merged = every.join(changed, on="row", how="left", maintain_order="left")
    return merged.select(pl.coalesce("masked", "text").alias(text.name)).to_series()


def _replacing(spans: pl.DataFrame) -> pl.DataFrame:
    """The spans with what takes their place in `by`."""
    if "replacement" in spans.columns:
        return spans.with_columns(pl.col("replacement").alias("by"))
    signs = {kind: placeholder(kind) for kind in spans["type"].unique()}
    return spans.with_columns(pl.col("type").replace_strict(signs).alias("by"))


def _masked(text: str, starts: list[int], ends: list[int], signs: list[str]) -> str:
    pieces: list[str] = []
    place = 0
    for start, end, sign in zip(starts, ends, signs, strict=True):
        pieces += (text[place:start], sign)
        place = end
    return "".join([*pieces, text[place:]])


def privacy(spans: pl.DataFrame, rows: int) -> pl.Series:
    """How many values of each type were masked in each row, by type and treatment.

    Spans without a column `treatment` became placeholders. An empty list for none.
    """
    if "treatment" not in spans.columns:
        spans = spans.with_columns(pl.lit(PLACEHOLDER).alias("treatment"))
    counted = (
        spans.group_by("row", "type", "treatment")
        .agg(pl.len().cast(pl.Int32).alias("count"))
        .sort("row", "type", "treatment")
        .group_by("row", maintain_order=True)
        .agg(pl.struct("type", "count", "treatment").alias("privacy"))
    )
    every = pl.DataFrame({"row": _row_numbers(rows)})
    lists = every.join(counted, on="row", how="left", maintain_order="left")["privacy"]
    return lists.cast(PRIVACY_TYPE).fill_null(pl.Series([[]], dtype=PRIVACY_TYPE))


def _row_numbers(rows: int) -> pl.Series:
    return pl.int_range(rows, dtype=pl.UInt32, eager=True)

"""Who is kept when two documents are the same: a total order, best first.

1. documents that an earlier release already holds,
2. licence standing (0 is best),
3. trust in the source (5 is best),
4. length (the longer text),
5. date (the earlier one: the later is more likely the copy; no date comes last),
6. `doc_id`, so that no two documents are equal.

The first five are packed into one number, smallest first:
1 bit held (0) or new (1), 7 bits standing, 4 bits trust, 28 bits length, 24 bits days.
"""

import numpy as np
import polars as pl

NEW = 1 << 63
STANDING_BITS, TRUST_BITS, LENGTH_BITS, DAY_BITS = 7, 4, 28, 24
MAX_TRUST = 5
UNKNOWN_DAY = (1 << DAY_BITS) - 1
_DATE = r"^\s*([0-9]{4})(?:-?([0-9]{2})(?:-?([0-9]{2}))?)?(?:[^0-9]|$)"


def rank(documents: pl.DataFrame) -> pl.Series:
    """The rank of each new document as one number, the smallest is kept.

    Args:
        documents: `standing` (integer, 0 best to 127; null counts as 127),
            `trust` (integer, 1 to 5, null counts as 0), `text_chars` (integer;
            null counts as 0, more than 268,435,455 as that), `date` (String,
            ISO 8601 day, month or year, rest ignored; anything else is no date).

    Returns:
        UInt64, named "rank". The order is total only together with `doc_id`.

    Raises:
        ValueError: a standing or a trust is out of its range.

    >>> both = pl.DataFrame({"standing": [0, 0], "trust": [5, 3],
    ...                      "text_chars": [10, 99], "date": ["2024-05-01", None]})
    >>> rank(both).arg_min()
    0
    """
    standing = _checked(
        documents["standing"], 0, (1 << STANDING_BITS) - 1, (1 << STANDING_BITS) - 1
    )
    trust = MAX_TRUST - _checked(documents["trust"], 0, MAX_TRUST, 0)
    longest = (1 << LENGTH_BITS) - 1
    length = longest - documents["text_chars"].fill_null(0).clip(0, longest).cast(pl.UInt64)
    packed = np.full(documents.height, NEW >> (LENGTH_BITS + DAY_BITS), np.uint64)
    packed |= (standing * (1 << TRUST_BITS) + trust).to_numpy()
    for part, bits in ((length, LENGTH_BITS), (days(documents["date"]), DAY_BITS)):
        packed = packed << np.uint64(bits) | part.to_numpy()
    return pl.Series("rank", packed)


def days(date: pl.Series) -> pl.Series:
    """The day of a date, counted from the first day of the year 1.

    A date of a year or a month alone is taken as its first day.

    Returns:
        UInt64; 16,777,215 where there is no date that exists.

    >>> days(pl.Series(["0001-01-02T08:00Z", "2024", "2024-13-01", None])).to_list()
    [1, 738885, 16777215, 16777215]
    """
    parts = date.to_frame("date").select(
        pl.col("date").cast(pl.String).str.extract(_DATE, group).cast(pl.Int32).alias(name)
        for group, name in ((1, "year"), (2, "month"), (3, "day"))
    )
    text = pl.format(
        "{}-{}-{}",
        pl.col("year").cast(pl.String).str.zfill(4),
        pl.col("month").fill_null(1).cast(pl.String).str.zfill(2),
        pl.col("day").fill_null(1).cast(pl.String).str.zfill(2),
    )
    day = text.str.to_date("%Y-%m-%d", strict=False) - pl.date(1, 1, 1)
    known = parts.select(day.dt.total_days().alias("day"))["day"]
    return pl.select(
        pl.when(known >= 0).then(known).otherwise(UNKNOWN_DAY).cast(pl.UInt64).alias("day")
    )["day"]


def is_held(ranks: np.ndarray) -> np.ndarray:
    """True where an earlier release already holds the document.

    >>> is_held(np.array([3, NEW + 3], np.uint64)).tolist()
    [True, False]
    """
    return ranks < np.uint64(NEW)


def held(ranks: np.ndarray) -> np.ndarray:
    """The same ranks, before those of all new documents.

    >>> held(np.array([NEW + 3, 4], np.uint64)).tolist()
    [3, 4]
    """
    return ranks & np.uint64(NEW - 1)


def _checked(values: pl.Series, low: int, high: int, missing: int) -> pl.Series:
    filled = values.fill_null(missing)
    if not filled.is_between(low, high).all():
        raise ValueError(f"{values.name} is from {low} to {high}")
    return filled.cast(pl.UInt64)

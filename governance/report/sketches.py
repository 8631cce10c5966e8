"""What only the steward's report counts: spreads in buckets, and documents drawn to be read.

A measure of ten million documents becomes some dozens of counts, and from those the pages answer
what another limit would do. No text is read for it, and the size of the release does not matter.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import polars as pl

from governance.report.draw import band, lot
from governance.tally import Count, add_numbers

#: Steps of a share: a hundredth each.
SHARE_STEPS = 100
#: Steps of a count for every doubling of one more than it: each is 9 % wide.
OCTAVE_STEPS = 8
#: The greatest bucket: a count of some 100 millions, a share per word of 2.
LAST_BUCKET = 216
#: A runner-up with so much of the probability is a neighbour.
NEAR_SCORE = 0.2
_BY_SHARE = ("_share", "_per_word", "_score")
_HELD_DRAWN, _EDGE_DRAWN, _DOUBT_DRAWN, _PRIVATE_DRAWN, _PAIRS_DRAWN = 5, 2, 1, 12, 10
Limits = Sequence[Mapping[str, Any]]


def is_share(measure: str) -> bool:
    """Whether a measure is cut into hundredths; other ones into steps of 9 %.

    >>> is_share("duplicate_line_share"), is_share("length_words")
    (True, False)
    """
    return measure.endswith(_BY_SHARE)


def bucket(value: pl.Expr, by_share: pl.Expr) -> pl.Expr:
    """The bucket of each value: hundredths of a share, eighths of a doubling of a count."""
    shares = (value * SHARE_STEPS + 1e-4).floor()
    counts = ((value + 1).log(2) * OCTAVE_STEPS + 1e-4).floor()
    chosen = pl.when(by_share).then(shares).otherwise(counts)
    return chosen.clip(0, LAST_BUCKET).cast(pl.Int64).alias("bucket")


def edge(measure: str, place: int) -> float:
    """The least value of a bucket.

    >>> edge("top_2gram_char_share", 20), edge("length_words", 8)
    (0.2, 1.0)
    """
    return place / SHARE_STEPS if is_share(measure) else float(2 ** (place / OCTAVE_STEPS) - 1)


def seed_of(run: Mapping[str, Any]) -> str:
    """Where the draw begins among the ids: 32 hexadecimal characters, by name and version.

    Ids are keyed, so the documents after any place are a sample by lot that nobody can steer.
    """
    told = f"endonym report sample 1\n{run.get('name')}\n{run.get('version')}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def sketches(run: Mapping[str, Any]) -> tuple[Count, ...]:
    """The counts of a report, for the limits that its run states.

    Args:
        run: `run.json`.
    """
    limits = [one for one in run.get("limits") or [] if one.get("measure")]
    seed = seed_of(run)
    return (
        Count("measured", ("folder", "tag", "measure", "bucket"), partial(_measured, limits),
              add_numbers, ("quality", "raw_score")),
        Count("held", ("tag", "rule", "bucket"), partial(_held, limits), add_numbers),
        Count("neighbours", ("tag", "second"), _neighbours, add_numbers,
              ("second", "second_score")),
        Count("periods", ("folder", "source", "jurisdiction", "year"), _periods, add_numbers,
              ("date", "jurisdiction")),
        _draw("drawn_random", ("source", "tag", "band"), partial(_random, seed), ["lot"], 1),
        _draw("drawn_held", ("group",), partial(_held_back, seed), ["lot"], _HELD_DRAWN),
        _draw("drawn_edge", ("rule",), partial(_edge, limits), ["margin", "doc_id"], _EDGE_DRAWN,
              ("quality",)),
        _draw("drawn_doubt", ("tag",), _doubt, ["score", "doc_id"], _DOUBT_DRAWN),
        _draw("drawn_private", ("type",), partial(_private, seed), ["lot"], _PRIVATE_DRAWN),
        _draw("drawn_copies", ("folder",), partial(_copies, seed), ["lot"], _PAIRS_DRAWN),
    )  # fmt: skip


def _draw(  # a draw has as many parts
    name: str,
    keys: tuple[str, ...],
    table: Callable[[pl.DataFrame], pl.DataFrame],
    order: list[str],
    most: int,
    needs: tuple[str, ...] = (),
) -> Count:
    """A draw that keeps the first few of every group."""

    def first(whole: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
        return whole.sort(order, nulls_last=True).group_by(by, maintain_order=True).head(most)

    return Count(name, keys, lambda frame: first(table(frame), keys), first, needs)


def _documents() -> pl.Expr:
    return pl.len().cast(pl.Int64).alias("documents")


def _values(limits: Limits, frame: pl.DataFrame, keep: Sequence[str]) -> pl.DataFrame:
    """A row for every measure of every document to which its rule applies."""
    applies = {one["measure"]: one.get("applies") for one in limits}
    measured = frame.filter(pl.col("quality").is_not_null()).select(
        *keep, pl.col("quality").struct.unnest()
    )
    names = [name for name in measured.columns if name not in keep]
    held = [
        pl.when(pl.col(asked[0]) >= asked[1]).then(pl.col(name)).alias(name)
        for name in names
        if (asked := applies.get(name)) and asked[1] > 0 and asked[0] in names
    ]
    whole = measured.with_columns(held).unpivot(names, index=keep, variable_name="measure")
    return whole.with_columns(pl.col("value").fill_nan(None)).drop_nulls("value")


def _measured(limits: Limits, frame: pl.DataFrame) -> pl.DataFrame:
    keys = ["folder", "tag", "measure", "bucket"]
    values = _values(limits, frame, ["folder", "tag"]).drop_nulls("tag")
    scores = frame.select(
        "folder", "tag", pl.lit("raw_score").alias("measure"),
        pl.col("raw_score").fill_nan(None).alias("value"),
    ).drop_nulls()  # fmt: skip
    both = pl.concat([values.cast({"value": pl.Float64}), scores.cast({"value": pl.Float64})])
    place = bucket(pl.col("value"), pl.col("measure").str.contains("(_share|_per_word|_score)$"))
    return both.with_columns(place).group_by(keys).agg(_documents())


def _held(limits: Limits, frame: pl.DataFrame) -> pl.DataFrame:
    shares = sorted({one["rule"] for one in limits if is_share(one["measure"])})
    rules = sorted({one["rule"] for one in limits})
    chosen = frame.filter(pl.col("rule").is_in(rules), pl.col("folder") != "documents")
    place = bucket(pl.col("measure").fill_nan(None), pl.col("rule").is_in(shares))
    known = chosen.drop_nulls(["tag", "measure"]).with_columns(place)
    return known.group_by("tag", "rule", "bucket").agg(_documents())


def _neighbours(frame: pl.DataFrame) -> pl.DataFrame:
    """Released documents of which another language was nearly as likely."""
    near = frame.filter(
        pl.col("folder") == "documents",
        pl.col("second").is_not_null(),
        pl.col("second_score") >= NEAR_SCORE,
    )
    return near.group_by("tag", "second").agg(_documents())


def _periods(frame: pl.DataFrame) -> pl.DataFrame:
    year = pl.col("date").str.extract(r"^(\d{4})").alias("year")
    keys = ("folder", "source", "jurisdiction", "year")
    return frame.with_columns(year).group_by(keys).agg(_documents())


_PLACE = ("source", "doc_id", "path", "row")


def _random(seed: str, frame: pl.DataFrame) -> pl.DataFrame:
    kept = frame.filter(pl.col("folder") == "documents")
    return kept.select(*_PLACE, "tag", band("score"), lot(seed))


def _held_back(seed: str, frame: pl.DataFrame) -> pl.DataFrame:
    group = pl.concat_str("stage", "rule", separator="/", ignore_nulls=True).alias("group")
    return frame.filter(pl.col("folder") != "documents").select(*_PLACE, "tag", group, lot(seed))


def _edge(limits: Limits, frame: pl.DataFrame) -> pl.DataFrame:
    """Released documents by rule, the nearest to the limit of their own language first."""
    stated = _limit_table(limits)
    kept = frame.filter(pl.col("folder") == "documents")
    values = _values(limits, kept, [*_PLACE, "tag"]).join(stated, on="measure")
    own = _limit_table(limits, is_default=False)
    joined = values.join(own, on=["tag", "rule"], how="left")
    near = pl.coalesce("own", "common").alias("near")
    distance = (pl.col("value").cast(pl.Float64) - pl.col("near")).abs()
    margin = (distance / (pl.col("near").abs() + 1e-9)).alias("margin")
    names = [*_PLACE, "tag", "rule", pl.col("value").cast(pl.Float64).alias("at"), "near", "margin"]
    return joined.with_columns(near).drop_nulls("near").with_columns(margin).select(names)


def _limit_table(limits: Limits, *, is_default: bool = True) -> pl.DataFrame:
    chosen = [one for one in limits if (one["profile"] == "default") == is_default]
    if is_default:
        rows = [(one["rule"], one["measure"], one["limit"]) for one in chosen]
        schema = {"rule": pl.String, "measure": pl.String, "common": pl.Float64}
        return pl.DataFrame(rows, schema=schema, orient="row")
    own = [(str(one["profile"]).removeprefix("script of "), one["rule"], one["limit"])
           for one in chosen]  # fmt: skip
    schema = {"tag": pl.String, "rule": pl.String, "own": pl.Float64}
    return pl.DataFrame(own, schema=schema, orient="row").unique(["tag", "rule"], keep="last",
                                                                 maintain_order=True)  # fmt: skip


def _doubt(frame: pl.DataFrame) -> pl.DataFrame:
    kept = frame.filter(pl.col("folder") == "documents", pl.col("score").is_not_null())
    return kept.select(*_PLACE, "tag", "score")


def _private(seed: str, frame: pl.DataFrame) -> pl.DataFrame:
    holding = frame.filter(pl.col("privacy").list.len() > 0)
    types = holding.select(*_PLACE, "tag", lot(seed), "privacy").explode("privacy")
    named = types.with_columns(pl.col("privacy").struct.field("type").alias("type"))
    return named.drop("privacy").unique(["type", "doc_id"], maintain_order=True)


def _copies(seed: str, frame: pl.DataFrame) -> pl.DataFrame:
    near = frame.filter(pl.col("rule") == "near-duplicate")
    return near.select(*_PLACE, "folder", "tag", lot(seed))

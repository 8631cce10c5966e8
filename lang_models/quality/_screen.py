"""Holds the measures of a batch against the limits of each document's language."""

import polars as pl

from lang_models.changed import NOTHING, Changed, limits_of
from lang_models.quality._rule import Rule


def screen(
    rules: tuple[Rule, ...], measures: pl.DataFrame, tag: pl.Series, changed: Changed = NOTHING
) -> pl.DataFrame:
    """The first rule that each document breaks, as `lang_models.quality.screen` tells."""
    frame = measures.with_columns(tag.alias("tag")).join(
        _limits(rules, tag.unique(), changed),
        on="tag",
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    return frame.select(
        pl.coalesce(_where(rule, pl.lit(rule.name)) for rule in rules).alias("rule"),
        pl.coalesce(_where(rule, pl.col(rule.measure)) for rule in rules)
        .cast(pl.Float64)
        .alias("measure"),
        pl.coalesce(_where(rule, pl.col(_column(rule))) for rule in rules).alias("limit"),
    )


def _limits(rules: tuple[Rule, ...], tags: pl.Series, changed: Changed) -> pl.DataFrame:
    """One row a tag, one column a rule; null where the language's profile switches it off."""
    profiles = [limits_of(tag, changed) for tag in tags]
    columns = {
        _column(rule): pl.Series(
            [limits[rule.limit].value for limits in profiles], dtype=pl.Float64
        )
        for rule in rules
    }
    return pl.DataFrame({"tag": tags, **columns})


def _column(rule: Rule) -> str:
    return f"limit:{rule.name}"


def _where(rule: Rule, value: pl.Expr) -> pl.Expr:
    """The value in rows that break the rule, null elsewhere; an unknown measure breaks none."""
    # Measures have 32 bits: with a limit of 64, a document exactly at 0.3 would be above it.
    measure, limit = pl.col(rule.measure), pl.col(_column(rule)).cast(pl.Float32)
    breaks = measure < limit if rule.side == "min" else measure > limit
    column, least = rule.applies
    return pl.when(breaks & (pl.col(column) >= least)).then(value)

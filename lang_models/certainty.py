"""How sure the language model must be, language by language, and all limits as a record."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from lang_models.profile import Limit, available, load
from lang_models.quality import RULES

#: The rule that holds the model's score against the limit of the language it names.
SCORE_RULE = "language-score"
SCORE_LIMIT = "language_score_min"


def score_limits(tag: pl.Series) -> pl.Series:
    """The least score with which each document's language is believed.

    Args:
        tag: `xxx_Xxxx` or null.

    Returns:
        Float64; null where the profile switches the limit off.
    """
    table = {name: load(name).limits[SCORE_LIMIT].value for name in tag.unique().to_list()}
    return tag.replace_strict(table, return_dtype=pl.Float64)


def stated_limits(tags: Iterable[str]) -> list[dict[str, Any]]:
    """Every limit that a run held documents against, with its source, for the run's record.

    Args:
        tags: the languages of the run.

    Returns:
        profile, rule, limit, side and source; first those that hold where no profile says
        otherwise (`default`), then what differs in the profiles of these languages.
    """
    rules = {SCORE_RULE: SCORE_LIMIT} | {rule.name: rule.limit for rule in RULES}
    default = load(None).limits
    rows = [_row("default", rule, default[key]) for rule, key in rules.items()]
    for tag in sorted(set(tags)):
        limits = load(tag).limits
        own = tag if tag in available() else f"script of {tag}"
        rows += [
            _row(own, rule, limits[key])
            for rule, key in rules.items()
            if limits[key] != default[key]
        ]
    return rows


def _row(profile: str, rule: str, limit: Limit) -> dict[str, Any]:
    return {
        "profile": profile,
        "rule": rule,
        "side": limit.side,
        "limit": limit.value,
        "source": " ".join(limit.source.split()),
    }

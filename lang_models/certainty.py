"""How sure the language model must be, language by language, and all limits as a record."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from lang_models.agreement import DISAGREEMENT_RULE, DISAGREEMENT_SOURCE
from lang_models.cards import Aim, Card
from lang_models.changed import DEFAULT, NOTHING, Changed, limits_of
from lang_models.identify import Identifier
from lang_models.legacy import UNREADABLE_RULE, UNREADABLE_SHARE, UNREADABLE_SOURCE
from lang_models.mixture import MIXED_RULE, MIXED_SHARE, MIXED_SOURCE
from lang_models.profile import Limit, available
from lang_models.quality import RULES
from lang_models.undetermined import REASONS, withdraw

#: The rule that holds the model's score against the limit of the language it names.
SCORE_RULE = "language-score"
SCORE_LIMIT = "language_score_min"


def score_limits(
    tag: pl.Series, card: Card, aim: Aim | None, changed: Changed = NOTHING
) -> pl.Series:
    """The least raw score with which each document's language is believed.

    The model's card says which score each language needs for the precision or recall that
    the policy asks for. Without a card, or an aim, the language's profile says it. What
    somebody decided about a language comes before both.

    Args:
        tag: `xxx_Xxxx` or null.
        card: of the model that called them.
        aim: of the policy.
        changed: limits that people have changed since.

    Returns:
        Float64; null where the profile switches the limit off.
    """
    table = {name: _least(name, card, aim, changed)[0] for name in tag.unique().to_list()}
    return tag.replace_strict(table, return_dtype=pl.Float64)


def _least(
    tag: str | None, card: Card, aim: Aim | None, changed: Changed = NOTHING
) -> tuple[float | None, str]:
    """The limit of a language and its source."""
    decided = changed.get(tag or "", {}).get(SCORE_LIMIT)
    if decided is not None:
        return decided.value, decided.source
    least = card.least_score(tag, aim) if tag and aim else None
    if aim is None or least is None:
        limit = limits_of(tag, changed)[SCORE_LIMIT]
        return limit.value, limit.source
    return least, (
        f"{card.name}: the score from which calls of the language reach a {aim.kind} of"
        f" {aim.share:g} on text that the model had not seen ({card.date})"
    )


def certain(text: pl.Series, identifier: Identifier, aim: Aim | None) -> pl.Series:
    """The language of each text, or `und_` and why where a run would not believe it.

    Args:
        text: a String per document, or null.
        identifier: the model.
        aim: how sure to be; None: as sure as the profiles want.

    Returns:
        Structs, as `schemas.corpus.LANGUAGE`. `undetermined` is `unsure` where all that
        speaks against the best guess is its score.
    """
    column = identifier.judge(text)["language"]
    tag, raw, told = (column.struct.field(name) for name in ("tag", "raw_score", "undetermined"))
    is_low = (raw < score_limits(tag, identifier.card, aim)).fill_null(value=False)
    unsure = pl.select(pl.when(is_low & told.is_null()).then(pl.lit("unsure")).otherwise(told))
    return withdraw(column, unsure.to_series())


def stated_limits(
    tags: Iterable[str], card: Card, aim: Aim | None, changed: Changed = NOTHING
) -> list[dict[str, Any]]:
    """Every limit that a run held documents against, with its source, for the run's record.

    Args:
        tags: the languages of the run.
        card: of the run's model.
        aim: of the policy.
        changed: limits that people have changed since.

    Returns:
        profile, rule, limit, side and source, and of a rule that measures the key of its limit,
        its measure and from which value of which measure on it applies; first those that hold
        where no profile says otherwise (`default`), then what differs in the profiles of these
        languages.
    """
    rules = {SCORE_RULE: SCORE_LIMIT} | {rule.name: rule.limit for rule in RULES}
    default, profiles = limits_of(DEFAULT, changed), available()
    rows = [_row("default", rule, default[key]) for rule, key in rules.items()]
    rows += [_stated("default", *one) for one in _LANGUAGE_RULES]
    for tag in sorted(set(tags)):
        limits = limits_of(tag, changed)
        own = tag if tag in profiles or tag in changed else f"script of {tag}"
        rows += [
            _row(own, rule, limits[key])
            for rule, key in rules.items()
            if limits[key] != default[key]
        ]
        least, source = _least(tag, card, aim, changed)
        if source != limits[SCORE_LIMIT].source:
            rows.append(_stated(tag, SCORE_RULE, "min", least, source))
    return [{**row, **_MEASURED.get(row["rule"], {})} for row in rows]


#: What a report needs to count again what another limit would hold back.
_MEASURED: dict[str, dict[str, Any]] = {
    SCORE_RULE: {"key": SCORE_LIMIT, "measure": "raw_score", "applies": ["length_words", 0]},
    **{
        rule.name: {"key": rule.limit, "measure": rule.measure, "applies": list(rule.applies)}
        for rule in RULES
    },
}

#: The rules about language that no profile changes: rule, side, limit, source.
_LANGUAGE_RULES = (
    (UNREADABLE_RULE, "max", UNREADABLE_SHARE, UNREADABLE_SOURCE),
    *((reason.rule, reason.side, reason.limit, reason.source) for reason in REASONS),
    (MIXED_RULE, "max", MIXED_SHARE, MIXED_SOURCE),
    (DISAGREEMENT_RULE, "max", None, DISAGREEMENT_SOURCE),
)


def _stated(profile: str, rule: str, side: str, limit: float | None, source: str) -> dict[str, Any]:
    return {"profile": profile, "rule": rule, "side": side, "limit": limit, "source": source}


def _row(profile: str, rule: str, limit: Limit) -> dict[str, Any]:
    return _stated(profile, rule, limit.side, limit.value, " ".join(limit.source.split()))

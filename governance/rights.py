"""Whether a document may be held at all: its card's expiry and its licence against the policy.

What we cannot tell waits in quarantine (promise P5); what the policy does not allow is
removed. Either way the document's text goes no further and is not written anywhere.
"""

import re
import threading
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from governance.optouts.places import places, wildcards
from schemas.decision import OUTCOME_OF, REMOVED, decide
from schemas.policy import Policy
from schemas.source import SourceCard

STAGE = "admit"
#: The parser fills its table of licences on its first use. A second thread that came in
#: meanwhile would find some of it and call a known licence unknown.
_PARSING = threading.Lock()
ALLOWED, DENIED, UNKNOWN = "allowed", "denied", "unknown"


def standing(expression: str | None, allowed: frozenset[str], registered: frozenset[str]) -> str:
    """Where a licence expression stands: `allowed`, `denied` or `unknown`.

    Of alternatives (`OR`) one allowed licence is enough; of parts (`AND`) all must be
    allowed. `WITH` exceptions count as their licence. Upper and lower case are the same.

    Args:
        expression: an SPDX licence expression; null and empty are unknown.
        allowed: SPDX ids, and registered refs, that the policy allows.
        registered: the policy's own `LicenseRef-…` ids, which SPDX does not list.

    Source: SPDX 2.3, annex D (licence expressions), 2022.

    >>> standing("CC-BY-4.0 OR LicenseRef-x", frozenset({"CC-BY-4.0"}), frozenset({"LicenseRef-x"}))
    'allowed'
    >>> standing("see copyright file", frozenset({"MIT"}), frozenset())
    'unknown'
    """
    tree = parsed(expression, registered)
    if tree is None:
        return UNKNOWN
    return ALLOWED if _holds(tree, frozenset(name.lower() for name in allowed)) else DENIED


def parsed(expression: str | None, registered: frozenset[str]) -> Any:  # noqa: ANN401
    """The tree of a licence expression; None when it is none, or names unknown licences."""
    if not expression or not expression.strip():
        return None
    from license_expression import ExpressionError  # noqa: PLC0415  # slow to import

    try:
        with _PARSING:
            return _licensing(registered).parse(expression, validate=True)
    except (ExpressionError, ValueError, TypeError):
        return None


def _holds(tree: object, allowed: frozenset[str]) -> bool:
    name = type(tree).__name__
    if name in {"OR", "AND"}:
        parts = [_holds(part, allowed) for part in tree.args]  # type: ignore[attr-defined]
        return any(parts) if name == "OR" else all(parts)
    licence = getattr(tree, "license_symbol", tree)
    return str(licence.key).lower() in allowed  # type: ignore[attr-defined]


@lru_cache(maxsize=8)
def _licensing(registered: frozenset[str]) -> Any:  # noqa: ANN401  # the package has no types
    from license_expression import (  # noqa: PLC0415
        LicenseSymbol,
        Licensing,
        get_spdx_licensing,
    )

    known = list(get_spdx_licensing().known_symbols.values())
    own = [LicenseSymbol(name) for name in sorted(registered)]
    return Licensing([*known, *own])


def admit(batch: pl.DataFrame, card: SourceCard, policy: Policy, as_of: date) -> pl.DataFrame:
    """Judges every document of one source by its rights, before anything else is done to it.

    The licence that counts is the one that the rights officer concluded on the card; it
    speaks for the whole source. Without it, a record's own licence counts, and where
    records carry none, the card's declared one.

    Args:
        batch: rows of one source, with `licence` (declared in the record, or null).
        card: the source's card.
        policy: what may be held.
        as_of: the day that expiry is held against.

    Returns:
        The batch without `licence`, with `rights`, decisions, and null text where the
        document may not be held.
    """
    rights = concluded(batch, card)
    judged = rights.with_columns(_standing=standings(rights["concluded"], policy))
    batch = batch.drop("licence").with_columns(
        pl.struct(rights).alias("rights"), judged["_standing"]
    )
    expired = pl.lit(card.last_day is not None and card.last_day < as_of)
    batch = decide(
        batch,
        expired,
        outcome=OUTCOME_OF.get(policy.expired_source, REMOVED),
        stage=STAGE,
        rule="source-expired",
    )
    for level, rule, answer in (
        (UNKNOWN, "licence-unknown", policy.unknown_licence),
        (DENIED, "licence-not-allowed", policy.denied_licence),
    ):
        batch = decide(
            batch, pl.col("_standing") == level, outcome=OUTCOME_OF[answer], stage=STAGE, rule=rule
        )
    held = pl.when(pl.col("decision").struct.field("outcome").is_null()).then(pl.col("text"))
    return batch.with_columns(held.alias("text")).drop("_standing")


def concluded(batch: pl.DataFrame, card: SourceCard) -> pl.DataFrame:
    """Licences of rows of one source, declared and concluded, and the basis of its card.

    Args:
        batch: `licence` (declared in the record, or null) and `source` with its `url`.
        card: the source's card.
    """
    declared = batch["licence"]
    if "licence" not in card.fields:
        declared = declared.clear(len(declared)).fill_null(card.licence.declared)
    ruled = card.licence.concluded
    whole = pl.lit(ruled) if ruled else pl.col("declared")
    frame = pl.DataFrame({"declared": declared.cast(pl.String)})
    return frame.with_columns(
        pl.coalesce(_of_hosts(batch, card), whole).alias("concluded"),
        pl.lit(card.rights_basis).alias("basis"),
    )


def _of_hosts(batch: pl.DataFrame, card: SourceCard) -> pl.Series:
    """What was concluded for the host of each row, or for the nearest domain above it."""
    ruled = {one.host: one.concluded for one in card.licence.hosts if one.scope == "text"}
    if not ruled:
        return pl.Series([None] * len(batch), dtype=pl.String)
    hosts = places(batch["source"].struct.field("url"))["host"]
    table = {}
    for host in hosts.drop_nulls().unique().to_list():
        names = (name.removeprefix("*.") for name in wildcards(host))
        table[host] = next((ruled[name] for name in names if name in ruled), None)
    return hosts.replace_strict(table, default=None, return_dtype=pl.String)


def standings(expressions: pl.Series, policy: Policy) -> pl.Series:
    """`standing` of every expression of a column under a policy."""
    allowed, registered = frozenset(policy.allowed_licences), frozenset(policy.licence_refs)
    distinct = expressions.unique().drop_nulls().to_list()
    table = {text: standing(text, allowed, registered) for text in distinct}
    return expressions.replace_strict(table, default=UNKNOWN, return_dtype=pl.String)


def preferences(expressions: pl.Series, policy: Policy) -> pl.Series:
    """How gladly a licence is held: its place in the policy's list, 0 is best.

    Among equal texts the one with the better licence is kept. An expression with several
    licences stands where its first allowed one does; others come last (126).
    """
    places = {name.lower(): min(place, 125) for place, name in enumerate(policy.allowed_licences)}
    table = {
        text: next(
            (places[word] for word in re.findall(r"[^\s()]+", text.lower()) if word in places), 126
        )
        for text in expressions.unique().drop_nulls().to_list()
    }
    return expressions.replace_strict(table, default=126, return_dtype=pl.UInt8)

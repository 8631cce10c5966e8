"""Whether two models call a document by the same language, however each of them names it."""

from collections.abc import Collection
from functools import cache

import polars as pl

from lang_models.called import UNKNOWN
from lang_models.labels import alpha3
from schemas.corpus import SECOND_MODEL

DISAGREEMENT_RULE = "models-disagree"
DISAGREEMENT_SOURCE = (
    "Decision 2026-11-25: two models that name different languages, both of which the second"
    " knows, are a doubt, whatever their scores."
)


def compare(
    first: pl.Series, second: pl.Series, known: tuple[Collection[str], Collection[str]]
) -> pl.Series:
    """What a second model says of each document, and whether it agrees with the first.

    Args:
        first: structs as `schemas.corpus.LANGUAGE`, from the first model.
        second: of the same documents, from the second.
        known: the tags that the first can give, and those that the second can.

    Returns:
        The `second_model` of each document, as `schemas.corpus.SECOND_MODEL`; null where the
        text is null.
    """
    said = pl.DataFrame(
        {
            "first": first.struct.field("tag"),
            "tag": second.struct.field("tag"),
            "score": second.struct.field("score"),
            "model": second.struct.field("model"),
        }
    )
    pairs = said.select("first", "tag").unique()
    answers = [agree(one, other, known) for one, other in pairs.iter_rows()]
    judged = pairs.with_columns(pl.Series("agrees", answers, pl.Boolean))
    said = said.join(judged, on=["first", "tag"], how="left", maintain_order="left")
    column = pl.struct(*SECOND_MODEL).cast(pl.Struct(SECOND_MODEL))
    return said.select(pl.when(pl.col("model").is_not_null()).then(column)).to_series()


def agree(
    first: str | None, second: str | None, known: tuple[Collection[str], Collection[str]]
) -> bool | None:
    """Whether two tags mean the same language; None where they cannot be compared.

    A macrolanguage agrees with its members (Serbo-Croatian with Croatian). Two members of one
    agree only where one model does not know what the other says, so that it named the nearest
    that it has (Standard Arabic for Moroccan). A language that the second model does not know
    cannot be confirmed by it, nor denied; no more can text that either calls `und_`.

    Args:
        first: a tag; None for no text.
        second: a tag; None for no text.
        known: the tags that the first model can give, and those that the second can.

    Source: macrolanguages of ISO 639-3, as langcodes has them.

    >>> both = ({"hrv_Latn", "hbs_Latn", "srp_Latn", "hau_Latn"}, {"srp_Latn", "hrv_Latn"})
    >>> agree("hbs_Latn", "hrv_Latn", both), agree("hrv_Latn", "srp_Latn", both)
    (True, False)
    >>> print(agree("hau_Latn", "srp_Latn", both))
    None
    """
    if first is None or second is None or first.startswith(UNKNOWN) or second.startswith(UNKNOWN):
        return None
    one, other = first[:3], second[:3]
    if one == other or other == macrolanguage(one) or one == macrolanguage(other):
        return True
    is_known = second in known[0], first in known[1]
    if macrolanguage(one) is not None and macrolanguage(one) == macrolanguage(other):
        return not all(is_known)
    return False if is_known[1] else None


@cache
def _macrolanguages() -> dict[str, str]:
    from langcodes.data_dicts import MACROLANGUAGES  # noqa: PLC0415  0.1 s

    return {alpha3(member): alpha3(macro) for member, macro in MACROLANGUAGES.items()}


def macrolanguage(code: str) -> str | None:
    """The macrolanguage that a language is part of, both ISO 639-3; None for none.

    >>> macrolanguage("hrv"), macrolanguage("swh"), macrolanguage("deu")
    ('hbs', 'swa', None)
    """
    return _macrolanguages().get(code)

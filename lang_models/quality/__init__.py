"""The quality of a document: measures of its text, and rules that hold them against limits.

`measure` keeps every measure of every document, whether or not a rule uses it, so that a limit
can be moved later without reading the texts again. `screen` applies the rules in the order of
`RULES` and names the first that a document breaks. What each rule means and where its limit
comes from stands in docs/rules.md.
"""

import numpy as np
import polars as pl

from lang_models.changed import NOTHING, Changed
from lang_models.quality import _screen, c4, fineweb, gopher_quality, gopher_repetition
from lang_models.quality._rule import Rule, Sample
from lang_models.tokens import Tokens

FAMILIES = (gopher_quality, gopher_repetition, c4, fineweb)
RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.RULES)
#: Unit of every measure, in the order of the columns.
UNITS: dict[str, str] = {name: unit for family in FAMILIES for name, unit in family.UNITS.items()}

__all__ = ["FAMILIES", "RULES", "UNITS", "Rule", "Sample", "measure", "screen"]


def measure(text: pl.Series, tokens: Tokens, tag: pl.Series) -> pl.DataFrame:
    """Every quality measure of every document of a batch.

    Args:
        text: one string a row.
        tokens: `lang_models.tokens.tokenise(text)`.
        tag: the language of each row, `xxx_Xxxx` or null; chooses the stop words.

    Returns:
        One Float32 column for each key of `UNITS`. A row is null throughout where the text is;
        a single measure is null where it means nothing, such as the mean word length of a text
        written without spaces.

    >>> from lang_models.tokens import tokenise
    >>> text = pl.Series(["Jina langu ni Tausi. Jina lake ni Juma."])
    >>> measure(text, tokenise(text), pl.Series(["swh_Latn"]))["length_words"].to_list()
    [8.0]
    """
    sample = Sample(text, tokens, tag.cast(pl.String))
    has_text = text.is_not_null().to_numpy()
    columns = {}
    for family in FAMILIES:
        for name, values in family.measure(sample).items():
            values32 = np.where(has_text, values, np.nan).astype(np.float32)
            columns[name] = pl.Series(values32, nan_to_null=True)
    return pl.DataFrame(columns).select(list(UNITS))


def screen(measures: pl.DataFrame, tag: pl.Series, changed: Changed = NOTHING) -> pl.DataFrame:
    """The first rule that each document breaks, in the order of `RULES`.

    Args:
        measures: what `measure` gives.
        tag: the language of each row, `xxx_Xxxx` or null; chooses the limits.
        changed: limits that people have changed since the profiles were written.

    Returns:
        rule (String), measure and limit (Float64); all null where the document passes. Unknown
        measures break no rule.
    """
    return _screen.screen(RULES, measures, tag.cast(pl.String), changed)

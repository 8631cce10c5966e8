"""Spell: letters that a language stores in several ways, brought to the one that is meant."""

import polars as pl

from lang_models import spelling
from schemas.decision import is_open


def spell(frame: pl.DataFrame) -> pl.DataFrame:
    """The batch with the letters of its languages; `provenance.repairs` names what was done.

    A document whose language is not believed, or that is in two languages, stays as it is:
    what is a slip in one language is right in another.
    """
    field = pl.col("language").struct.field
    sure = pl.when(is_open() & ~field("mixed").fill_null(value=False)).then(field("tag"))
    spelt = spelling.spell(frame["text"], frame.select(sure.alias("tag")).to_series())
    repairs = pl.col("provenance").struct.field("repairs")
    added = pl.concat_list(repairs.fill_null([]), spelt["spellings"]).alias("repairs")
    told = pl.col("provenance").struct.with_fields(added)
    return frame.with_columns(spelt["text"].alias("text"), told)

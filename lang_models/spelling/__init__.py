"""Spellings: letters that are stored in several ways, brought to the one that is meant.

Some follow from the script alone and are made while normalising, before the language is known
(`ANY_LANGUAGE`, among the repairs of `lang_models.repairs`). The others mean something only in
some languages, Romanian ş or Persian ي, and are made by `spell` once the language is called. All
of them are named in the document's `provenance.repairs`; docs/normalisation.md has the table.
"""

import numpy as np
import polars as pl

from lang_models.rows import names_of, put
from lang_models.spelling import (
    arabic_forms,
    burmese,
    devanagari,
    indic,
    perso_arabic,
    polynesian,
    romanian,
    thai_lao,
    turkic,
    uzbek,
    vietnamese,
    west_african,
)
from lang_models.spelling._rule import Spelling

FAMILIES = (
    burmese,
    arabic_forms,
    indic,
    thai_lao,
    devanagari,
    perso_arabic,
    romanian,
    turkic,
    uzbek,
    polynesian,
    vietnamese,
    west_african,
)
RULES: tuple[Spelling, ...] = tuple(rule for family in FAMILIES for rule in family.RULES)
ANY_LANGUAGE: tuple[Spelling, ...] = tuple(rule for rule in RULES if not rule.tags)

__all__ = ["ANY_LANGUAGE", "FAMILIES", "RULES", "Spelling", "spell"]


def spell(text: pl.Series, tag: pl.Series) -> pl.DataFrame:
    """The texts with the letters of their language, and the names of the spellings made.

    Args:
        text: a String per document, composed (NFC); or null.
        tag: the language of each, `xxx_Xxxx`; null where it is not sure enough.

    Returns:
        `text` (String; null in, null out; composed) and `spellings` (List[String], in the order
        of `RULES`; empty when nothing was done, never null). Spelling once more changes nothing.

    >>> spell(pl.Series(["şi ţara", "şehir"]), pl.Series(["ron_Latn", "tur_Latn"])).rows()
    [('și țara', ['romanian-commas']), ('şehir', [])]
    """
    bits = np.zeros(len(text), np.int64)
    spoken = set(tag.unique())
    for bit, rule in enumerate(RULES):
        if rule.tags & spoken:
            text, changed = _made(rule, text, tag)
            bits[changed] |= 1 << bit
    names = names_of(bits, [rule.name for rule in RULES])
    return pl.DataFrame({"text": text, "spellings": names})


def _made(rule: Spelling, text: pl.Series, tag: pl.Series) -> tuple[pl.Series, np.ndarray]:
    """The texts after one rule, and the rows that it changed."""
    rows = tag.is_in(list(rule.tags)).fill_null(value=False).arg_true()
    rows = rows.filter(text.gather(rows).str.contains(rule.suspect).fill_null(value=False))
    before = text.gather(rows)
    # A rule may part a letter from its mark, and another mark may then have to come first.
    after = rule.apply(before).str.normalize("NFC")
    changed = before != after
    rows = rows.filter(changed)
    return put(text, rows.to_numpy(), after.filter(changed)), rows.to_numpy()

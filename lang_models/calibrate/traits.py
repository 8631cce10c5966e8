"""What can be told of a language from its code and its text without any limit.

Names come from CLDR, direction and word splitting from Unicode, by the script; digits and the
marks that end sentences are those that the text uses.
"""

import unicodedata

import polars as pl

from lang_models.fold import SENTENCE_ENDS
from lang_models.writing import RIGHT_TO_LEFT, UNSPACED_CODES

ASCII_DIGITS = "0123456789"
#: Digits of a text below which nothing is told from them.
_ENOUGH_DIGITS = 30
#: What is used less often is a quotation or a slip.
_LEAST_SHARE = 0.02
_MARK = rf"([{SENTENCE_ENDS}…])[\p{{Pe}}\p{{Pf}}\p{{Pi}}\p{{Quotation_Mark}}\s]*$"


def written(tag: str) -> dict[str, str]:
    """Script, direction and word splitting, as Unicode says of the script.

    >>> written("urd_Arab")
    {'script': 'Arab', 'direction': 'rtl', 'words': 'spaces'}
    """
    script = tag[4:]
    return {
        "script": script,
        "direction": "rtl" if script in RIGHT_TO_LEFT else "ltr",
        "words": "characters" if script in UNSPACED_CODES else "spaces",
    }


def digits(tag: str, text: pl.Series) -> tuple[str, ...]:
    """The sets of ten digits that a text is written with, the most frequent first.

    Args:
        tag: `xxx_Xxxx`; a text with few digits gets those that Unicode has for its script.
        text: the text.

    >>> digits("hin_Deva", pl.Series(["सन् १९४८ और १९४९"] * 8))
    ('०१२३४५६७८९',)
    """
    found = text.str.extract_all(r"\p{Nd}").explode().drop_nulls()
    counted = found.value_counts(name="count").with_columns(
        pl.col(found.name).map_elements(_set_of, return_dtype=pl.String).alias("set")
    )
    if counted["count"].sum() < _ENOUGH_DIGITS:
        return _of_script(tag[4:])
    return _frequent(counted, "set")


def sentence_ends(text: pl.Series) -> tuple[str, ...]:
    """The marks that end sentences at the ends of lines, the most frequent first.

    >>> sentence_ends(pl.Series(["Karibu.", "Habari gani?", "Sawa.", "Orodha"]))
    ('.', '?')
    """
    lines = text.str.split("\n").explode().drop_nulls()
    found = lines.str.extract(_MARK).drop_nulls()
    return _frequent(found.value_counts(name="count"), found.name)


def _frequent(counted: pl.DataFrame, name: str) -> tuple[str, ...]:
    sums = counted.group_by(name).agg(pl.col("count").sum()).sort(
        "count", name, descending=[True, False]
    )  # fmt: skip
    enough = sums.filter(pl.col("count") >= _LEAST_SHARE * pl.col("count").sum())
    return tuple(enough[name])


def _set_of(digit: str) -> str:
    zero = ord(digit) - unicodedata.decimal(digit)
    return "".join(map(chr, range(zero, zero + 10)))


def _of_script(script: str) -> tuple[str, ...]:
    """ASCII's digits, and those that Unicode's property Script_Extensions gives to a script."""
    every = pl.Series([chr(point) for point in range(0x20000) if chr(point).isdecimal()])
    try:
        own = every.filter(every.str.contains(rf"^\p{{scx={script}}}$"))
    except pl.exceptions.ComputeError:  # a code for several scripts together, such as Jpan
        own = every.clear()
    return tuple(dict.fromkeys([*(_set_of(digit) for digit in own), ASCII_DIGITS]))

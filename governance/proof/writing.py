"""The script that a text is in, and the digits that go with it."""

from functools import cache

import polars as pl

#: ISO 15924 code -> code point of the digit zero that the script has of its own.
#: Source: Unicode 15.1, UnicodeData.txt, general category Nd.
ZEROS = {
    "Arab": 0x660, "Aran": 0x6F0, "Nkoo": 0x7C0, "Deva": 0x966, "Beng": 0x9E6, "Guru": 0xA66,
    "Gujr": 0xAE6, "Orya": 0xB66, "Taml": 0xBE6, "Telu": 0xC66, "Knda": 0xCE6, "Mlym": 0xD66,
    "Sinh": 0xDE6, "Thai": 0xE50, "Laoo": 0xED0, "Tibt": 0xF20, "Mymr": 0x1040, "Khmr": 0x17E0,
    "Mong": 0x1810, "Limb": 0x1946, "Talu": 0x19D0, "Bali": 0x1B50, "Sund": 0x1BB0,
    "Lepc": 0x1C40, "Olck": 0x1C50, "Vaii": 0xA620, "Saur": 0xA8D0, "Java": 0xA9D0,
    "Cham": 0xAA50, "Mtei": 0xABF0, "Cakm": 0x11136, "Adlm": 0x1E950, "Hmnp": 0x1E140,
}  # fmt: skip
#: Scripts without digits of their own in common use, that text may be in all the same.
_OTHERS = (
    "Latn", "Cyrl", "Grek", "Armn", "Hebr", "Syrc", "Thaa", "Geor", "Hang", "Ethi", "Cher",
    "Cans", "Hira", "Kana", "Hani", "Yiii", "Tfng", "Copt", "Tavt", "Lana", "Bopo", "Runr",
    "Gran", "Samr", "Mand", "Lisu", "Osge", "Buhd", "Tglg", "Bugi", "Batk",
)  # fmt: skip
UNKNOWN = "Zyyy"


@cache
def scripts() -> tuple[str, ...]:
    """Every script that is told apart."""
    return tuple(sorted({*ZEROS, *_OTHERS} - {"Aran"}))


def script_of(text: pl.Series) -> pl.Series:
    """The script that most letters of each text are in, ISO 15924; `Zyyy` without letters.

    Kana with Han is Japanese writing (`Jpan`), Han alone `Hani`.

    >>> script_of(pl.Series(["Habari", "سلام عليكم", "東京へようこそ", "12"])).to_list()
    ['Latn', 'Arab', 'Jpan', 'Zyyy']
    """
    names = scripts()
    letters = pl.col("text")
    counts = pl.DataFrame({"text": text}).select(
        letters.str.count_matches(rf"\p{{{name}}}").fill_null(0).alias(name) for name in names
    )
    kana = pl.col("Hira") + pl.col("Kana")
    together = counts.with_columns(
        pl.when(kana > 0).then(kana + pl.col("Hani")).otherwise(0).alias("Jpan"),
    )
    every = [*names, "Jpan"]
    most = pl.max_horizontal(every)
    first = pl.concat_list(every).list.arg_max()
    ranked = together.select(
        pl.when(most == 0)
        .then(pl.lit(UNKNOWN))
        .when(pl.col("Jpan") == most)
        .then(pl.lit("Jpan"))
        .otherwise(first.replace_strict(range(len(every)), every, return_dtype=pl.String))
    )
    return ranked.to_series().alias("script")


def in_digits(value: str, script: str) -> str:
    """A value with the digits of a script; unchanged for scripts that have none of their own.

    >>> in_digits("0712", "Arab"), in_digits("0712", "Latn")
    ('٠٧١٢', '0712')
    """
    zero = ZEROS.get(script)
    if zero is None:
        return value
    return value.translate({48 + digit: zero + digit for digit in range(10)})

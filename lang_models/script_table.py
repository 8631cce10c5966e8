"""Writes `scripts.tsv`, the script of every letter and mark, from polars' Unicode tables.

To be run again when polars brings a newer Unicode; a test tells when the file is behind.

usage: python -m lang_models.script_table > lang_models/scripts.tsv
"""

import sys
from collections.abc import Iterator

import polars as pl
from langcodes.data_dicts import ALL_SCRIPTS

#: Common and inherited characters belong to no script; the rest are codes for kinds of writing
#: (Hans, Jpan, Zmth …) that no character has by itself, and polars refuses them.
_SHARED = {"Zinh", "Zyyy"}
_SURROGATES = range(0xD800, 0xE000)


def lines() -> Iterator[str]:
    """Lines `first`, `last` (hexadecimal) and ISO 15924 code, in the order of code points.

    Source: property Script of UAX #24 and general category L or M of UAX #44, as polars has them.
    """
    yield "first\tlast\tscript"
    for first, last, script in sorted(_ranges()):
        yield f"{first:04x}\t{last:04x}\t{script}"


def _ranges() -> Iterator[tuple[int, int, str]]:
    every = "".join(chr(point) for point in range(0x110000) if point not in _SURROGATES)
    characters = pl.Series([every])
    for script in ALL_SCRIPTS - _SHARED:
        try:
            runs = characters.str.extract_all(rf"[\p{{sc={script}}}&&[\p{{L}}\p{{M}}]]+")
        except pl.exceptions.ComputeError:
            continue
        for run in runs[0]:
            yield ord(run[0]), ord(run[-1]), script


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")

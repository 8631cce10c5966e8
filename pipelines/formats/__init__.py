"""The formats that can be read; one small module each, none of them knowing Beam.

A new format is a module beside these with a `Format`, and an entry in FORMATS.
"""

from pipelines.formats.comma_separated import FORMAT as CSV
from pipelines.formats.jsonl import FORMAT as JSONL
from pipelines.formats.model import Format, Reading, Record, Split
from pipelines.formats.parquet_table import FORMAT as PARQUET
from pipelines.formats.plain_text import FORMAT as TEXT
from pipelines.formats.tab_separated import FORMAT as TSV
from pipelines.formats.web_archive import WARC, WET
from pipelines.formats.web_page import FORMAT as HTML
from schemas.errors import InputError

#: All formats; the first whose suffix fits a path reads it.
FORMATS: tuple[Format, ...] = (JSONL, PARQUET, CSV, TSV, TEXT, HTML, WET, WARC)
#: What may stand behind the suffix of a packed file.
PACKINGS = (".gz", ".zst", ".bz2")

__all__ = [
    "FORMATS",
    "PACKINGS",
    "Format",
    "Reading",
    "Record",
    "Split",
    "by_name",
    "for_path",
]


def by_name(name: str) -> Format:
    """The format of this name.

    Raises:
        InputError: there is none.
    """
    for entry in FORMATS:
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in FORMATS)
    raise InputError(f"there is no format {name!r}; known: {known}")


def for_path(path: str) -> Format | None:
    """The format whose suffix a path ends in, packed or not; None when there is none.

    >>> found = for_path("crawl/CC-MAIN.warc.wet.gz")
    >>> found.name if found else None
    'wet'
    """
    bare = path.lower()
    for packing in PACKINGS:
        bare = bare.removesuffix(packing)
    return next((entry for entry in FORMATS if bare.endswith(entry.suffixes)), None)

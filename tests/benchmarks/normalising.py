"""What do the rules of normalisation change, what is flagged, and how long does it take?

usage: python -m tests.benchmarks.normalising TEXT… [--language-key KEY]

TEXT: files or folders of lines of a tag and a text, parted by a tab, as those that a language
model is trained on; or records with a `text`, and the language under the key. Real text has
hardly anything to flag: what is flagged there is a mistake, or Zawgyi that is half mended. What
has to be flagged is the same text in old code pages.
"""

import argparse
import time

import polars as pl

from lang_models.normalise import normalise
from lang_models.spelling import RULES, spell
from pipelines.reference_text import read_texts

#: Code pages that Python knows, with a language of each.
CODE_PAGES = {
    "cp1251": "rus_Cyrl", "koi8_r": "rus_Cyrl", "iso8859_5": "rus_Cyrl", "cp1253": "ell_Grek",
    "cp1255": "heb_Hebr", "cp1256": "arb_Arab", "tis_620": "tha_Thai", "kz1048": "kaz_Cyrl",
}  # fmt: skip
_LINES = 12


def main() -> None:
    """Prints what was changed and flagged, and the CPU seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", nargs="+")
    parser.add_argument("--language-key")
    given = parser.parse_args()
    rows = read_texts(
        given.text, unit="line", text_key="text", language_key=given.language_key
    ).drop_nulls("text")
    megabytes = rows["text"].str.len_bytes().sum() / 1e6
    print(f"{len(rows):,} texts in {rows['tag'].n_unique()} languages, {megabytes:,.0f} MB")
    normalise(rows["text"].head(1))  # imports and tables are made once in a process
    started = time.process_time()
    found = normalise(rows["text"])
    print(f"normalising: {(time.process_time() - started) * 100 / megabytes:.2f} CPU s a 100 MB")
    started = time.process_time()
    spelt = spell(found["text"], rows["tag"])
    print(f"spelling: {(time.process_time() - started) * 100 / megabytes:.2f} CPU s a 100 MB")
    _changes(rows.with_columns(found["repairs"], found["flags"], spelt["spellings"]))
    _code_pages(rows)


def _changes(rows: pl.DataFrame) -> None:
    for rule in RULES:
        own = rows.filter(pl.col("tag").is_in(list(rule.tags))) if rule.tags else rows
        made = own.filter(pl.col("spellings" if rule.tags else "repairs").list.contains(rule.name))
        print(f"{rule.name}: {len(made):,} of {len(own):,} texts; {_most(made)}")
    flagged = rows.explode("flags").drop_nulls("flags")
    for name in flagged["flags"].unique().sort():
        some = flagged.filter(pl.col("flags") == name)
        print(f"flagged {name}: {len(some):,}; {_most(some)}")


def _most(rows: pl.DataFrame) -> str:
    counts = rows["tag"].value_counts(sort=True).head(8).rows()
    return ", ".join(f"{tag} {lines:,}" for tag, lines in counts)


def _code_pages(rows: pl.DataFrame) -> None:
    """How much of a text in an old code page, read as Latin-1, is flagged."""
    for page, tag in CODE_PAGES.items():
        lines = rows.filter(pl.col("tag") == tag)["text"].head(1500).to_list()
        seen = [line.encode(page, "ignore").decode("latin-1") for line in lines]
        texts = ["\n".join(seen[at : at + _LINES]) for at in range(0, len(seen), _LINES)]
        told = normalise(pl.Series(texts, dtype=pl.String))["flags"].list.len() > 0
        if len(told):
            print(f"{page}: {told.mean():.3f} of {len(told)} texts of {_LINES} lines are flagged")


if __name__ == "__main__":
    main()

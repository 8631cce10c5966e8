"""What the measurements of language calls share: models, gold languages, intervals.

The folder that they are given holds the development sets as they come: `code-switch`, `corpus`,
`lid-eval` and `shippable`.
"""

import argparse
import hashlib
import json
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl

from lang_models.agreement import macrolanguage
from lang_models.evaluation.intervals import wilson
from lang_models.identify import Identifier
from lang_models.labels import alpha3, members

Row = dict[str, Any]


def arguments(usage: str) -> tuple[Path, Identifier]:
    """The folder and the model that the command names."""
    parser = argparse.ArgumentParser(description=usage)
    parser.add_argument("folder", type=Path, help="the development sets")
    parser.add_argument("--model", type=Path, help="a fastText model; else the packaged one")
    parser.add_argument("--labels", help="how it names languages: lid176 or flores")
    given = parser.parse_args()
    if given.model is None:
        return given.folder, Identifier.load()
    identifier = Identifier.load(str(given.model), digest_of(given.model), given.labels)
    return given.folder, identifier


def digest_of(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rows(path: Path) -> list[Row]:
    """The objects of a file of JSON lines."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def demo(folder: Path) -> list[tuple[Row, Row]]:
    """The documents of the demo corpus, each with what is known of it: `kind` and `gold_lang`."""
    table = pl.read_csv(folder / "corpus" / "labels.tsv", separator="\t", quote_char=None)
    labels = {row["id"]: row for row in table.iter_rows(named=True)}
    return [(row, labels[row["id"]]) for row in rows(folder / "corpus" / "raw_demo.jsonl")]


def is_right(gold: str, tag: str) -> bool:
    """Whether a tag names a gold language; a macrolanguage is right for its members."""
    own, called = (members().get(alpha3(code), alpha3(code)) for code in (gold, tag[:3]))
    return called == own or called == macrolanguage(own) or own == macrolanguage(called)


def knower(identifier: Identifier) -> Callable[[str], bool]:
    """Whether a gold language is among those that a model can give."""
    tags = identifier.languages()
    known: dict[str, bool] = {}

    def knows(gold: str) -> bool:
        if gold not in known:
            known[gold] = any(is_right(gold, tag) for tag in tags)
        return known[gold]

    return knows


def told(name: str, hits: int, cases: int) -> str:
    """A share in one line, with its interval and what it is of.

    >>> told("recall", 9, 10)
    'recall 0.900 (0.596 to 0.982; 9 of 10)'
    """
    share, low, high = wilson(hits, cases)
    share = math.nan if share is None else share
    return f"{name} {share:.3f} ({low:.3f} to {high:.3f}; {hits} of {cases})"


def joined(rows_of: Iterable[Row], key: str, size: int, glue: str) -> list[tuple[str, str]]:
    """Sentences of a set put together to documents of one language: text and gold."""
    by_key: dict[str, list[Row]] = {}
    for row in rows_of:
        by_key.setdefault(row[key], []).append(row)
    return [
        (glue.join(row["text"] for row in several[at : at + size]), several[at]["lang"])
        for several in by_key.values()
        for at in range(0, len(several) - size + 1, size)
    ]

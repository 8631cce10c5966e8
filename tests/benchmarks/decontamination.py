"""What it costs to compare texts with an evaluation set: CPU seconds, beside the tokenising.

    python -m tests.benchmarks.decontamination FILE.jsonl

The evaluation set is made of the first 300 characters of 3,000 of the texts, so that it has
items of all lengths and is found again.
"""

import json
import sys
import time
from pathlib import Path

import polars as pl

from lang_models.passages import known, of_items, overlap
from lang_models.tokens import tokenise

ITEMS, ITEM_CHARS, WORDS = 3_000, 300, 13


def main(path: Path) -> None:
    """Prints sizes and times."""
    with path.open(encoding="utf-8", newline="\n") as file:
        texts = pl.Series([json.loads(line)["text"] for line in file])
    overlap(tokenise(texts.head(1)), known(*of_items(tokenise(texts.head(1)), WORDS)))
    started = time.process_time()
    tokens = tokenise(texts)
    print(f"{texts.str.len_bytes().sum() / 1e6:.1f} MB, {len(tokens.word_hash):,} words")
    print(f"tokenise: {time.process_time() - started:.2f} s")
    looked_for = known(*of_items(tokenise(texts.head(ITEMS).str.head(ITEM_CHARS)), WORDS))
    print(f"{sum(len(one.hashes) for one in looked_for):,} passages, {len(looked_for)} lengths")
    for name, some in (
        ("all lengths", looked_for),
        ("longest alone", [one for one in looked_for if one.words == WORDS]),
    ):
        started = time.process_time()
        found = overlap(tokens, some)
        took = time.process_time() - started
        print(f"{name}: {took:.2f} s, {int((found.matches > 0).sum()):,} documents")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

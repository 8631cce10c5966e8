"""Labelled lines made of the sample corpus, and a recipe small enough for a test."""

import gzip
import json
from functools import cache
from pathlib import Path

from tests.runs import SAMPLES

#: Declarations of the samples in eleven languages and eight scripts.
DECLARATIONS = {
    "yor_Latn": "demo-00001", "som_Latn": "demo-00016", "tir_Ethi": "demo-00017",
    "arb_Arab": "demo-00038", "tam_Taml": "demo-00051", "hau_Latn": "demo-00063",
    "hin_Deva": "demo-00074", "fra_Latn": "demo-00088", "swh_Latn": "demo-00092",
    "chr_Cher": "demo-00132", "lao_Laoo": "demo-00137",
}  # fmt: skip
RECIPE = """\
sampling: {held_out_share: 0.2, most_lines: 200, fewest_lines: 20}
network: {dimension: 8, buckets: 3000, epochs: 12, learning_rate: 0.5, longest_ngram: 4}
compression: {kept_rows: 2500}
addition: {invented_lines: 20, epochs: 8, fewest_lines: 30, folds: 3}
"""


@cache
def lines(tag: str) -> tuple[str, ...]:
    """Different lines in a language, each of some words of its declaration."""
    words = _texts()[DECLARATIONS[tag]].split()
    if len(words) < 120:  # scripts without spaces
        words = [text[at : at + 6] for text in words for at in range(0, len(text), 6)]
    return tuple(" ".join(words[at : at + 5]) for at in range(0, len(words) - 5, 2))


@cache
def _texts() -> dict[str, str]:
    found = {}
    for path in sorted((SAMPLES / "text" / "udhr").glob("*.jsonl.gz")):
        for line in gzip.decompress(path.read_bytes()).split(b"\n"):
            if line:
                record = json.loads(line)
                found[record["id"]] = record["text"]
    return found


def table(tags) -> str:
    """Lines in some languages, as a table of tags and texts."""
    return "".join(f"{tag}\t{line}\n" for tag in tags for line in lines(tag))


def write(folder: Path, tags=tuple(DECLARATIONS), name="text.tsv") -> Path:
    """A file of labelled lines."""
    path = folder / name
    path.write_text(table(tags), encoding="utf-8")
    return path


def write_recipe(folder: Path) -> Path:
    """A file with the small recipe."""
    path = folder / "recipe.yaml"
    path.write_text(RECIPE, encoding="utf-8")
    return path

"""Reference text for the tests: pages of the samples, and text made for one purpose."""

import random
from functools import cache

import polars as pl

from lang_models.calibrate import Aim, Sample, sample
from lang_models.reference import Neighbours
from pipelines.reference_text import of_language, read_texts
from tests.runs import SAMPLES

DAY = "2026-11-25"
AIM = Aim(DAY)
NOBODY = Neighbours(tags={}, source=f"Nobody was asked, {DAY}")
#: Pages of manuals in many languages, as four sources.
PAGES = tuple(
    str(SAMPLES / "text" / name)
    for name in (
        "help/pages.jsonl.gz",
        "help/varieties.jsonl.gz",
        "installation-guide",
        "manuals",
    )
)


@cache
def pages(tag: str) -> Sample:
    """The pages of the samples in one language."""
    return sample.choose(tag, of_language(_rows(), tag), None)


@cache
def _rows() -> pl.DataFrame:
    return read_texts(PAGES, unit="file", text_key="text", language_key="hint")


def made(tag: str = "swh_Latn", **sources: list[str]) -> Sample:
    """A sample of the given texts by source."""
    rows = [(name, text) for name, texts in sources.items() for text in texts]
    return Sample(tag, pl.DataFrame(rows, schema=["source", "text"], orient="row"), {})


def sentences(words: list[str], count: int, length: int = 12, seed: int = 1) -> list[str]:
    """Sentences of words drawn by lot, the same every time."""
    chance = random.Random(seed)
    return [" ".join(chance.choices(words, k=length)) + "." for _ in range(count)]


def in_pages(lines: list[str], size: int = 12) -> list[list[str]]:
    """The lines, so many a page."""
    return [lines[start : start + size] for start in range(0, len(lines), size)]

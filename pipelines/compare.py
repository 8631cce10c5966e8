"""Compares texts with the passages of evaluation sets that lie in a release."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from lang_models.passages import overlap
from lang_models.tokens import tokenise
from pipelines.evaluation import read_passages


def compare(passages: Sequence[Path], texts: pl.Series) -> pl.DataFrame:
    """How many passages of each file each text holds.

    Args:
        passages: files of `evaluation.PASSAGES`.
        texts: strings; null holds nothing.

    Returns:
        One Int64 column a file, named by its place: "0", "1" …; a row a text.
    """
    tokens = tokenise(texts)
    return pl.DataFrame(
        {
            str(at): overlap(tokens, read_passages(str(path), path.stat().st_mtime_ns)).matches
            for at, path in enumerate(passages)
        }
    )

"""Our inference beside fastText's own, on the same segments of the same text.

usage: python -m tests.benchmarks.fasttext_alone INPUT_DIR [--model FILE] [--lines]

INPUT_DIR holds JSONL with `text`. Printed as JSON: megabytes, how much of it is shown to the
model, and CPU seconds for cutting and counting, for fastText's predict, for ours, and for the
whole identification; and the greatest difference of a probability. `--lines` takes each line of
the texts for a document. Where the processor is shared, take the best of several calls.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import polars as pl

from lang_models.classifier import GUESSES, LEAST_PROBABILITY, Classifier, Guesses
from lang_models.fasttext_library import library
from lang_models.identify import Identifier
from lang_models.preparation import of_file
from lang_models.weights import packaged
from lang_models.windows import cut
from tests.benchmarks.language_sets import digest_of

BATCH = 20_000
T = TypeVar("T")


def main() -> None:
    """Times both on batches of documents; reading the files is not counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", type=Path, default=packaged().path)
    parser.add_argument("--lines", action="store_true", help="a line is a document")
    given = parser.parse_args()
    spent: dict[str, float] = {}
    told = {"documents": 0.0, "segments": 0.0, "mb": 0.0, "mb_shown": 0.0, "difference": 0.0}
    both = _Both(given.model)
    both.warm()
    for batch in _batches(given.folder, by_line=given.lines):
        segments = both.run(batch, spent)
        told["documents"] += len(batch)
        told["segments"] += len(segments)
        told["mb"] += batch.str.len_bytes().sum() / 1e6
        told["mb_shown"] += segments.str.len_bytes().sum() / 1e6
        told["difference"] = max(told["difference"], both.difference)
    seconds = {f"cpu_seconds_{name}": round(value, 2) for name, value in spent.items()}
    print(json.dumps({"model": given.model.name} | told | seconds, indent=1))


class _Both:
    """A model as read by us and by the library."""

    def __init__(self, path: Path) -> None:
        self.own = Classifier(path)
        self.library = library().load_model(str(path)).f
        self.preparation = of_file(path)
        self.identifier = Identifier.load(str(path), digest_of(path))
        self.difference = 0.0

    def warm(self) -> None:
        """Loads what is compiled, so that it is not timed."""
        self.run(pl.Series(["habari za asubuhi", "def f(x): return {1: x}"]), {})

    def run(self, batch: pl.Series, spent: dict[str, float]) -> pl.Series:
        """Adds the CPU seconds of each part; the segments that both were asked about."""
        segments = _timed(spent, "cut", lambda: cut(batch).text)
        ended = (self.preparation.apply(segments) + "\n").to_list()
        theirs = _timed(spent, "fasttext", lambda: self._asked(ended))
        ours = _timed(spent, "own", lambda: self.own.best(segments))
        _timed(spent, "identify", lambda: self.identifier.identify(batch))
        _timed(spent, "judge", lambda: self.identifier.judge(batch))
        self.difference = self._apart(ours, *theirs)
        return segments

    def _asked(self, lines: list[str]) -> Any:  # the library has no types
        return self.library.multilinePredict(lines, GUESSES, LEAST_PROBABILITY, "strict")

    def _apart(self, ours: Guesses, _: Any, theirs: Any) -> float:
        """Of the best label's probability, over all lines that both have one for."""
        first = np.cumsum(ours.per_line) - ours.per_line
        best = [values[0] if len(values) else 0.0 for values in theirs]
        has_both = (ours.per_line > 0) & (np.array(best) > 0)
        own = ours.probability[first[has_both]]
        return float(np.abs(own - np.array(best)[has_both].clip(0, 1)).max(initial=0.0))


def _timed(spent: dict[str, float], name: str, work: Callable[[], T]) -> T:
    before = time.process_time()
    done = work()
    spent[name] = spent.get(name, 0.0) + time.process_time() - before
    return done


def _batches(folder: Path, *, by_line: bool) -> list[pl.Series]:
    batches = []
    for path in sorted(folder.glob("*.jsonl")):
        with path.open("rb") as file:
            text = pl.Series([json.loads(line)["text"] for line in file], dtype=pl.String)
        if by_line:
            text = text.str.split("\n").explode()
            text = text.filter(text.str.len_chars() > 0)
        batches += [text.slice(start, BATCH) for start in range(0, len(text), BATCH)]
    return batches


if __name__ == "__main__":
    main()

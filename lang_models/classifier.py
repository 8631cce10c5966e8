"""The classifier of a fastText model file: texts in, labels and probabilities out.

What it answers is what the fastText library answers, to a hundred-thousandth; why we do not ask
the library stands in docs/decisions/0007-own-inference-over-fasttext-models.md.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from lang_models.preparation import of_file
from lang_models.strings import buffers

#: Labels asked of the model for each text, and the least probability of each.
GUESSES = 5
LEAST_PROBABILITY = 0.01
#: Texts that go through the model together: the vectors of their words, each computed once,
#: stay in the processor's cache.
_LINES_AT_ONCE = 8192
_BYTES_AT_ONCE = 4_000_000


class Guesses(NamedTuple):
    """The most probable labels of each line, best first, one after another in flat arrays."""

    label: np.ndarray  # int64: place in `Classifier.labels`
    probability: np.ndarray  # float64, 0 to 1
    per_line: np.ndarray  # int64: how many labels each line has


class Classifier:
    """A fastText model that was read from a verified file; threads may share it.

    Attributes:
        labels: its labels, in the model's own order.

    Raises:
        InputError: the file is laid out like a fastText model but contradicts itself.
    """

    def __init__(self, path: Path) -> None:
        from lang_models.inference.reader import read  # noqa: PLC0415  # numba is slow to import

        self._model = read(path)
        self._preparation = of_file(path)
        self.labels: list[str] = self._model.labels

    def best(self, lines: pl.Series) -> Guesses:
        r"""The most probable labels of each line; none where nothing is probable.

        The guesses for a line do not depend on the other lines. Python's lock is not held.

        Args:
            lines: strings without nulls; what follows a \n is not looked at.
        """
        text, offsets = buffers(self._preparation.apply(lines))
        starts = [0]
        while starts[-1] < len(lines):
            starts.append(_end_of_part(offsets, starts[-1]))
        parts = [
            self._best(text, offsets[start : end + 1])
            for start, end in zip(starts, starts[1:] or [0], strict=False)
        ]
        return Guesses(*map(np.concatenate, zip(*parts, strict=True)))

    def _best(self, text: np.ndarray, offsets: np.ndarray) -> Guesses:
        from lang_models.inference import hidden, lexicon  # noqa: PLC0415
        from lang_models.inference.output import labels_of  # noqa: PLC0415
        from lang_models.inference.words import words_of  # noqa: PLC0415

        words = words_of(text, offsets)
        vectors, counts = hidden.of_words(self._model, text, words)
        best = labels_of(self._model.output, vectors, counts, GUESSES, LEAST_PROBABILITY)
        if self._model.lexicon is not None:
            lexicon.weigh(self._model.lexicon, words, best, LEAST_PROBABILITY)
        is_guess = np.arange(GUESSES) < best.held[:, None]
        return Guesses(best.label[is_guess], best.probability[is_guess].clip(0.0, 1.0), best.held)


def _end_of_part(offsets: np.ndarray, start: int) -> int:
    """Where the lines end that go through the model together with the line at `start`."""
    within = int(np.searchsorted(offsets, offsets[start] + _BYTES_AT_ONCE, "right")) - 1
    return max(min(within, start + _LINES_AT_ONCE, len(offsets) - 1), start + 1)

"""fastText, and the only module that knows it: lines in, labels and probabilities out."""

from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from lang_models.weights import refuse

#: Labels asked of the model for each segment, and the least probability of each. fastText leaves
#: out of its search what is less probable, so that five cost no more than one (1.2 s against
#: 1.6 s without a least, on the 31,604 segments of 8,000 documents; measured 2026-11-23).
GUESSES = 5
LEAST_PROBABILITY = 0.01
#: fastText answers with Python objects, about 400 bytes a line; so many lines are held at once.
_LINES_AT_ONCE = 32_768


class Guesses(NamedTuple):
    """The most probable labels of each line, best first, one after another in flat arrays."""

    label: np.ndarray  # int64: place in `Classifier.labels`
    probability: np.ndarray  # float64, 0 to 1
    per_line: np.ndarray  # int64: how many labels each line has


class Classifier:
    """A fastText model that was loaded from a verified file.

    Attributes:
        labels: its labels, in the model's own order.
    """

    def __init__(self, path: Path) -> None:
        import fasttext  # noqa: PLC0415  half a second that most commands do not need

        try:
            self._model = fasttext.load_model(str(path))
        except (ValueError, MemoryError, RuntimeError):
            refuse(path, "has the layout of a fastText model but fastText cannot read it")
        self.labels: list[str] = self._model.get_labels()
        self._place = {label: place for place, label in enumerate(self.labels)}

    def best(self, lines: list[str]) -> Guesses:
        r"""The most probable labels of each line; none where nothing is probable.

        Args:
            lines: each ends in its only \n, as fastText learnt to expect.
        """
        starts = range(0, max(len(lines), 1), _LINES_AT_ONCE)
        parts = [self._best(lines[start : start + _LINES_AT_ONCE]) for start in starts]
        return Guesses(*map(np.concatenate, zip(*parts, strict=True)))

    def _best(self, lines: list[str]) -> Guesses:
        labels, probabilities = self._model.f.multilinePredict(
            lines, GUESSES, LEAST_PROBABILITY, "strict"
        )
        places = map(self._place.__getitem__, chain.from_iterable(labels))
        flat = np.concatenate([np.zeros(0, np.float32), *probabilities])
        return Guesses(
            label=np.fromiter(places, np.int64, len(flat)),
            probability=flat.astype(np.float64).clip(0.0, 1.0),
            per_line=np.fromiter(map(len, labels), np.int64, len(lines)),
        )

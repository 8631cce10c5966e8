"""Right and wrong calls counted by language, and the rates that follow."""

from typing import NamedTuple

import numpy as np

from lang_models.evaluation.calls import Calls


class Counts(NamedTuple):
    """How often each language was the gold, was called, and was called rightly; int64[tags]."""

    gold: np.ndarray
    called: np.ndarray
    right: np.ndarray

    def precision(self) -> np.ndarray:
        """Share of the calls that were right; NaN where there were none."""
        return _share(self.right, self.called)

    def recall(self) -> np.ndarray:
        """Share of the gold that was called; NaN where there was none."""
        return _share(self.right, self.gold)

    def f1(self) -> np.ndarray:
        """Harmonic mean of the two, 0 where neither gold nor call was right; NaN without both."""
        return _share(2 * self.right, self.gold + self.called)

    def macro_f1(self) -> float:
        """The mean of F1 over the languages that are gold; 0 without any."""
        of_gold = self.f1()[self.gold > 0]
        return float(of_gold.mean()) if len(of_gold) else 0.0


def count(calls: Calls, rows: np.ndarray | None = None) -> Counts:
    """The counts of all rows, or of some, each as often as it stands there."""
    gold, called = calls.gold, calls.called
    if rows is not None:
        gold, called = gold[rows], called[rows]
    size = len(calls.tags)
    return Counts(
        np.bincount(gold, minlength=size),
        np.bincount(called, minlength=size),
        np.bincount(gold[gold == called], minlength=size),
    )


class Confusion(NamedTuple):
    """One language called another."""

    gold: int
    called: int
    rows: int


def confusions(calls: Calls) -> list[Confusion]:
    """All pairs that were confused, the most frequent first, then by their numbers."""
    wrong = ~calls.is_right
    size = len(calls.tags)
    pairs, counts = np.unique(calls.gold[wrong] * size + calls.called[wrong], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return [
        Confusion(int(pair) // size, int(pair) % size, int(number))
        for pair, number in zip(pairs[order], counts[order], strict=True)
    ]


class Draws(NamedTuple):
    """The same rates of rows drawn again and again."""

    f1: np.ndarray  # float64[draws, tags]; NaN where nothing was drawn
    macro_f1: np.ndarray  # float64[draws]


#: So many draws put the ends of a 95 % interval within about a tenth of its width
#: (Efron and Tibshirani 1993, chapter 19, advise 1,000 for a paper).
_DRAWS = 400
_SEED = 20261125


def draw(calls: Calls) -> Draws:
    """F1 of samples as large as the rows, drawn with putting back; always the same draws."""
    chance = np.random.default_rng(_SEED)
    rows = len(calls.gold)
    counted = [count(calls, chance.integers(rows, size=rows)) for _ in range(_DRAWS if rows else 0)]
    f1 = np.array([one.f1() for one in counted]).reshape(len(counted), len(calls.tags))
    return Draws(f1, np.array([one.macro_f1() for one in counted]))


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)

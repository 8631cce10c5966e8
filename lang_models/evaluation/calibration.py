"""What raw scores are worth, language by language, learnt from text with known language.

The curves and thresholds that come out stand in the model's card; `lang_models.cards` applies
them.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from lang_models.cards import ANY
from lang_models.evaluation.calls import Calls

#: A language has a curve of its own from so many calls on, and thresholds of its own from so
#: many texts on; with fewer its interval would span a third of all probabilities (Wilson 1927).
FEWEST_CALLS = 30
#: A curve has no more points than this: more would follow the noise of some hundred texts.
_MOST_KNOTS = 8
_FEWEST_IN_KNOT = 10
PRECISIONS = ("0.9", "0.95", "0.99")
RECALLS = ("0.9", "0.95", "0.99")
Entry = TypeVar("Entry")


class Learnt(NamedTuple):
    """The two parts of a card that decide what a run believes.

    Attributes:
        calibration: tag to `x` and `y`, see `lang_models.cards`.
        thresholds: tag to `for_precision` and `for_recall`.
    """

    calibration: dict[str, dict[str, list[float]]]
    thresholds: dict[str, dict[str, dict[str, float | None]]]


def learn(calls: Calls) -> Learnt:
    """Curves and thresholds of all languages with enough text, and of `*` for the others."""
    everything = np.ones(len(calls.gold), bool)
    calibration = {ANY: curve(calls.raw_score, calls.is_right)}
    thresholds = {ANY: _thresholds(calls.raw_score, calls.is_right, everything)}
    for number, tag in enumerate(calls.tags):
        is_called, is_gold = calls.called == number, calls.gold == number
        if is_called.sum() >= FEWEST_CALLS:
            calibration[tag] = curve(calls.raw_score[is_called], calls.is_right[is_called])
        if min(is_called.sum(), is_gold.sum()) >= FEWEST_CALLS:
            either = is_called | is_gold
            raw = np.where(is_called, calls.raw_score, -1.0)[either]
            thresholds[tag] = _thresholds(raw, calls.is_right[either], is_gold[either])
    return Learnt(calibration, thresholds)


def curve(raw: np.ndarray, is_right: np.ndarray) -> dict[str, list[float]]:
    """How often calls are right, as a line that never falls, through a few points.

    The calls are parted by their score into groups of about the same size; groups that fall are
    joined until none does (isotonic regression by pooling adjacent violators), and each is a
    point at its mean score. A group counts two calls more, one of them right, so that a few
    calls that were all right are not taken for certainty.

    Args:
        raw: float64, scores of calls.
        is_right: bool.

    Returns:
        `x`, rising, and `y`, never falling. No calls: one point at 0.

    Source: Ayer et al. 1955, doi:10.1214/aoms/1177728423; Zadrozny and Elkan 2002,
    doi:10.1145/775047.775151; Laplace's rule of succession.
    """
    if not len(raw):
        return {"x": [0.0], "y": [0.0]}
    order = np.argsort(raw, kind="stable")
    groups = int(np.clip(len(raw) // _FEWEST_IN_KNOT, 1, _MOST_KNOTS))
    pooled: list[tuple[float, int, int]] = []  # sum of scores, right calls, calls
    for part in np.array_split(order, groups):
        pooled.append((float(raw[part].sum()), int(is_right[part].sum()), len(part)))
        while len(pooled) > 1 and _share(pooled[-2]) >= _share(pooled[-1]):
            last = pooled.pop()
            before = pooled.pop()
            pooled.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    points: dict[float, float] = {}
    for total, right, count in pooled:
        points[round(total / count, 4)] = round(_share((total, right, count)), 4)
    return {"x": list(points), "y": list(points.values())}


def _share(group: tuple[float, int, int]) -> float:
    return (group[1] + 1) / (group[2] + 2)


def _thresholds(
    raw: np.ndarray, is_right: np.ndarray, is_gold: np.ndarray
) -> dict[str, dict[str, float | None]]:
    """The least raw score for each stated precision, and the greatest for each recall.

    Args:
        raw: scores of calls of the language; -1 where it was not called.
        is_right: bool, the call was right.
        is_gold: bool, the text is in the language.
    """
    order = np.argsort(-raw, kind="stable")
    called = int((raw >= 0).sum())
    score = raw[order][:called]
    right = np.cumsum(is_right[order][:called])
    is_last = np.r_[score[1:] != score[:-1], [True]][:called]  # all calls with the score are in
    precision = np.where(is_last, right / np.arange(1, called + 1), 0.0)
    recall = np.where(is_last, right / max(int(is_gold.sum()), 1), 0.0)
    return {
        "for_precision": {
            aim: _lowest(score, precision >= float(aim), FEWEST_CALLS // 3) for aim in PRECISIONS
        },
        # Where even all calls together are too few, all of them are believed.
        "for_recall": {aim: _highest(score, recall >= float(aim)) or 0.0 for aim in RECALLS},
    }


def _lowest(score: np.ndarray, is_enough: np.ndarray, fewest: int) -> float | None:
    """The least score that is enough; with fewer calls than that, a streak of luck is not."""
    places = np.flatnonzero(is_enough)
    places = places[places >= min(fewest, len(score)) - 1]
    return _down(score[places[-1]]) if len(places) else None


def _highest(score: np.ndarray, is_enough: np.ndarray) -> float | None:
    places = np.flatnonzero(is_enough)
    return _down(score[places[0]]) if len(places) else None


def _down(score: float) -> float:
    """Rounded down, so that the calls that it was measured on pass it."""
    return float(np.floor(min(score, 1.0) * 10_000) / 10_000)


def merged(below: Learnt, above: Learnt, tags: Sequence[str]) -> Learnt:
    """The curves and thresholds of one model, those of some languages from another."""
    return Learnt(
        _with(below.calibration, above.calibration, tags),
        _with(below.thresholds, above.thresholds, tags),
    )


def _with(
    below: dict[str, Entry], above: dict[str, Entry], tags: Sequence[str]
) -> dict[str, Entry]:
    kept = {tag: it for tag, it in below.items() if tag not in tags}
    return kept | {tag: above[tag] for tag in tags if tag in above}

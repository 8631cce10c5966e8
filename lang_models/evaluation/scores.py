"""What a score is worth: what is kept and lost at a threshold, and how often a score is right."""

from typing import Any, NamedTuple

import numpy as np

from lang_models.evaluation.calls import Calls
from lang_models.evaluation.intervals import Interval, wilson

#: Where the cost of a threshold is told.
AT_SCORES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
_BINS = 10


class Cost(NamedTuple):
    """What a threshold does to the rows.

    Attributes:
        score: only calls with at least this score are believed.
        kept: right calls that are believed.
        lost: right calls that are not.
        false: wrong calls that are believed.
    """

    score: float
    kept: int
    lost: int
    false: int


def costs(score: np.ndarray, is_right: np.ndarray) -> list[Cost]:
    """The cost at each of `AT_SCORES`.

    >>> costs(np.array([0.2, 0.9]), np.array([True, False]))[3]
    Cost(score=0.3, kept=0, lost=1, false=1)
    """
    found = []
    for least in AT_SCORES:
        is_believed = score >= least
        kept = int((is_right & is_believed).sum())
        lost = int(is_right.sum()) - kept
        found.append(Cost(least, kept, lost, int((~is_right & is_believed).sum())))
    return found


def reliability(calls: Calls) -> dict[str, Any]:
    """How often calls were right, beside the score they had: in ten bins from 0 to 1.

    Returns:
        `bins`, each with its bounds, rows, mean score and the share that was right with its
        interval; `expected_calibration_error`, the mean distance of the two over all rows.

    Source: Niculescu-Mizil and Caruana 2005, doi:10.1145/1102351.1102430 (the diagram); Guo et
    al. 2017, arXiv:1706.04599 (the error).
    """
    score, is_right = calls.score, calls.is_right
    place = np.minimum((score * _BINS).astype(np.int64), _BINS - 1)
    bins, error = [], 0.0
    for number in range(_BINS):
        inside = place == number
        rows = int(inside.sum())
        right = int((inside & is_right).sum())
        mean = float(score[inside].mean()) if rows else None
        if mean is not None:
            error += abs(mean * rows - right)
        bins.append(
            {
                "from": number / _BINS,
                "to": (number + 1) / _BINS,
                "rows": rows,
                "mean_score": rounded(mean),
                "right_share": told(wilson(right, rows)),
            }
        )
    return {"bins": bins, "expected_calibration_error": rounded(error / max(len(score), 1))}


def told(interval: Interval) -> dict[str, float | None]:
    """An interval for JSON: `value`, `low` and `high`."""
    return {name: rounded(value) for name, value in interval._asdict().items()}


def rounded(value: float | None) -> float | None:
    """Four places after the point: more would be noise, and makes files differ for nothing."""
    return None if value is None or np.isnan(value) else round(float(value), 4)

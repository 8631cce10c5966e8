"""Limits from samples, with the sureness that their size allows.

The 99 % quantile of forty documents is a guess. What is asked here is another question: which
value has, with a confidence of 95 %, at most 1 % of all text of this kind beyond it? The answer
is one of the greatest values of the sample; which one follows from the binomial distribution,
whatever the measure's own distribution is. Below 299 documents there is no answer.

Source: Wilks 1941, Annals of Mathematical Statistics 12(1), doi:10.1214/aoms/1177731788.
"""

import math
from typing import Literal

import numpy as np

Side = Literal["min", "max"]


def least_sample(share: float, confidence: float) -> int:
    """How many documents it takes before any limit can be given.

    Args:
        share: of all text that may lie beyond the limit, above 0 and below 1.
        confidence: how sure that has to be, above 0 and below 1.

    >>> least_sample(0.01, 0.95), least_sample(0.05, 0.95)
    (299, 59)
    """
    return math.ceil(math.log(1 - confidence) / math.log(1 - share))


def allowed_beyond(count: int, share: float, confidence: float) -> int:
    """How many of a sample may lie beyond a limit so that at most `share` of all text does.

    Args:
        count: size of the sample.
        share: as above.
        confidence: as above.

    Returns:
        The most that still gives the confidence; -1 when the sample is too small for any.

    >>> allowed_beyond(298, 0.01, 0.95), allowed_beyond(299, 0.01, 0.95)
    (-1, 0)
    >>> allowed_beyond(10_000, 0.01, 0.95)
    83
    """
    if count < least_sample(share, confidence):
        return -1
    most = np.arange(1, count + 1)
    steps = np.log((count - most + 1) / most) + math.log(share) - math.log1p(-share)
    log_chances = np.r_[0.0, np.cumsum(steps)] + count * math.log1p(-share)
    fewer_than = np.cumsum(np.exp(log_chances))  # chance of 0 to k of them beyond `share`
    return int(np.searchsorted(fewer_than, 1 - confidence, side="right")) - 1


def tolerance_limit(
    values: np.ndarray, side: Side, share: float, confidence: float
) -> float | None:
    """The value beyond which at most `share` of all text lies, with this confidence.

    Args:
        values: the sample, in any order, without NaN.
        side: "max" when what is greater lies beyond it, "min" when what is smaller does.
        share: as above.
        confidence: as above.

    Returns:
        One of the values; None when they are too few.

    >>> tolerance_limit(np.arange(1000.0), "max", 0.01, 0.95)
    995.0
    >>> tolerance_limit(np.arange(1000.0), "min", 0.01, 0.95)
    4.0
    """
    beyond = allowed_beyond(len(values), share, confidence)
    if beyond < 0:
        return None
    place = beyond if side == "min" else len(values) - 1 - beyond
    return float(np.partition(values, place)[place])

"""How far a measured rate may lie from the true one."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

#: Of the normal distribution: 95 % lie within so many standard deviations.
_Z_95 = 1.959963984540054


class Interval(NamedTuple):
    """A rate with the bounds between which the true one lies in 95 of 100 such measurements."""

    value: float | None  # null where there is nothing to measure
    low: float
    high: float


def wilson(part: int, whole: int) -> Interval:
    """A share with its 95 % interval; of nothing, no value and bounds 0 and 1.

    Source: Wilson 1927, doi:10.1080/01621459.1927.10502953. It stays within 0 and 1 and holds
    for small counts and for shares of 0 and 1, where the normal interval collapses.

    >>> [round(bound, 3) for bound in wilson(18, 20)]
    [0.9, 0.699, 0.972]
    >>> wilson(0, 0)
    Interval(value=None, low=0.0, high=1.0)
    """
    if whole == 0:
        return Interval(None, 0.0, 1.0)
    share, z2 = part / whole, _Z_95**2
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = _Z_95 * np.sqrt(share * (1 - share) / whole + z2 / (4 * whole**2)) / (1 + z2 / whole)
    low, high = float(middle - half), float(middle + half)  # may be off in the last digit
    return Interval(share, min(max(low, 0.0), share), max(min(high, 1.0), share))


def percentile(value: float | None, draws: np.ndarray) -> Interval:
    """A value with the middle 95 % of what repeated draws gave.

    Args:
        value: measured on all rows.
        draws: float64, the same of rows drawn with putting back; NaN where nothing was drawn.

    Source: Efron 1979, doi:10.1214/aos/1176344552.

    >>> percentile(0.5, np.array([0.4, 0.5, 0.6]))
    Interval(value=0.5, low=0.405, high=0.595)
    """
    drawn = draws[~np.isnan(draws)]
    if value is None or not len(drawn):
        return Interval(None, 0.0, 1.0)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Interval(value, round(float(low), 6), round(float(high), 6))


def shown(rate: Mapping[str, float | None]) -> str:
    """A rate of a report or card for people; empty where there was nothing to measure.

    >>> shown({"value": 0.9, "low": 0.699, "high": 0.9721})
    '0.900 (0.699 to 0.972)'
    """
    if rate["value"] is None:
        return ""
    return f"{rate['value']:.3f} ({rate['low']:.3f} to {rate['high']:.3f})"

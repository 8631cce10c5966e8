"""A share of a count, with the bounds between which the true one lies."""

from dataclasses import dataclass
from math import sqrt

#: Of the normal distribution: 95 % lie within so many standard deviations.
_Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Rate:
    """So many of so many.

    Args:
        part: those that are so.
        whole: all that were asked.
    """

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """The share; none of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def bounds(self) -> tuple[float, float]:
        """The 95 % interval; of nothing, 0 and 1.

        Source: Wilson 1927, doi:10.1080/01621459.1927.10502953. It stays within 0 and 1 and
        holds for small counts and for shares of 0 and 1.

        >>> [round(bound, 3) for bound in Rate(18, 20).bounds]
        [0.699, 0.972]
        """
        if not self.whole:
            return 0.0, 1.0
        share, z2 = self.part / self.whole, _Z_95**2
        middle = (share + z2 / (2 * self.whole)) / (1 + z2 / self.whole)
        spread = share * (1 - share) / self.whole + z2 / (4 * self.whole**2)
        half = _Z_95 * sqrt(spread) / (1 + z2 / self.whole)
        # The last digit may be off.
        return min(max(middle - half, 0.0), share), max(min(middle + half, 1.0), share)

    def as_dict(self) -> dict[str, int | float | None]:
        """For a record: counts, share and bounds.

        >>> Rate(0, 0).as_dict()
        {'part': 0, 'whole': 0, 'share': None, 'low': 0.0, 'high': 1.0}
        """
        low, high = self.bounds
        share = None if self.share is None else round(self.share, 6)
        return {
            "part": self.part,
            "whole": self.whole,
            "share": share,
            "low": round(low, 6),
            "high": round(high, 6),
        }

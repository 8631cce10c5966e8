"""Is the text of a run like the text that its limits were measured on?

A limit fits the text that it was made from. When a later text has another orthography, has lost
its spaces, or is of another kind altogether, its documents still pass or fail, but no longer for
the right reasons. So the measures of every language are held against the quantiles in its
profile, which stand in `run.json`.

The statistic is the distance of Kolmogorov and Smirnov at these quantiles: the largest difference
between the share of the reference text and the share of the run's documents that lie at or below
a value. It counts only as far as it is more than chance: less what two samples of these sizes
from one text may differ by (Smirnov 1948, doi:10.1214/aoms/1177730256). Which distance is too
large is a measured limit for each measure; docs/report.md says how it was found.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from governance.release_folder import Release, read_parts

#: Chance of a false warning in a run, over all its languages and measures.
_ERROR = 0.05
#: Quantiles stand in the profiles with four digits.
_ROUNDING = 1e-3
_NAMES = ("tag", "quality")


@dataclass(frozen=True)
class Drift:
    """One measure of one language, in the run and in the reference text.

    Args:
        tag: the language.
        measure: the measure.
        documents: of the run that were compared, kept or not.
        distance: 0 where they are alike, 1 where no value is shared.
        surplus: the distance less what chance may do.
        limit: beyond which it is too far.
        direction: whether the run's values are `greater` or `smaller`.
        at: the quantiles of the reference text.
        below: the share of the run's documents at or below each of them.
    """

    tag: str
    measure: str
    documents: int
    distance: float
    surplus: float
    limit: float
    direction: str
    at: tuple[float, ...]
    below: tuple[float, ...]

    @property
    def is_too_far(self) -> bool:
        """More than the limit, and more than chance."""
        return self.surplus > self.limit


def drifts(release: Release) -> tuple[Drift, ...]:
    """Every measure of every language that has a reference, compared.

    Args:
        release: an open release. Documents count that were measured in a language, whatever
            became of them.

    Returns:
        By language and measure. A release that states no reference, or no documents in such
        languages: none.
    """
    stated = release.run.get("reference") or {}
    languages: dict[str, Any] = stated.get("languages") or {}
    if not languages:
        return ()
    counted = {tag: _Counted(spreads) for tag, spreads in languages.items()}
    for shard in release.shards:
        for part in read_parts(release, shard, _NAMES):
            measured = part.drop_nulls("quality").filter(pl.col("tag").is_in(list(counted)))
            for (tag,), frame in measured.group_by("tag"):
                counted[str(tag)].add(frame["quality"].struct.unnest())
    pairs = [(tag, name) for tag, one in sorted(counted.items()) for name in one.known()]
    shares = tuple(stated["quantiles"])
    return tuple(counted[tag].drift(tag, name, shares, len(pairs)) for tag, name in pairs)


class _Counted:
    """How many documents of a language lie at or below, and below, each quantile."""

    def __init__(self, spreads: dict[str, dict[str, Any]]) -> None:
        self._spreads = spreads
        self._documents = dict.fromkeys(spreads, 0)
        self._up_to = {name: np.zeros(len(one["at"]), np.int64) for name, one in spreads.items()}
        self._below = {name: np.zeros(len(one["at"]), np.int64) for name, one in spreads.items()}

    def add(self, quality: pl.DataFrame) -> None:
        """Counts some documents."""
        for name, spread in self._spreads.items():
            column, least = spread["applies"]
            if name not in quality.columns or column not in quality.columns:
                continue  # a release of an earlier version
            values = quality.filter(pl.col(column) >= least)[name].drop_nulls().to_numpy()
            at = np.array(spread["at"])
            ordered = np.sort(values.astype(np.float64))
            self._documents[name] += len(ordered)
            self._up_to[name] += np.searchsorted(ordered, at * (1 + _ROUNDING), side="right")
            self._below[name] += np.searchsorted(ordered, at * (1 - _ROUNDING), side="left")

    def known(self) -> list[str]:
        """The measures that any document has."""
        return [name for name, documents in self._documents.items() if documents]

    def drift(self, tag: str, name: str, shares: tuple[float, ...], compared: int) -> Drift:
        """The measure beside its reference, as one of so many that are compared."""
        spread, documents = self._spreads[name], self._documents[name]
        up_to, below = self._up_to[name] / documents, self._below[name] / documents
        greater = float(np.max(np.array(shares) - up_to))
        smaller = float(np.max(below - np.array(shares)))
        distance = max(greater, smaller, 0.0)
        sizes = 1 / documents + 1 / int(spread["n"])
        chance = math.sqrt(math.log(2 * compared / _ERROR) / 2 * sizes)
        return Drift(
            tag=tag,
            measure=name,
            documents=documents,
            distance=distance,
            surplus=max(distance - chance, 0.0),
            limit=float(spread["limit"]),
            direction="greater" if greater >= smaller else "smaller",
            at=tuple(spread["at"]),
            below=tuple(up_to.tolist()),
        )

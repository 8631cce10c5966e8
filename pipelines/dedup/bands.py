"""How a signature is cut into bands, so that similar documents meet.

Two documents are compared if one band of their signatures is the same. Every
pair that meets is verified afterwards, so bands are chosen for recall: as many
rows in a band as still let 98 % of the pairs exactly at the threshold meet.

Source: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3rd ed.
2020, section 3.4. At 0.75 the rule gives the 21 x 6 that datasketch's optimiser
finds with a weight of 0.99 on recall; at other thresholds that optimiser bounds
the mean over all similarities above, not what is found at the threshold itself
(32 x 4 at 0.5 with 0.9, 87 %), and it would load SciPy.
"""

from dataclasses import dataclass

from pipelines.dedup.signature import PERMUTATIONS

RECALL_AT_THRESHOLD_SHARE = 0.98


@dataclass(frozen=True, slots=True)
class Banding:
    """A signature cut into `bands` bands of `rows` numbers each."""

    bands: int
    rows: int


def banding(threshold: float) -> Banding:
    """The bands for a threshold: the longest that find 98 % of the pairs at it.

    Args:
        threshold: the Jaccard similarity from which two documents count as
            copies, above 0 and up to 1.

    Returns:
        At least one band of at least one row. Below 0.03 even 128 bands of one
        row find less than 98 %; that is what is returned then.

    Raises:
        ValueError: the threshold is not above 0 and up to 1.

    >>> banding(0.75)
    Banding(bands=21, rows=6)
    >>> banding(1.0)
    Banding(bands=1, rows=128)
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold is above 0 and up to 1, got {threshold}")
    for rows in range(PERMUTATIONS, 1, -1):
        bands = PERMUTATIONS // rows
        if meeting_share(threshold, Banding(bands, rows)) >= RECALL_AT_THRESHOLD_SHARE:
            return Banding(bands, rows)
    return Banding(PERMUTATIONS, 1)


def meeting_share(similarity: float, cut: Banding) -> float:
    """Share of the pairs of this Jaccard similarity that meet in some band.

    >>> round(meeting_share(0.75, Banding(21, 6)), 4)
    0.9837
    """
    return 1.0 - (1.0 - similarity**cut.rows) ** cut.bands


def s_curve(cut: Banding) -> dict[str, float]:
    """What the bands find at each similarity, for the record of a run.

    Returns:
        Similarity from "0.00" to "1.00" in steps of 0.05, to the share of
        pairs found, rounded to six places.

    >>> s_curve(Banding(21, 6))["0.80"]
    0.998312
    """
    steps = [step / 20 for step in range(21)]
    return {f"{step:.2f}": round(meeting_share(step, cut), 6) for step in steps}

"""Bands find what lies exactly at the threshold."""

import pytest
from datasketch import MinHashLSH

from pipelines.dedup.bands import (
    RECALL_AT_THRESHOLD_SHARE,
    Banding,
    banding,
    meeting_share,
    s_curve,
)

THRESHOLDS = [0.1, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99, 1.0]


def test_at_three_quarters_there_are_21_bands_of_6_as_datasketch_finds_with_weight_on_recall():
    theirs = MinHashLSH(threshold=0.75, num_perm=128, weights=(0.01, 0.99))
    assert banding(0.75) == Banding(21, 6) == Banding(theirs.b, theirs.r)


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_98_of_100_pairs_at_the_threshold_meet(threshold):
    cut = banding(threshold)
    assert cut.bands * cut.rows <= 128
    assert meeting_share(threshold, cut) >= RECALL_AT_THRESHOLD_SHARE


@pytest.mark.parametrize("threshold", THRESHOLDS[:-1])
def test_longer_bands_would_find_fewer(threshold):
    rows = banding(threshold).rows + 1
    assert meeting_share(threshold, Banding(128 // rows, rows)) < RECALL_AT_THRESHOLD_SHARE


def test_the_lowest_thresholds_get_one_row_a_band():
    assert banding(0.01) == Banding(128, 1)


@pytest.mark.parametrize("threshold", [0, -1, 1.01, float("nan")])
def test_a_threshold_outside_its_range_is_refused(threshold):
    with pytest.raises(ValueError, match="above 0 and up to 1"):
        banding(threshold)


def test_the_s_curve_rises_from_none_to_all():
    curve = s_curve(banding(0.75))
    assert next(iter(curve)) == "0.00"
    assert list(curve)[-1] == "1.00"
    assert list(curve.values()) == sorted(curve.values())
    assert (curve["0.00"], curve["0.75"], curve["1.00"]) == (0.0, 0.983687, 1.0)

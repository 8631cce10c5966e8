"""Limits from samples: how many may lie beyond, and how sure that is."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lang_models.calibrate.tolerance import allowed_beyond, least_sample, tolerance_limit


def _chance_of_fewer(count: int, share: float, most: int) -> float:
    """Of a sample of `count`, that at most `most` lie beyond a value that `share` lies beyond."""
    return sum(
        math.comb(count, few) * share**few * (1 - share) ** (count - few) for few in range(most + 1)
    )


def test_a_limit_for_one_per_cent_takes_299_documents():
    assert least_sample(0.01, 0.95) == 299
    assert allowed_beyond(298, 0.01, 0.95) == -1
    assert allowed_beyond(299, 0.01, 0.95) == 0


@given(st.integers(1, 600), st.sampled_from([0.01, 0.05, 0.2]), st.sampled_from([0.8, 0.95, 0.99]))
def test_no_more_may_lie_beyond_than_the_confidence_allows(count, share, confidence):
    most = allowed_beyond(count, share, confidence)
    if most >= 0:
        assert _chance_of_fewer(count, share, most) <= 1 - confidence + 1e-9
    assert _chance_of_fewer(count, share, most + 1) > 1 - confidence - 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_the_limit_holds_for_new_text_as_often_as_was_asked(seed):
    chance = np.random.default_rng(seed)
    held = 0
    for _ in range(300):
        limit = tolerance_limit(chance.lognormal(size=700), "max", 0.05, 0.9)
        held += np.mean(chance.lognormal(size=20_000) > limit) <= 0.05
    assert held / 300 > 0.84


def test_too_small_a_sample_gives_no_limit():
    assert tolerance_limit(np.arange(40.0), "max", 0.01, 0.95) is None
    assert tolerance_limit(np.zeros(0), "min", 0.01, 0.95) is None


@settings(max_examples=15)  # three hundred numbers each
@given(st.lists(st.floats(0, 1, width=32), min_size=299, max_size=400))
def test_both_sides_are_each_others_mirror(values):
    sample = np.array(values)
    upper = tolerance_limit(sample, "max", 0.01, 0.95)
    assert upper == -tolerance_limit(-sample, "min", 0.01, 0.95)

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lang_models.calls import Fitting, best, body_weight, probability_of, rank, votes

PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 9)), max_size=20)


@given(PAIRS)
def test_the_ranking_is_the_sum_of_the_votes_best_first(pairs):
    row, tag, weight = (
        (np.array(column, np.int64) for column in zip(*pairs, strict=True))
        if pairs
        else (np.zeros(0, np.int64),) * 3
    )
    ranking = rank(row, tag, weight.astype(float), np.full(4, 2.0))
    expected = {}
    for one_row, one_tag, one_weight in pairs:
        expected[one_row, one_tag] = expected.get((one_row, one_tag), 0) + one_weight / 2
    order = sorted(expected, key=lambda pair: (pair[0], -expected[pair], pair[1]))
    assert list(zip(ranking.row.tolist(), ranking.tag.tolist(), strict=True)) == order
    assert ranking.weight.tolist() == [expected[pair] for pair in order]


def test_a_vote_is_the_probability_times_the_weight_of_its_segment():
    guesses = Fitting(np.array([0, 1]), np.array([4, 2]), np.array([0.5, 0.25]))
    found = votes(guesses, row=np.array([0, 7]), weight=np.array([10.0, 100.0]))
    assert found.row.tolist() == [0, 7]
    assert found.tag.tolist() == [4, 2]
    assert found.weight.tolist() == [5.0, 25.0]


def test_short_lines_weigh_little_and_long_ones_what_they_hold():
    weight = body_weight(np.array([60.0, 60.0, 400.0]), np.array([1, 6, 2]))
    assert weight.tolist() == [60.0, 60 / 16, 400.0]


def test_the_best_tag_of_a_document_is_its_first_and_none_is_minus_one():
    ranking = rank(np.array([0, 0, 2]), np.array([3, 5, 1]), np.array([1.0, 2, 1]), np.ones(3))
    assert best(ranking, 4).tolist() == [5, -1, 1, -1]


def test_what_a_segment_gives_to_a_tag_is_zero_where_it_is_no_guess():
    guesses = Fitting(np.array([0, 0, 2]), np.array([4, 7, 7]), np.array([0.6, 0.3, 0.9]))
    assert probability_of(np.array([7, 7, 7]), guesses).tolist() == [0.3, 0.0, 0.9]

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lang_models.calls import own_tags, rank, votes

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


def test_a_guess_in_the_wrong_script_has_no_vote():
    found = votes(
        tag=np.array([4, -1, 2]),
        probability=np.array([0.5, 0.4, 0.25]),
        segment=np.array([0, 0, 1]),
        row=np.array([0, 7]),
        content=np.array([10.0, 100.0]),
    )
    assert found.row.tolist() == [0, 7]
    assert found.tag.tolist() == [4, 2]
    assert found.weight.tolist() == [5.0, 25.0]


def test_a_segment_is_called_by_its_first_guess_that_fits_or_else_unknown():
    own = own_tags(
        tag=np.array([-1, 3, 1, -1]),
        segment=np.array([0, 0, 1, 2]),
        otherwise=np.array([9, 9, 8, 7]),
    )
    assert own.tolist() == [3, 1, 8, 7]

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lang_models.spans import merge

#: Segments: document, whether a new window begins, tag, lines and letters.
SEGMENTS = st.lists(
    st.tuples(
        st.integers(0, 3), st.booleans(), st.integers(0, 2), st.integers(1, 4), st.integers(1, 90)
    ),
    max_size=30,
)


def spans(segments):
    """The spans of segments that follow each other line by line in each document."""
    ordered = sorted(segments, key=lambda one: one[0])
    columns = [np.array(column, np.int64) for column in zip(*ordered, strict=True)]
    row, is_new, tag, lines, letters = columns or [np.zeros(0, np.int64)] * 5
    window = np.cumsum(is_new | np.r_[True, row[1:] != row[:-1]][: len(row)])
    before = np.cumsum(lines) - lines
    line = before - before[np.searchsorted(row, row)] if len(row) else before
    return merge(window, row, tag, line, lines, letters), (window, row, tag, line, lines, letters)


@given(SEGMENTS)
def test_the_shares_of_a_documents_spans_add_up_to_one(segments):
    found, (_, row, *_) = spans(segments)
    totals = np.bincount(found.row, found.share, 4)
    assert np.allclose(totals[np.unique(row)], 1.0)


@given(SEGMENTS)
def test_neighbouring_spans_of_one_window_differ_in_language(segments):
    found, (window, row, tag, line, lines, _) = spans(segments)
    expected = []
    for one in zip(window, row, tag, line, lines, strict=True):
        key = one[:3]
        if expected and expected[-1][0] == key:
            expected[-1][2] = one[3] + one[4] - expected[-1][1]
        else:
            expected.append([key, one[3], one[4]])
    told = zip(found.row, found.tag, found.first_line, found.lines, strict=True)
    assert list(told) == [(key[1], key[2], first, count) for key, first, count in expected]


def test_what_lies_between_two_windows_belongs_to_no_span():
    two = np.array([0, 0])
    found = merge(np.array([0, 1]), two, two, np.array([0, 40]), np.array([3, 5]), np.array([9, 9]))
    assert found.first_line.tolist() == [0, 40]
    assert found.lines.tolist() == [3, 5]


def test_two_languages_within_a_line_are_two_spans_of_that_line():
    two = np.array([0, 0])
    found = merge(two, two, np.array([4, 7]), two, np.array([1, 1]), np.array([30, 10]))
    assert found.first_line.tolist() == [0, 0]
    assert found.lines.tolist() == [1, 1]
    assert found.share.tolist() == [0.75, 0.25]

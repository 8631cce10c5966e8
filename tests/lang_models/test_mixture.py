import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang_models.calls import Fitting
from lang_models.mixture import MIXED_SHARE, Segments, Settled, mixing, settle

DANISH, NORWEGIAN, ENGLISH = 1, 2, 3


def guesses(*of_segments):
    """The guesses for some segments, each a dict of tags with their probability."""
    flat = [
        (place, tag, probability)
        for place, one in enumerate(of_segments)
        for tag, probability in sorted(one.items(), key=lambda item: -item[1])
    ]
    segment, tag, probability = (list(column) for column in zip(*flat, strict=True))
    return Fitting(np.array(segment), np.array(tag), np.array(probability))


def of_one_document(count):
    return np.zeros(count, np.int64)


def test_a_line_that_could_be_either_is_in_the_language_of_its_document():
    danish, unsure = {DANISH: 0.9, NORWEGIAN: 0.1}, {NORWEGIAN: 0.5, DANISH: 0.45}
    found = settle(guesses(danish, danish, unsure, danish), of_one_document(4), np.full(4, 60.0))
    assert found.tag.tolist() == [DANISH] * 4
    assert found.probability.tolist() == [0.9, 0.9, 0.45, 0.9]


def test_a_line_that_is_surely_another_language_stays_in_it():
    danish, english = {DANISH: 0.9, NORWEGIAN: 0.1}, {ENGLISH: 0.97, DANISH: 0.02}
    found = settle(guesses(danish, danish, english, danish), of_one_document(4), np.full(4, 60.0))
    assert found.tag.tolist() == [DANISH, DANISH, ENGLISH, DANISH]


def test_a_segment_alone_in_its_document_keeps_its_best_guess():
    found = settle(guesses({NORWEGIAN: 0.5, DANISH: 0.45}), of_one_document(1), np.ones(1))
    assert found.tag.tolist() == [NORWEGIAN]


def test_a_segment_without_a_fitting_guess_is_in_no_language():
    one = Fitting(np.array([1]), np.array([DANISH]), np.array([0.8]))
    found = settle(one, of_one_document(3), np.ones(3))
    assert found.tag.tolist() == [-1, DANISH, -1]
    assert found.probability.tolist() == [0.0, 0.8, 0.0]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(0, 10**6))
def test_documents_do_not_change_each_others_segments(sizes, seed):
    draw = np.random.default_rng(seed)
    told = [
        [{int(tag): float(p) for tag, p in zip(draw.permutation(4)[:3], draw.random(3) + 0.01,
                                               strict=True)} for _ in range(size)]
        for size in sizes
    ]  # fmt: skip
    row = np.repeat(np.arange(len(sizes)), sizes)
    weight = draw.random(len(row)) + 0.1
    together = settle(guesses(*(one for several in told for one in several)), row, weight)
    ends = np.cumsum(sizes)
    for several, end in zip(told, ends, strict=True):
        own = slice(end - len(several), end)
        alone = settle(guesses(*several), of_one_document(len(several)), weight[own])
        assert together.tag[own].tolist() == alone.tag.tolist()


def judged(tags, own, content=60.0, lines=1, probability=0.9):
    """The mixing of one document: the tag of each segment, and what it gives to Danish."""
    count = len(tags)
    settled = Settled(np.array(tags), np.broadcast_to(probability, count).astype(float))
    segments = Segments(
        of_one_document(count),
        np.broadcast_to(content, count).astype(float),
        np.full(count, lines),
        np.full(count, 60.0),
    )
    return mixing(settled, np.array(own, float), segments, 1)


INFINITE = np.inf


def test_two_segments_clearly_in_another_language_make_a_mixed_document():
    found = judged([DANISH] * 6 + [ENGLISH] * 2, [INFINITE] * 6 + [0.0] * 2)
    assert found.is_mixed.tolist() == [True]
    assert found.share.tolist() == [0.25]
    assert found.weight.tolist() == [pytest.approx(0.25)]


@pytest.mark.parametrize(
    ("case", "found"),
    [
        ("one segment is a quotation",
         judged([DANISH] * 3 + [ENGLISH], [INFINITE] * 3 + [0.0])),
        ("less than the share",
         judged([DANISH] * 30 + [ENGLISH] * 2, [INFINITE] * 30 + [0.0] * 2)),
        ("a neighbour that the model nearly gives to the document's own language",
         judged([DANISH] * 2 + [NORWEGIAN] * 2, [INFINITE] * 2 + [0.3] * 2)),
        ("nowhere sure", judged([DANISH] * 2 + [ENGLISH] * 2, [INFINITE] * 2 + [0.0] * 2,
                                probability=0.2)),
        ("menus, not running text",
         judged([DANISH] * 2 + [ENGLISH] * 2, [INFINITE] * 2 + [0.0] * 2,
                content=np.array([60.0, 60, 20, 20]), lines=4)),
        ("two languages with one segment each",
         judged([DANISH] * 2 + [ENGLISH, NORWEGIAN], [INFINITE] * 2 + [0.0] * 2)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_these_documents_are_in_one_language(case, found):
    assert found.is_mixed.tolist() == [False], case
    assert found.weight.tolist() == [0.0]


def test_the_share_of_a_document_that_is_not_mixed_is_told_too():
    found = judged([DANISH] * 30 + [ENGLISH] * 2, [INFINITE] * 30 + [0.0] * 2)
    assert found.share.tolist() == [pytest.approx(2 / 32)]
    assert found.share[0] < MIXED_SHARE


def test_a_batch_without_segments_is_not_mixed():
    none = np.zeros(0)
    found = mixing(
        Settled(none.astype(int), none), none, Segments(none.astype(int), none, none, none), 2
    )
    assert found.is_mixed.tolist() == [False, False]

"""Votes and letters counted in one walk, held against the same counts by sorting."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lang_models.calls import Fitting, rank
from lang_models.mixture import settle
from lang_models.scripts import count, load

_ROWS, _TAGS = 4, 6
_VOTES = st.integers(0, 30).flatmap(
    lambda votes: st.tuples(
        arrays.arrays(np.int64, votes, elements=st.integers(0, _ROWS - 1)),
        arrays.arrays(np.int64, votes, elements=st.integers(0, _TAGS - 1)),
        # Quarters, so that equal shares are common.
        arrays.arrays(np.float64, votes, elements=st.sampled_from([0.25, 0.5, 0.75, 1.0])),
    )
)


@given(_VOTES)
def test_votes_are_ranked_as_by_sorting(votes):
    row, tag, weight = votes
    whole = np.full(_ROWS, 3.0)
    pairs, place = np.unique(row * _TAGS + tag, return_inverse=True)
    share = np.bincount(place, weight, len(pairs)) / 3.0
    order = np.lexsort((pairs % _TAGS, -share, pairs // _TAGS))
    ranked = rank(row, tag, weight, whole)
    assert ranked.row.tolist() == (pairs // _TAGS)[order].tolist()
    assert ranked.tag.tolist() == (pairs % _TAGS)[order].tolist()
    assert ranked.weight.tolist() == share[order].tolist()


@given(_VOTES)
def test_each_segment_gets_the_language_that_sorting_would_give_it(votes):
    segment, tag, probability = votes
    order = np.lexsort((tag, segment))
    guesses = Fitting(segment[order], tag[order], probability[order])
    row = np.arange(_ROWS)  # each segment a document: its guesses decide alone
    settled = settle(guesses, row, np.ones(_ROWS))
    for one in range(_ROWS):
        mine = np.flatnonzero(guesses.segment == one)
        expected = -1
        if len(mine):
            share = guesses.probability[mine]
            for _ in range(3):
                of_tag = np.bincount(guesses.tag[mine], share / share.sum(), _TAGS)
                share = guesses.probability[mine] * of_tag[guesses.tag[mine]]
            expected = guesses.tag[mine][np.lexsort((guesses.tag[mine], -share))[0]]
        assert settled.tag[one] == expected


@given(st.lists(st.one_of(st.none(), st.text()), max_size=5))
def test_letters_are_counted_as_one_by_one(texts):
    names, table = load()
    counts = count(pl.Series(texts, dtype=pl.String))
    for text, letters in zip(texts, counts.letters.tolist(), strict=True):
        found = [names[table[ord(letter)]] for letter in text or ""]
        assert letters == [
            found.count(script) if script != "Zyyy" else 0 for script in counts.scripts
        ]


def test_no_text_at_all_has_no_letters():
    counts = count(pl.Series([], dtype=pl.String))
    assert counts.scripts == ("Zyyy",)
    assert counts.letters.shape == (0, 1)

"""Pairs become groups, in whatever order they come."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.components import chunks, components, condense, edges_of

REFERENCES = st.tuples(st.sampled_from([0, 3, 2**64 - 1]), st.integers(0, 12))
EDGES = st.lists(st.tuples(REFERENCES, REFERENCES), max_size=30)


def packed(edges):
    left = [edge[0] for edge in edges]
    right = [edge[1] for edge in edges]
    columns = [[reference[k] for reference in side] for side in (left, right) for k in (0, 1)]
    return edges_of(*columns)


def as_sets(groups):
    members = [tuple(one) for one in groups.members.tolist()]
    return [members[a:b] for a, b in zip(groups.starts, groups.starts[1:], strict=False)]


def by_hand(edges):
    groups = []
    for edge in edges:
        touched = [group for group in groups if group & set(edge)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(edge).union(*touched))
    return sorted(sorted(group) for group in groups)


@settings(deadline=None)
@given(EDGES)
def test_groups_are_what_chains_of_pairs_reach(edges):
    assert as_sets(components([packed(edges)])) == by_hand(edges)


@settings(deadline=None)
@given(EDGES, st.randoms(use_true_random=False), st.integers(0, 30))
def test_order_and_grouping_of_the_pairs_change_nothing(edges, random, cut):
    mixed = [edge if random.random() < 0.5 else edge[::-1] for edge in edges]
    random.shuffle(mixed)
    whole = condense([packed(edges)])
    parts = condense([condense([packed(mixed[:cut])]), condense([packed(mixed[cut:])])])
    assert np.array_equal(whole, parts)
    assert np.array_equal(whole, condense([whole]))


@settings(deadline=None)
@given(EDGES)
def test_condensed_pairs_make_the_same_groups_of_two_and_more(edges):
    groups = [group for group in by_hand(edges) if len(group) > 1]
    condensed = condense([packed(edges)])
    assert as_sets(components([condensed])) == groups
    assert len(condensed) == sum(len(group) - 1 for group in groups)


@settings(deadline=None)
@given(EDGES, st.integers(1, 20))
def test_shares_hold_every_group_whole_and_in_order(edges, documents):
    groups = components([packed(edges)])
    shares = chunks(groups, documents)
    assert [group for share in shares for group in as_sets(share)] == as_sets(groups)
    assert all(len(share.members) <= documents or len(share) == 1 for share in shares)


def test_no_pairs_make_no_groups():
    assert len(components([])) == 0
    assert len(condense([])) == 0
    assert chunks(components([])) == []


def test_a_chain_of_a_hundred_thousand_is_one_group():
    rows = np.random.default_rng(0).permutation(100_000).astype(np.uint32)
    file = np.zeros(len(rows) - 1, np.uint64)
    groups = components([edges_of(file, rows[:-1], file, rows[1:])])
    assert groups.starts.tolist() == [0, 100_000]

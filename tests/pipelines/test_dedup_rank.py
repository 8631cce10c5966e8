"""Who is kept: a total order, packed into one number."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.rank import NEW, UNKNOWN_DAY, days, held, is_held, rank

DATES = st.none() | st.dates().map(date.isoformat)
DOCUMENTS = st.lists(
    st.tuples(st.integers(0, 127), st.integers(1, 5), st.integers(0, 2**28 - 1), DATES),
    min_size=1,
    max_size=20,
)


def frame(rows):
    names = {"standing": pl.UInt8, "trust": pl.UInt8, "text_chars": pl.UInt32, "date": pl.String}
    return pl.DataFrame(rows, schema=names, orient="row")


def by_hand(row):
    standing, trust, chars, day = row
    return standing, -trust, -chars, day is None, day or ""


@settings(deadline=None)
@given(DOCUMENTS)
def test_the_number_orders_documents_by_standing_trust_length_and_date(rows):
    ranks = rank(frame(rows)).to_list()
    for i, left in enumerate(rows):
        for j, right in enumerate(rows):
            assert (ranks[i] < ranks[j]) == (by_hand(left) < by_hand(right))


@settings(deadline=None)
@given(DOCUMENTS)
def test_what_a_release_holds_comes_before_all_that_is_new(rows):
    ranks = rank(frame(rows)).to_numpy()
    assert not is_held(ranks).any()
    assert is_held(held(ranks)).all()
    assert (held(ranks) < ranks.min()).all()
    assert np.array_equal(np.argsort(held(ranks), kind="stable"), np.argsort(ranks, kind="stable"))


def test_what_is_missing_comes_last():
    known, unknown = rank(frame([(126, 1, 1, "2026-01-01"), (None, None, None, None)]))
    assert known < unknown
    assert unknown >= NEW


@settings(deadline=None)
@given(st.dates())
def test_days_are_counted_from_the_first_day_of_the_year_one(day):
    counted = (day - date(1, 1, 1)) // timedelta(days=1)
    assert (
        days(pl.Series([day.isoformat(), f"{day.isoformat()}T23:59:59Z"])).to_list()
        == [counted] * 2
    )


@pytest.mark.parametrize(
    ("given", "meant"),
    [("2024", "2024-01-01"), ("2024-05", "2024-05-01"), (" 20240531 ", "2024-05-31")],
)
def test_a_year_or_a_month_is_its_first_day(given, meant):
    assert days(pl.Series([given])).to_list() == days(pl.Series([meant])).to_list()


@pytest.mark.parametrize(
    "given", ["", "soon", "2024-02-30", "0000-01-01", "31.05.2024", "1717113600", "۲۰۲۴-۰۵-۳۱"]
)
def test_what_is_no_date_counts_as_unknown(given):
    assert days(pl.Series([given])).to_list() == [UNKNOWN_DAY]


@pytest.mark.parametrize("row", [(128, 3, 1, None), (0, 6, 1, None)])
def test_a_value_outside_its_range_is_refused(row):
    with pytest.raises(ValueError, match="is from 0 to"):
        rank(frame([row]))


def test_no_documents_have_no_ranks():
    assert rank(frame([])).len() == 0

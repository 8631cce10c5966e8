"""A row is decided once."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from schemas.decision import OUTCOMES, QUARANTINED, REMOVED, UNDECIDED, decide

CHOICES = st.lists(
    st.tuples(st.lists(st.sampled_from([True, False, None]), min_size=4, max_size=4),
              st.sampled_from(OUTCOMES)),
    max_size=5,
)  # fmt: skip


def _outcomes(batch: pl.DataFrame) -> list[str | None]:
    return batch["decision"].struct.field("outcome").to_list()


@given(CHOICES)
def test_the_first_decision_stands_and_no_row_is_lost(choices):
    batch = pl.DataFrame({"doc_id": list("abcd")}).with_columns(UNDECIDED)
    expected: list[str | None] = [None] * 4
    for chosen, outcome in choices:
        mask = pl.Series(chosen, dtype=pl.Boolean)
        batch = decide(batch, pl.lit(mask), outcome=outcome, stage="screen", rule="some")
        expected = [
            old or (outcome if now else None) for old, now in zip(expected, chosen, strict=True)
        ]
    assert _outcomes(batch) == expected
    assert batch["doc_id"].to_list() == list("abcd")


def test_a_decision_keeps_its_rule_measure_and_limit():
    batch = pl.DataFrame({"words": [3.0]}).with_columns(UNDECIDED)
    batch = decide(
        batch, pl.col("words") < 5, outcome=REMOVED, stage="screen", rule="word-count",
        measure=pl.col("words"), limit=5,
    )  # fmt: skip
    assert batch["decision"].to_list() == [
        {"outcome": "removed", "stage": "screen", "rule": "word-count", "measure": 3.0,
         "limit": 5.0, "kept_doc_id": None, "similarity": None}
    ]  # fmt: skip


def test_later_steps_skip_rows_that_are_decided():
    batch = pl.DataFrame({"a": [1]}).with_columns(UNDECIDED)
    batch = decide(batch, pl.lit(True), outcome=QUARANTINED, stage="read", rule="truncated")
    batch = decide(batch, pl.lit(True), outcome=REMOVED, stage="screen", rule="short")
    assert _outcomes(batch) == ["quarantined"]

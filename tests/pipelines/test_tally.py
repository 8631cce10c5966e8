"""The counts of a run follow from the rows that were written, in whatever parts."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.tally import books, merged, tally
from tests.frames import frame

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["radio", "press"]),
        st.sampled_from(
            [("released", "release", "kept"), ("removed", "screen", "too-few-words"),
             ("quarantined", "admit", "licence-unknown"),
             ("removed", "duplicates", "exact-duplicate")]
        ),
        st.integers(0, 3),
    ),
    max_size=12,
)  # fmt: skip


def _frame(rows):
    return frame(
        *(
            {
                "doc_id": str(at), "source__id": source, "language__tag": "swh_Latn",
                "decision__outcome": outcome, "decision__stage": stage, "decision__rule": rule,
                "privacy": [{"type": "EMAIL_ADDRESS", "count": found, "treatment": "placeholder"}],
            }
            for at, (source, (outcome, stage, rule), found) in enumerate(rows)
        )
    )  # fmt: skip


@given(ROWS, st.integers(0, 12))
def test_parts_add_up_to_the_whole(rows, cut):
    whole = merged([tally(_frame(rows))])
    parts = merged([tally(_frame(rows[:cut])), tally(_frame(rows[cut:]))])
    assert books(parts) == books(whole)


@given(ROWS)
def test_the_books_balance(rows):
    counts = books(merged([tally(_frame(rows))]))
    assert counts["read"] == len(rows)
    assert counts["read"] == counts["released"] + counts["removed"] + counts["quarantined"]
    assert sum(row["read"] for row in counts["by_source"].values()) == len(rows)
    assert counts["by_stage"][-1]["out"] == counts["released"]
    assert sum(counts["languages"].values()) == counts["released"]
    assert sum(counts["privacy"].values()) == sum(found for _, _, found in rows)
    assert counts["exact_duplicates"] == sum(rule[2] == "exact-duplicate" for _, rule, _ in rows)


def test_nothing_written_is_all_zero():
    counts = books(merged([]))
    assert counts["read"] == counts["released"] == 0
    assert counts["by_source"] == {}

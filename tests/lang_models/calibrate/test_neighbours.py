"""Which languages a model takes for which."""

import polars as pl

from lang_models.calibrate.neighbours import LINES, MOST, confusion, lines, neighbours

DAY = "2026-11-25"


class _Model:
    """Calls a line by the tag that stands in it."""

    def identify(self, text):
        return pl.Series([{"tag": one.split()[-1]} for one in text])


def _said(tag, **called):
    """Lines of a language that the model calls by these tags."""
    rows = [
        (tag, f"line {number} {other}")
        for other, count in called.items()
        for number in range(count)
    ]
    return pl.DataFrame(rows, schema=["tag", "text"], orient="row")


def _near(tag, *parts):
    table = confusion(pl.concat(parts), _Model())
    return neighbours(tag, table, "made.ftz@00000000", DAY)


def test_both_directions_count_and_the_greater_share_stands():
    near = _near(
        "bos_Latn",
        _said("bos_Latn", bos_Latn=70, hrv_Latn=20, srp_Latn=10),
        _said("hrv_Latn", hrv_Latn=60, bos_Latn=40),
        _said("ces_Latn", ces_Latn=100),
    )
    assert near.tags == {"hrv_Latn": 0.4, "srp_Latn": 0.1}
    assert list(near.tags) == ["hrv_Latn", "srp_Latn"]
    assert "70 % of 100 lines" in near.source
    assert "made.ftz@00000000" in near.source
    assert DAY in near.source


def test_what_is_said_by_a_line_or_two_or_cannot_be_told_makes_no_neighbour():
    near = _near(
        "swh_Latn",
        _said("swh_Latn", swh_Latn=90, und_Latn=8, eng_Latn=2),
        _said("zdj_Latn", zdj_Latn=998, swh_Latn=5),
    )
    assert near.tags == {}


def test_no_more_than_the_nearest_are_named():
    others = {f"aa{letter}_Latn": 5 for letter in "abcdefghijkl"}
    assert len(_near("swh_Latn", _said("swh_Latn", swh_Latn=40, **others)).tags) == MOST


def test_lines_are_short_rows_or_lines_of_long_ones_evenly_and_not_too_many():
    short = [f"sentensi fupi ya namba {number}" for number in range(1000)]
    page = "\n".join(
        [*(f"a line of a page of text, {number}" for number in range(50)), "no", "x" * 900]
    )
    rows = pl.DataFrame({"tag": ["swh_Latn"] * 1000 + ["eng_Latn"], "text": [*short, page]})
    chosen = lines(rows)
    swahili = chosen.filter(pl.col("tag") == "swh_Latn")["text"].to_list()
    assert len(swahili) == LINES
    assert int(swahili[-1].split()[-1]) > 990
    assert len(chosen.filter(pl.col("tag") == "eng_Latn")) == 50

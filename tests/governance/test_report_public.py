"""What the public edition hides, and what a later report says of an earlier one."""

import json

from hypothesis import given
from hypothesis import strategies as st

from governance.report import make_report, svg, write_report
from governance.report.blocks import Chart, Column, Figures, Number, Row, Samples, Table
from governance.report.public import is_small, published
from governance.report.small_cells import SMALL, WITHHELD
from tests.documents import row
from tests.releases import make_release
from tests.reports import as_it_is

COLUMNS = [Column("name", "Name"), Column("a", "A", "documents", "a"),
           Column("b", "B", "documents", "b"), Column("share", "Share", "share", "c")]  # fmt: skip


def _table(*counts):
    rows = [Row(str(place), {"name": "x", "a": a, "b": b, "share": a / (a + b) if a + b else None})
            for place, (a, b) in enumerate(counts)]  # fmt: skip
    return Table("t", COLUMNS, rows)


def _cells(block):
    return [[one.cells[key] for key in ("a", "b", "share")] for one in block.rows]


def test_a_row_with_a_small_count_hides_all_its_numbers_and_a_second_row_with_it():
    (shown,) = published([_table((100, 5), (300, 30), (50, 20), (900, 90))])
    assert _cells(shown) == [
        [WITHHELD, SMALL, WITHHELD], [300, 30, 300 / 330], [WITHHELD, WITHHELD, WITHHELD],
        [900, 90, 900 / 990],
    ]  # fmt: skip


def test_numbers_that_are_large_or_nothing_stay():
    (shown,) = published([_table((100, 0), (300, 30))])
    assert _cells(shown) == [[100, 0, 1.0], [300, 30, 300 / 330]]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_no_small_count_is_shown_and_none_can_be_worked_out_from_a_sum(counts):
    (shown,) = published([_table(*counts)])
    hidden = [place for place, cells in enumerate(_cells(shown)) if str in map(type, cells[:2])]
    for (a, b), cells in zip(counts, _cells(shown), strict=True):
        assert not any(is_small(cell, "documents") for cell in cells[:2])
        assert all(
            cell in {value, SMALL, WITHHELD} for cell, value in zip(cells, (a, b), strict=False)
        )
    others = [pair for place, pair in enumerate(counts) if place not in hidden and sum(pair)]
    assert len(hidden) != 1 or not others


def test_of_figures_a_second_one_of_the_same_unit_is_hidden():
    numbers = [("a", Number("a", 4, "documents", "m")), ("b", Number("b", 70, "documents", "m")),
               ("c", Number("c", 50, "documents", "m")), ("d", Number("d", 5, "languages", "m"))]  # fmt: skip
    (shown,) = published([Figures(numbers)])
    assert [number.value for _, number in shown.numbers] == [SMALL, 70, WITHHELD, 5]


def test_a_chart_of_hidden_numbers_becomes_its_table_and_passages_are_left_out():
    chart = Chart("c", svg.bars([("x", 3)], "c"), _table((3, 1), (40, 30)))
    whole = Chart("c", svg.bars([("x", 30)], "c"), _table((30, 10), (40, 30)))
    shown = published([chart, whole, Samples("s", "random", "t", [{"text": "x"}], "n")])
    assert [type(one).__name__ for one in shown] == ["Table", "Chart"]


def test_a_later_report_compares_itself_with_the_one_before_it(tmp_path):
    for version, tags in (("1.0", "swh_Latn"), ("1.9", "swh_Latn"), ("1.10", "yor_Latn")):
        rows = [row(number, tags if number < 10 else "hau_Latn") for number in range(40)]
        release = make_release(tmp_path / version, rows, version=version)
        made = make_report(release, scrub=as_it_is)
        write_report(release, scrub=as_it_is)
    fact = made.facts["drift"]
    assert fact["previous"] == "1.9"
    assert {one["name"]: (one["before"], one["now"]) for one in fact["changes"]["language"]} == {
        "swh_Latn": (10, 0), "yor_Latn": (0, 10),
    }  # fmt: skip
    assert fact["distances"]["language"] == 0.25
    assert fact["distances"]["source"] == 0
    assert "No report of an earlier release" not in made.pages["drift.html"]
    first = make_report(tmp_path / "1.0", scrub=as_it_is)
    assert "No report of an earlier release" in first.pages["drift.html"]
    named = make_report(tmp_path / "1.10", scrub=as_it_is, previous=tmp_path / "1.0")
    assert named.facts["drift"]["previous"] == "1.0"
    assert json.loads(named.twin)["metrics"]["drift.distance_language"]["value"] == 0.25


def test_what_readers_found_is_told_with_intervals_and_agreement(tmp_path):
    release = make_release(tmp_path / "1.0", [row(number) for number in range(20)])
    empty = make_report(release, scrub=as_it_is).pages["reading.html"]
    assert "endonym review round RELEASE" in empty
    rate = {"part": 190, "whole": 200, "share": 0.95, "low": 0.91, "high": 0.973}
    record = {
        "manifest_root": "of other files", "round": "ab" * 8,
        "languages": [{
            "tag": "swh_Latn", "drawn": 200, "labels": {"language_correct": rate},
            "agreement": {"language_correct": {"documents": 20, "agreed": 19, "kappa": 0.64}},
        }],
        "observations": {"boilerplate": 3}, "missed": {"values": {"PHONE_NUMBER": 2}},
    }  # fmt: skip
    (release / "validation/reading").mkdir(parents=True)
    drawn = {"round": "ab" * 8, "protocol": {"seed": 7}, "languages": record["languages"]}
    (release / "validation/reading/ab.json").write_text(json.dumps(drawn))
    (release / "validation/reading.json").write_text(json.dumps(record))
    made = make_report(release, scrub=as_it_is)
    told = json.loads(made.twin)["metrics"]
    assert told["reading.answers.well"]["values"]["swh_Latn|language_correct"] == {
        "value": 0.95, "part": 190, "whole": 200, "low": 0.91, "high": 0.973,
    }  # fmt: skip
    assert told["reading.answers.kappa"]["values"]["swh_Latn|language_correct"] == 0.64
    assert told["reading.rounds.documents"]["values"] == {"ab" * 8: 200}
    assert told["reading.missed.times"]["values"] == {"PHONE_NUMBER": "<10"}
    assert "(91.0\xa0% – 97.3\xa0%)" in made.pages["reading.html"]
    assert "the release has changed since" in made.pages["reading.html"]

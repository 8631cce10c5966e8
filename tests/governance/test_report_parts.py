import doctest
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.report import svg
from governance.report.excerpt import PART_CHARS, excerpt
from governance.report.render import masked, script_class
from governance.report.small_cells import SMALL, SMALLEST_SHOWN, hide_small
from governance.tongues import tongue
from tests.documents import texts


@pytest.mark.parametrize(
    "name",
    [
        "governance.manifest", "governance.explain", "governance.tongues",
        "governance.report.excerpt", "governance.report.render", "governance.report.small_cells",
        "governance.report.blocks", "governance.report.sketches", "governance.report.difference",
        "governance.report.read_back", "governance.report.pages.drift",
        "governance.validate.gates.limits", "governance.validate.recheck",
    ],
)  # fmt: skip
def test_the_examples_in_the_docstrings_hold(name):
    result = doctest.testmod(import_module(name))
    assert result.attempted > 0
    assert result.failed == 0


@given(st.lists(st.integers(0, 300), max_size=8))
def test_no_small_count_can_be_worked_out_from_the_sum(column):
    shown = hide_small(column)
    whole = [*column, sum(column)]
    hidden = [place for place, cell in enumerate(shown) if isinstance(cell, str)]
    assert len(shown) == len(whole)
    assert len(hidden) != 1
    for place, count in enumerate(whole):
        assert shown[place] == count or place in hidden
        assert (0 < count < SMALLEST_SHOWN) <= (shown[place] == SMALL)


@given(st.text(max_size=4000))
def test_an_excerpt_holds_nothing_but_the_text_and_no_unseen_controls(text):
    shown = excerpt(text)
    assert shown["chars"] == len(text)
    assert all(len(part) <= 3 * PART_CHARS for part in shown["parts"])
    assert not set("".join(shown["parts"])) & set("\x00\x1b\u202e\u2066\u0085")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cf"]), max_size=1500))
def test_a_short_text_is_shown_whole(text):
    assert excerpt(text)["parts"] == [text]


def test_joiners_and_direction_marks_stay():
    text = "می\u200cخواهم क्\u200dष \u200f"
    assert excerpt(text)["parts"] == [text]


def test_a_part_does_not_begin_with_a_mark_that_lost_its_letter():
    text = "ก" + "ิ" * 3000
    assert excerpt(text)["parts"][0].startswith("ก")
    text = "कि" * 3000
    assert all(part[0] == "क" for part in excerpt(text)["parts"])


@pytest.mark.parametrize(("tag", "text"), sorted(texts().items()))
def test_the_direction_of_39_languages_is_that_of_their_script(tag, text):
    is_from_right = tag[-4:] in {"Arab", "Hebr", "Thaa", "Nkoo", "Adlm"}
    assert excerpt(text)["direction"] == ("rtl" if is_from_right else "ltr")


@given(st.text(max_size=60))
def test_a_tag_never_reaches_an_attribute_unchecked(text):
    speech = tongue(text)
    assert speech.tag in {"", text}
    assert speech.lang.replace("-", "").isalnum()
    assert script_class(speech.script)[2:].isalpha()


@given(st.text(max_size=200))
def test_marked_text_has_no_markup_but_the_marks(text):
    html = str(masked(text))
    assert "<" not in html.replace("<mark>", "").replace("</mark>", "")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_a_histogram_has_a_bar_for_every_count_that_is_not_zero(counts):
    drawn = str(svg.histogram(counts, "x"))
    assert drawn.count('class="bar"') == sum(1 for count in counts if count)


@given(st.lists(st.tuples(st.text(max_size=9), st.floats(0, 1e9), st.just("released"))))
def test_labels_in_charts_are_escaped(parts):
    drawn = str(svg.stacked(parts, '"><script>'))
    assert "<script" not in drawn
    assert drawn.count("<svg") == 1

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang_models.windows import SHOWN_CHARS, WINDOW_CHARS, cut

TEXTS = st.lists(st.one_of(st.none(), st.text("ab क漢\n", max_size=2500)), max_size=4)


def segments(text):
    return cut(pl.Series([text], dtype=pl.String))["text"].to_list()


@given(TEXTS)
def test_the_model_is_shown_a_thousand_characters_at_most(texts):
    shown = (
        cut(pl.Series(texts, dtype=pl.String))
        .group_by("row")
        .agg(pl.col("text").str.len_chars().sum())
    )
    assert (shown["text"] <= SHOWN_CHARS).all()


@given(TEXTS)
def test_the_segments_of_a_document_do_not_depend_on_its_neighbours(texts):
    together = cut(pl.Series(texts, dtype=pl.String))
    for row, text in enumerate(texts):
        assert together.filter(pl.col("row") == row)["text"].to_list() == segments(text)


@given(st.text("ab \n", max_size=SHOWN_CHARS))
def test_a_short_document_is_shown_whole(text):
    assert " ".join(segments(text)).split() == text.split()


def test_a_long_document_shows_its_head_its_middle_and_its_tail():
    text = "a" * 5000 + "b" * 5000 + "c" * 5000
    assert segments(text) == ["a" * WINDOW_CHARS, "b" * WINDOW_CHARS, "c" * WINDOW_CHARS]


def test_a_long_document_in_another_script_is_cut_by_characters_not_bytes():
    text = "क" * 2000 + "漢" * 2000 + "😀" * 2000
    assert segments(text) == ["क" * WINDOW_CHARS, "漢" * WINDOW_CHARS, "😀" * WINDOW_CHARS]


def test_lines_are_gathered_into_segments_and_never_cut():
    lines = [f"{number} " + "abc " * 15 for number in range(12)]
    gathered = segments("\n".join(lines))
    assert 3 < len(gathered) < len(lines)
    assert " ".join(gathered) == " ".join(lines)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Soma https://example.org/a?b=c hapa", "Soma   hapa"),
        ("见http://example.org/页。我们", "见 页。我们"),
        ("barua: juma@example.org, asante", "barua:   asante"),
        ("@mtu habari", "  habari"),
        ("www.example.org", " "),
        ("ሰው፡ሁሉ", "ሰው ሁሉ"),
        ("a</s>b", "a b"),
    ],
)
def test_addresses_and_strange_blanks_become_blanks(text, shown):
    assert segments(text) == [shown]


def test_documents_without_text_have_no_segments_or_empty_ones():
    frame = cut(pl.Series([None, ""], dtype=pl.String))
    assert frame.rows() == [(1, "")]
    assert cut(pl.Series([], dtype=pl.String)).is_empty()

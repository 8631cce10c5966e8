import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang_models.signs import NAMES, SIGNS
from lang_models.windows import NOISE, PART_CHARS, SEGMENT_CHARS, SHOWN_CHARS, WINDOW_CHARS, cut
from tests.golden import rows

TEXTS = st.lists(st.one_of(st.none(), st.text("ab क漢\n", max_size=2500)), max_size=4)


def of(text):
    return cut(pl.Series([text], dtype=pl.String))


def segments(text):
    return of(text).text.to_list()


def windows(text):
    found = of(text)
    return [
        "".join(found.text.filter(pl.Series(found.window == window)))
        for window in np.unique(found.window)
    ]


@given(TEXTS)
def test_the_model_is_shown_a_thousand_characters_at_most(texts):
    found = cut(pl.Series(texts, dtype=pl.String))
    chars = np.bincount(found.row, found.text.str.len_chars().to_numpy(), len(texts))
    assert (chars <= SHOWN_CHARS).all()


@given(TEXTS)
def test_the_segments_and_signs_of_a_document_do_not_depend_on_its_neighbours(texts):
    together = cut(pl.Series(texts, dtype=pl.String))
    for row, text in enumerate(texts):
        alone, own = of(text), together.row == row
        assert together.text.filter(pl.Series(own)).to_list() == alone.text.to_list()
        assert together.line[own].tolist() == alone.line.tolist()
        assert together.lines[own].tolist() == alone.lines.tolist()
        assert together.signs[row].tolist() == alone.signs[0].tolist()
        assert together.seen_share[row] == alone.seen_share[0]


@given(st.text("ab \nक漢", max_size=SHOWN_CHARS))
def test_a_short_document_is_shown_whole(text):
    found = of(text)
    assert "".join(found.text) == text.replace("\n", " ")
    assert found.seen_share.tolist() == [1.0]


@given(st.text("ab \nक漢", min_size=SHOWN_CHARS + 1, max_size=3000))
def test_a_segment_says_in_which_line_of_the_document_it_begins(text):
    found, lines = of(text), text.split("\n")
    for segment, line, count in zip(found.text, found.line, found.lines, strict=True):
        assert segment.strip() in " ".join(lines[line : line + count])


@pytest.mark.parametrize("letters", ["abc", "कखग", "漢字文", "😀🙂🙃"])
def test_a_long_document_shows_its_head_its_middle_and_its_tail(letters):
    text = "".join(letter * 5000 for letter in letters)
    assert windows(text) == [letter * WINDOW_CHARS for letter in letters]
    assert of(text).seen_share.tolist() == pytest.approx([3 * WINDOW_CHARS / len(text)])


def test_short_lines_are_gathered_until_they_can_be_told():
    lines = [f"{number} abc abc abc" for number in range(30)]
    gathered = of("\n".join(lines))
    assert 3 < len(gathered.text) < len(lines)
    assert "".join(gathered.text) == " ".join(lines)
    sizes = gathered.text.str.replace_all(" ", "").str.len_chars()
    assert (sizes[:-1] >= SEGMENT_CHARS).all()
    assert gathered.lines.sum() == len(lines)
    assert gathered.line.tolist() == np.cumsum([0, *gathered.lines[:-1]]).tolist()


def test_a_long_line_stands_alone_and_is_cut_at_blanks():
    long = "ndefu " * 80
    found = of(f"fupi\n{long}\nfupi")
    assert found.text[0] == "fupi "
    assert all(part.strip().replace("ndefu", "").strip() in {"", "fupi"} for part in found.text)
    sizes = found.text[1:-1].str.replace_all(" ", "").str.len_chars()
    assert sizes.is_between(PART_CHARS // 2, 2 * PART_CHARS).all()
    assert set(found.line[1:-1].tolist()) == {1}


def test_a_long_line_without_blanks_is_cut_between_characters_and_their_marks():
    text = "ကို" * 200
    found = of(text)
    assert len(found.text) > 3
    assert all(part.startswith("က") for part in found.text)


@pytest.mark.parametrize("case", rows("identify/udhr.jsonl"), ids=lambda case: case["expected"])
def test_in_every_script_the_parts_of_a_paragraph_make_up_the_paragraph(case):
    text = (case["text"] * 3)[:SHOWN_CHARS]
    shown = pl.Series([text]).str.replace_all(NOISE, " ")[0].replace("\n", " ")
    assert "".join(segments(text)) == shown


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


def test_documents_without_text_have_no_segments():
    found = cut(pl.Series([None, ""], dtype=pl.String))
    assert len(found.text) == len(found.row) == 0
    assert found.seen_share.tolist() == [1.0, 1.0]
    assert found.signs.tolist() == [[0] * SIGNS] * 2
    assert len(cut(pl.Series([], dtype=pl.String)).text) == 0


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Habari gani, rafiki?", {"letters": 16, "words": 3, "runs": 2}),
        ("don't co-operate", {"letters": 13, "words": 2, "runs": 1}),
        ("1 234,5", {"digits": 5}),
        ("१२३ ४", {"digits": 4}),
        ("x = {y: 1}", {"letters": 2, "words": 2, "runs": 2, "digits": 1, "code": 3}),
        ("getName", {"letters": 7, "words": 1, "runs": 1, "code": 1}),
        ("漢字、かな", {"letters": 4, "words": 2, "runs": 2, "solos": 4}),
        ("हिन्दी", {"letters": 3, "words": 1, "runs": 1}),
        ("moja\nmbili\ntatu", {"letters": 13, "words": 3, "runs": 3}),
        ("q" * 50, {"letters": 50, "words": 1, "runs": 1, "encoded": 50}),
    ],
)
def test_the_signs_of_prose_code_and_numbers_are_counted(text, signs):
    found = dict(zip(NAMES, of(text).signs[0].tolist(), strict=True))
    assert {name: count for name, count in found.items() if count} == signs

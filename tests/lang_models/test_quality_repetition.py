"""Repetition: the kernels against the definition of Rae et al. 2021 in plain Python."""

from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang_models import quality
from lang_models.tokens import reference_words, tokenise

LETTERS = {1: "abc", 2: "中文字", 4: "กขค"}
#: How many of our words count as one of the paper's, by script.
SPACED, DENSE, SOLO = 1, 2, 4


def measured(texts: list[str]) -> list[dict[str, float]]:
    column = pl.Series(texts, dtype=pl.String)
    tags = pl.Series([None] * len(texts), dtype=pl.String)
    return quality.measure(column, tokenise(column), tags).to_dicts()


def covered(words: list[str], places: list[int], size: int) -> int:
    """Characters of the words under any of the n-grams."""
    under = {at + step for at in places for step in range(size)}
    return sum(len(words[at]) for at in under)


def reference(text: str, pace: int) -> dict[str, float]:
    """The n-gram shares as `lang_models.repetition` defines them."""
    words = reference_words(text)
    total = max(sum(map(len, words)), 1)
    made = {}
    for n in range(2, 11):
        size = n * pace
        grams = [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
        if n < 5:
            times = Counter(grams)
            best = max(
                (gram for gram in times if times[gram] > 1),
                key=lambda gram: (times[gram], sum(map(len, gram)), -grams.index(gram)),
                default=None,
            )
            places = [at for at, gram in enumerate(grams) if gram == best]
            made[f"top_{n}gram_char_share"] = covered(words, places, size) / total
        else:
            places = [at for at, gram in enumerate(grams) if gram in grams[:at]]
            made[f"duplicate_{n}gram_char_share"] = covered(words, places, size) / total
    return made


def spaced_texts() -> st.SearchStrategy[str]:
    word = st.sampled_from(["a", "bb", "ccc", "ዓለም", "нет"])
    return st.lists(word, max_size=60).map(" ".join)


@given(st.lists(spaced_texts(), max_size=4))
def test_ngrams_of_words_are_counted_as_the_definition_does(texts):
    for text, found in zip(texts, measured(texts), strict=True):
        for name, share in reference(text, SPACED).items():
            assert found[name] == pytest.approx(share, abs=1e-6), name


@pytest.mark.parametrize("pace", [DENSE, SOLO])
@given(data=st.data())
def test_ngrams_of_unspaced_scripts_are_runs_of_two_or_four_characters(pace, data):
    passage = data.draw(st.text(LETTERS[pace], min_size=1, max_size=40))
    filler = data.draw(st.text(LETTERS[pace], max_size=60))
    text = passage + filler + passage
    found = measured([text])[0]
    for name, share in reference(text, pace).items():
        assert found[name] == pytest.approx(share, abs=1e-6), name


def line_reference(units: list[str]) -> tuple[float, float]:
    copies = [unit for at, unit in enumerate(units) if unit in units[:at]]
    return (
        len(copies) / max(len(units), 1),
        sum(map(len, copies)) / max(sum(map(len, units)), 1),
    )


@given(
    st.lists(
        st.sampled_from(["", "haki", " haki ", "usawa wa wote", "права", "权利。"]), max_size=20
    )
)
def test_lines_and_paragraphs_are_counted_as_the_definition_does(lines):
    found = measured(["\n".join(lines)])[0]
    stripped = [line.strip() for line in lines]
    share, chars = line_reference([line for line in stripped if line])
    assert found["duplicate_line_share"] == pytest.approx(share)
    assert found["duplicate_line_char_share"] == pytest.approx(chars)
    blocks = [block.strip("\n") for block in "\n".join(stripped).split("\n\n")]
    paragraphs = [block.replace("\n", "\x00") for block in blocks if block]
    share, _ = line_reference(paragraphs)
    assert found["duplicate_paragraph_share"] == pytest.approx(share)
    lengths = [block.replace("\x00", "") for block in paragraphs]
    copied = [len(text) for at, text in enumerate(lengths) if paragraphs[at] in paragraphs[:at]]
    share = sum(copied) / max(sum(map(len, lengths)), 1)
    assert found["duplicate_paragraph_char_share"] == pytest.approx(share)


def test_the_first_copy_is_none_and_characters_count_once():
    five = "moja mbili tatu nne tano"
    found = measured([f"{five} sita {five}", "a a a a a a a a a a", "kila neno ni jipya hapa leo"])
    letters = len(five.replace(" ", ""))
    assert found[0]["duplicate_5gram_char_share"] == pytest.approx(letters / (2 * letters + 4))
    assert found[1]["duplicate_5gram_char_share"] == pytest.approx(0.9)
    assert found[1]["top_2gram_char_share"] == 1
    assert found[2]["top_2gram_char_share"] == 0


def test_of_several_top_ngrams_the_longest_counts():
    found = measured(["na la na la kwa ndugu na kwa ndugu"])[0]
    total = len("nalanalakwandugunakwandugu")
    assert found["top_2gram_char_share"] == pytest.approx(2 * len("kwandugu") / total)


@pytest.mark.parametrize(
    ("passage", "pace"),
    [("人人生而自由在尊严和权利上一律平等", DENSE), ("มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน", SOLO)],
)
def test_a_passage_that_comes_twice_is_seen_without_spaces(passage, pace):
    found = measured([f"{passage}。{passage}。"])[0]
    assert found["duplicate_5gram_char_share"] == pytest.approx(0.5)
    assert found["duplicate_5gram_char_share"] == pytest.approx(
        reference(passage * 2, pace)["duplicate_5gram_char_share"]
    )

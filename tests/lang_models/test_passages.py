"""Passages: a text is known again by them in every script, and by nothing shorter."""

import unicodedata

import numpy as np
import polars as pl
import pytest

from lang_models.passages import ANCHOR, WHOLE, known, of_items, overlap, passages, wholes
from lang_models.tokens import reference_words, tokenise
from tests.articles import HINTS, UNSPACED, articles

WORDS = 13


def look(items, texts, words=WORDS):
    found = known(*of_items(tokenise(pl.Series(items)), words))
    return overlap(tokenise(pl.Series(texts)), found)


@pytest.mark.parametrize("hint", HINTS)
def test_an_article_is_known_again_inside_a_document_of_its_language(hint):
    lines = articles()[hint]
    around = f"{lines[1]}\n{lines[0]} {lines[2]}"
    clean = f"{lines[1]}\n{lines[2]}"
    found = look([lines[0]], [around, clean])
    assert found.matches[0] > 0
    assert found.matches[1] == 0


@pytest.mark.parametrize("hint", HINTS)
def test_blanks_signs_case_and_digits_do_not_hide_an_article(hint):
    line = articles()[hint][0]
    dressed = " \n".join(f"«{part.upper()}»" for part in unicodedata.normalize("NFC", line).split())
    assert look([line], [dressed]).matches[0] > 0


@pytest.mark.parametrize("hint", HINTS)
def test_half_of_a_passage_is_not_enough(hint):
    line = articles()[hint][0]
    tokens = tokenise(pl.Series([line]))
    _, lengths = wholes(tokens)
    half = line[: max(1, len(line) * 6 // int(lengths[0]))]
    assert look([line], [half]).matches[0] == 0


@pytest.mark.parametrize("hint", UNSPACED)
def test_thirteen_letters_of_an_unspaced_script_are_no_thirteen_words(hint):
    line = articles()[hint][0]
    words = len(tokenise(pl.Series([line])).word_hash)
    _, lengths = wholes(tokenise(pl.Series([line])))
    assert lengths[0] * 1.4 < words
    assert look([line], [line[:13]]).matches[0] == 0


def test_passages_are_the_runs_of_words_that_plain_python_finds():
    texts = [articles()[hint][0] for hint in ("sw", "mk", "ar", "ti", "hi", "ta", "chr", "zgh")]
    tokens = tokenise(pl.Series(texts))
    hashes, starts = passages(tokens, WORDS)
    for at, text in enumerate(texts):
        words = reference_words(text)
        runs = [tuple(words[first : first + WORDS]) for first in range(len(words) - WORDS + 1)]
        mine = hashes[starts[at] : starts[at + 1]]
        assert len(mine) == len(runs)
        assert len(set(mine.tolist())) == len(set(runs))


def test_an_item_shorter_than_a_passage_is_known_by_all_of_it():
    item = "Mto mrefu kuliko yote Afrika ni upi hasa"  # eight words
    long, cut = f"Jibu swali hili. {item}? Nile.", item.rsplit(" ", 1)[0]
    assert look([item], [long, cut]).matches.tolist() == [1, 0]


@pytest.mark.parametrize("hint", HINTS)
def test_items_of_every_length_are_found_where_all_of_them_stands_and_nowhere_else(hint):
    line = articles()[hint][0]
    cuts = [line[:end] for end in range(4, len(line) + 1)]
    _, lengths = wholes(tokenise(pl.Series(cuts)))
    items = [
        cuts[int(np.flatnonzero(lengths == size)[-1])]
        for size in sorted(set(lengths) & {8, 9, 10, 11, 12, 13})
    ]
    assert len(items) >= 3
    other = articles()[hint][1]
    for item in items:
        inside = look([item, *items[-1:]], [f"{other}\n{item}", other])
        assert inside.matches[0] > 0
        assert inside.matches[1] == 0


def test_an_item_of_few_words_is_only_found_as_a_whole_document():
    found = look(
        ["Ndiyo", "Mji mkuu ni upi?"], ["ndiyo!", "Ndiyo, mji mkuu ni upi?", "Mji mkuu ni upi"]
    )
    assert found.matches.tolist() == [1, 0, 1]


def test_an_item_of_no_words_is_never_found():
    found = look(["…", "", None], ["…", "", "?!", None])
    assert found.matches.tolist() == [0, 0, 0, 0]


def test_what_is_found_names_the_item_and_the_share_of_the_document():
    one, other = articles()["sw"][:2]
    found = look([other, one], [one, f"{articles()['sw'][3]} {other}", "Habari"])
    assert found.item.tolist() == [1, 0, -1]
    assert found.share[0] == 1.0
    assert 0 < found.share[1] < 1


def test_a_batch_says_the_same_as_each_of_its_documents_alone():
    items = [articles()[hint][0] for hint in HINTS]
    texts = [line for hint in HINTS for line in articles()[hint][:3]]
    together = look(items, texts)
    alone = [look(items, [text]) for text in texts]
    assert together.matches.tolist() == [int(one.matches[0]) for one in alone]
    assert together.item.tolist() == [int(one.item[0]) for one in alone]


def test_what_is_looked_for_does_not_depend_on_the_order_of_the_items():
    items = [articles()[hint][0] for hint in HINTS]
    first, second = (of_items(tokenise(pl.Series(one)), WORDS) for one in (items, items[::-1]))
    assert np.array_equal(first[0], second[0])
    assert np.array_equal(first[1], second[1])


def test_items_are_sorted_by_how_they_are_known():
    eight = "Mto mrefu kuliko yote Afrika ni upi hasa"
    lengths, _, items = of_items(tokenise(pl.Series(["Ndiyo", eight, articles()["sw"][0]])), WORDS)
    assert lengths.tolist()[:2] == [WHOLE, 8]
    assert set(lengths.tolist()[2:]) == {WORDS}
    assert items.tolist()[:2] == [0, 1]


def test_an_item_between_is_known_by_its_first_words_and_by_all_of_them():
    ten = "Mto mrefu kuliko yote Afrika ni upi hasa kwa kipimo"
    found = of_items(tokenise(pl.Series([ten])), WORDS)
    assert found[0].tolist() == [10, ANCHOR]
    assert [one.is_anchored for one in known(*found)] == [True, False]
    begun = ten.rsplit(" ", 1)[0]
    assert look([ten], [f"Je: {ten}?", f"Je: {begun}?"]).matches.tolist() == [1, 0]

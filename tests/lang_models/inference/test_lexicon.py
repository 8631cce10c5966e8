"""The second look: whole words weigh the labels that the model thinks of."""

import struct

import numpy as np
import polars as pl
import pytest

from lang_models import lexicon_file
from lang_models.classifier import Classifier
from lang_models.fasttext_file import fault
from lang_models.inference import lexicon as second_look
from lang_models.inference.output import Best
from lang_models.inference.words import words_of
from lang_models.lexicon_file import Lexicon
from lang_models.strings import buffers
from lang_models.training.lexicon import lexicon
from lang_models.training.prune import pruned
from schemas.errors import InputError
from tests.fasttext_files import write_model

TAGS = ["bos_Latn", "hrv_Latn", "srp_Latn"]
WORDS = {"bos_Latn": "svi", "hrv_Latn": "ljudi", "srp_Latn": "su"}
LINES = pl.DataFrame(
    {
        "tag": ["bos_Latn"] * 3 + ["hrv_Latn"] * 2 + ["xho_Latn"],
        "text": ["sedmica hiljada ljudi", "sedmica", "ko ljudi", "tjedan ljudi", "tko", "abantu"],
    }
)


def weighed(found, text, probability=(0.5, 0.3, 0.1)):
    """Labels and probabilities of a line after its words were looked at."""
    lacking = len(probability) - len(found.total)
    found = found._replace(
        start=np.r_[found.start, np.repeat(found.start[-1], max(lacking, 0))],
        total=np.r_[found.total, np.zeros(max(lacking, 0))],
    )
    best = Best(
        np.arange(len(probability))[None].copy(),
        np.array([probability], float),
        np.array([len(probability)]),
    )
    second_look.weigh(found, words_of(*buffers(pl.Series([text]))), best, 0.01)
    held = best.held[0]
    return dict(zip(best.label[0, :held].tolist(), best.probability[0, :held], strict=True))


@pytest.fixture
def known():
    return lexicon(pl.concat([LINES] * 4000), TAGS[:2], 100)


def test_a_word_that_only_one_language_has_speaks_for_it(known):
    assert weighed(known, "ljudi sedmica", (0.4, 0.5))[0] > 0.5
    assert weighed(known, "ljudi tjedan", (0.5, 0.4))[1] > 0.4


def test_the_best_labels_keep_what_they_had_together_and_stand_in_order(known):
    found = weighed(known, "tko tjedan tjedan", (0.5, 0.3))
    assert sum(found.values()) == pytest.approx(0.8)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert list(found) == [1, 0]


def test_a_lexicon_of_a_few_words_says_next_to_nothing():
    found = weighed(lexicon(LINES, TAGS[:2], 100), "ljudi sedmica")
    assert found == pytest.approx({0: 0.5, 1: 0.3, 2: 0.1}, rel=0.01)


@pytest.mark.parametrize("text", ["", "абв", "nešto nepoznato"])
def test_words_that_no_label_has_change_nothing(known, text):
    assert weighed(known, text) == pytest.approx({0: 0.5, 1: 0.3, 2: 0.1})


def test_a_label_without_words_keeps_its_odds_against_the_best(known):
    found = weighed(known, "sedmica hiljada")
    assert found[2] / found[0] == pytest.approx(0.1 / 0.5)
    assert found[1] < 0.3


def test_a_small_language_is_not_blamed_for_words_its_text_is_too_short_to_have():
    many = Lexicon(
        np.array([0, 1, 1]),
        lexicon_file.key(words_of(*buffers(pl.Series(["ljudi"]))).distinct.hash[1:]),
        np.array([12], np.uint8),
        np.array([1e6, 0.0]),
    )
    large, small = (
        weighed(many._replace(total=np.array([1e6, it])), "ljudi")[1] for it in (1e6, 50)
    )
    assert small == pytest.approx(0.3, rel=0.01)
    assert large < 0.1


def test_a_lexicon_is_read_as_it_was_written(known):
    content = b"model" + lexicon_file.packed(known)
    assert lexicon_file.end_of(content, 5) == len(content)
    read = lexicon_file.read(content, 5, 3)
    for ours, theirs in zip(read, known, strict=True):
        np.testing.assert_array_equal(ours[: len(theirs)], theirs)
    assert len(read.total) == 3
    assert lexicon_file.read(b"model", 5, 3) is None


def test_only_the_most_frequent_words_are_kept_and_all_are_counted():
    found = lexicon(LINES, TAGS, 1)
    assert np.diff(found.start).tolist() == [1, 1, 0]
    assert found.total.tolist() == [6, 3, 0]
    assert (np.diff(lexicon(LINES, TAGS, 100).start) == [4, 3, 0]).all()


def test_a_model_file_holds_its_lexicon_and_is_changed_by_it(tmp_path, known):
    path = tmp_path / "close.bin"
    write_model(path, WORDS)
    before = Classifier(path).best(pl.Series(["svi ljudi su tjedan"]))
    path.write_bytes(path.read_bytes() + lexicon_file.packed(known))
    assert fault(path) is None
    after = Classifier(path).best(pl.Series(["svi ljudi su tjedan"]))
    assert sorted(before.label) == sorted(after.label)
    assert after.label[0] == 1
    assert after.probability.sum() == pytest.approx(before.probability.sum(), abs=1e-9)


def _longer(content):
    return content + b"x"


def _shorter(content):
    return content[:-3]


def _for_more_labels(_content):
    return lexicon_file.packed(lexicon(LINES, ["a", "b", "c", "d"], 9))


def _damaged(content):
    return content[:40] + bytes([content[40] ^ 255]) + content[41:]


def _boundless(content):
    place = len(lexicon_file.SIGN) + 8
    return content[:place] + struct.pack("<q", 2**60) + content[place + 8 :]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_longer, "cut off or damaged"),
        (_shorter, "cut off or damaged"),
        (_for_more_labels, "more labels than the model"),
        (_damaged, "lexicon"),
        (_boundless, "lexicon contradicts itself"),
    ],
)
def test_a_lexicon_that_is_damaged_is_refused_in_one_sentence(tmp_path, known, change, reason):
    path = tmp_path / "odd.bin"
    write_model(path, WORDS)
    path.write_bytes(path.read_bytes() + change(lexicon_file.packed(known)))
    found = fault(path)
    if found is None:
        with pytest.raises(InputError) as refusal:
            Classifier(path)
        found = str(refusal.value)
        assert "\n" not in found
    assert reason in found


def test_a_model_that_is_not_quantised_is_not_cut(tmp_path):
    from lang_models.training import model_file

    path = tmp_path / "whole.bin"
    write_model(path, WORDS)
    parts = model_file.take_apart(path)
    assert pruned(parts, 2) is parts
    assert model_file.put_together(parts) == path.read_bytes()

"""The classifier as the identification uses it: batches, threads, preparation, broken files."""

import struct
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl
import pytest

from lang_models import classifier
from lang_models.classifier import GUESSES, LEAST_PROBABILITY, Classifier
from lang_models.fasttext_file import HEAD, Head, fault
from lang_models.preparation import Preparation
from lang_models.weights import packaged
from schemas.errors import InputError
from tests.fasttext_files import write_model
from tests.golden import rows

TEXTS = [row["text"] for row in rows("identify/udhr.jsonl")] + ["", " ", "12", "漢", "a" * 3000]
WORDS = {"swh_Latn": "watu wote huru", "eng_Latn": "all are free", "ell_Grek": "όλοι ελεύθεροι"}


@pytest.fixture(scope="module")
def default():
    return Classifier(packaged().path)


def of_lines(guesses):
    """Labels and probabilities of each line."""
    ends = np.cumsum(guesses.per_line)[:-1]
    labels, probabilities = (np.split(values, ends) for values in guesses[:2])
    return [
        (label.tolist(), probability.tobytes())
        for label, probability in zip(labels, probabilities, strict=True)
    ]


def test_guesses_are_probabilities_best_first_and_not_too_many(default):
    guesses = default.best(pl.Series(TEXTS))
    assert guesses.per_line.max() <= GUESSES
    assert guesses.per_line.sum() == len(guesses.label) == len(guesses.probability)
    assert ((guesses.probability >= LEAST_PROBABILITY) & (guesses.probability <= 1)).all()
    for _, probability in of_lines(guesses):
        assert (np.diff(np.frombuffer(probability)) <= 0).all()


def test_a_line_gets_the_same_bytes_whatever_batch_it_is_in(default, monkeypatch):
    together = of_lines(default.best(pl.Series(TEXTS)))
    assert together == [of_lines(default.best(pl.Series([text])))[0] for text in TEXTS]
    assert together[::-1] == of_lines(default.best(pl.Series(TEXTS[::-1])))
    assert together[5:9] == of_lines(default.best(pl.Series(TEXTS).slice(5, 4)))
    monkeypatch.setattr(classifier, "_LINES_AT_ONCE", 3)
    assert together == of_lines(default.best(pl.Series(TEXTS)))
    monkeypatch.setattr(classifier, "_BYTES_AT_ONCE", 100)
    assert together == of_lines(default.best(pl.Series(TEXTS)))


def test_no_lines_have_no_guesses(default):
    guesses = default.best(pl.Series([], dtype=pl.String))
    assert [len(part) for part in guesses] == [0, 0, 0]


def test_threads_share_a_model(default):
    alone = of_lines(default.best(pl.Series(TEXTS)))
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: of_lines(default.best(pl.Series(TEXTS))), range(16)):
            assert found == alone


@pytest.mark.parametrize(
    ("preparation", "text", "label"),
    [
        (Preparation(), "watu wote", 0),
        (Preparation(), "WATU WOTE", None),
        (Preparation(lower_case=True), "WATU WOTE", 0),
        (Preparation(lower_case=True), "ALL, ARE;", None),
        (Preparation(letters_only=True), "all, are; 12", 1),
        (Preparation(letters_only=True), "ALL, ARE;", None),
        (Preparation(lower_case=True, letters_only=True), "«ΌΛΟΙ» ΕΛΕΎΘΕΡΟΙ!", 2),
    ],
)
def test_a_model_is_given_text_as_its_file_asks_for(tmp_path, preparation, text, label):
    path = tmp_path / "own.bin"
    write_model(path, WORDS)
    _change(path, update_rate=preparation.mark)
    found = Classifier(path).best(pl.Series([text]))
    assert found.label[:1].tolist() == ([] if label is None else [label])


def _change(path, **numbers):
    content = path.read_bytes()
    head = Head(*HEAD.unpack_from(content))._replace(**numbers)
    path.write_bytes(struct.pack(HEAD.format, *head) + content[HEAD.size :])


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ({"loss": 9}, "loss 9, which is not known"),
        ({"dimension": 7}, "vectors of another length"),
        ({"longest": 4, "shortest": 2, "buckets": 50}, "too few vectors"),
        ({"longest": 4, "shortest": 2}, "n-grams but no place for them"),
        ({"words": 6, "labels": 5}, "words and labels are not in order"),
    ],
)
def test_a_model_that_contradicts_itself_is_refused_with_the_reason(tmp_path, numbers, reason):
    path = tmp_path / "odd.bin"
    write_model(path, WORDS)
    _change(path, **numbers)
    assert fault(path) is None
    with pytest.raises(InputError, match=reason) as refusal:
        Classifier(path)
    assert str(refusal.value).startswith(str(path))
    assert "\n" not in str(refusal.value)


def test_a_model_whose_training_failed_is_refused(tmp_path):
    path = tmp_path / "nan.bin"
    write_model(path, WORDS)
    content = bytearray(path.read_bytes())
    content[-4:] = struct.pack("<f", float("nan"))
    path.write_bytes(bytes(content))
    with pytest.raises(InputError, match="its training failed"):
        Classifier(path)

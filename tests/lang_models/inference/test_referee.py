"""The fastText library is the referee: our inference answers what it answers."""

import fasttext
import fasttext_pybind
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lang_models.inference import matrices
from lang_models.inference.hidden import vectors_of
from lang_models.inference.output import labels_of
from lang_models.inference.reader import read
from lang_models.strings import buffers
from lang_models.weights import packaged
from tests.fasttext_training import lines, train
from tests.golden import rows

TOLERANCE = 1e-5
#: Here the library adds up so many equal numbers, one after the other, that it is off itself.
ENDLESS = ["x" * 5000, "漢" * 3000, "a " * 4000]
ENDLESS_TOLERANCE = 5e-4
#: What a line may hold that is no ordinary text.
STRANGE = [
    "", " ", "\t\v\f\r", "\0", "a\0b", "\0\0c", "</s>", "a </s> b", "</s", "<a>", "a</s>b",
    "__label__en", "__label__", "__label_", "habari __label__en leo", *ENDLESS, "é", "e\u0301", "😀", "\U0010ffff", "\u200b", "ሰው፡ሁሉ", " leading", "trailing ",
    "two  blanks", "a\nb", "\na", "a\n", "\u2028", "\ufeffbom", "\x85",
]  # fmt: skip
MODELS = {
    "softmax": ({}, None),
    "softmax, runs of 2 to 4": ({"minn": 2, "maxn": 4}, None),
    "softmax, runs of 1 to 3": ({"minn": 1, "maxn": 3}, None),
    "hs": ({"loss": "hs", "minn": 2, "maxn": 5}, None),
    "ova": ({"loss": "ova", "minn": 2, "maxn": 3}, None),
    "ns": ({"loss": "ns", "minn": 3, "maxn": 3}, None),
    "runs of two words": ({"wordNgrams": 2}, None),
    "runs of three words, and of characters": ({"wordNgrams": 3, "minn": 2, "maxn": 2}, None),
    "no words": ({"minCount": 10**6, "minn": 2, "maxn": 4}, None),
    "sixteen numbers a vector": ({"dim": 16, "minn": 2, "maxn": 4}, None),
    "quantised": ({"minn": 2, "maxn": 4}, {}),
    "quantised, pruned": ({"minn": 2, "maxn": 4}, {"cutoff": 700}),
    "quantised, norms apart": ({"minn": 2, "maxn": 4}, {"qnorm": True, "cutoff": 900}),
    "quantised, labels too": ({"minn": 2, "maxn": 4}, {"qout": True}),
    "quantised, labels and norms": ({"loss": "hs"}, {"qout": True, "qnorm": True}),
    "quantised in threes": ({"minn": 2, "maxn": 3}, {"dsub": 3, "cutoff": 800}),
    "quantised, runs of words": ({"wordNgrams": 2, "minn": 2, "maxn": 3}, {"cutoff": 1200}),
    "quantised, hs": ({"loss": "hs", "minn": 2, "maxn": 4}, {"cutoff": 700}),
    "quantised, words only": ({}, {"cutoff": 300}),
}
BY_TABLE = ("ova", "ns")
#: What one addition may be off by, relatively.
EPSILON = 2.0**-24
#: A step of fastText's table of the logistic function is 1/32 wide and at most so high.
STEP = 1 / 32 / 4 + 1e-5


class Both:
    """A model as read by us and as read by the library."""

    def __init__(self, path):
        self.own = read(path)
        self.other = fasttext.load_model(str(path)).f

    def vectors(self, texts):
        return vectors_of(self.own, *buffers(pl.Series(texts, dtype=pl.String)))

    def ours(self, texts, most, least):
        best = labels_of(self.own.output, *self.vectors(texts), most, least)
        for label, probability, held in zip(*best, strict=True):
            names = [self.own.labels[place] for place in label[:held]]
            yield names, probability[:held]

    def theirs(self, texts, most, least):
        ended = [text + "\n" for text in texts]
        return zip(*self.other.multilinePredict(ended, most, least, "strict"), strict=True)


def assert_same(both, texts, most=5, least=0.01):
    """As many labels, with the probabilities that the library gives to each of them."""
    found = list(both.ours(texts, most, least))
    expected = list(both.theirs(texts, len(both.own.labels), 0.0))
    assert len(found) == len(expected) == len(texts)
    for text, (names, ours), (labels, theirs) in zip(texts, found, expected, strict=True):
        near = ENDLESS_TOLERANCE if text in ENDLESS else TOLERANCE
        surely = int((theirs[:most] >= least + near).sum())
        assert surely <= len(names) <= int((theirs[:most] >= least - near).sum()), text[:80]
        np.testing.assert_allclose(ours, theirs[: len(names)], atol=near, rtol=0, err_msg=text)
        by_label = dict(zip(labels, theirs, strict=True))
        of_label = [by_label[name] for name in names]
        np.testing.assert_allclose(ours, of_label, atol=near, rtol=0, err_msg=text)


@pytest.fixture(scope="module")
def texts():
    return [row["text"] for row in rows("identify/udhr.jsonl")] + lines()[::3] + STRANGE


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    return train(tmp_path_factory.mktemp("models"), MODELS)


@pytest.fixture(params=MODELS)
def trained(request, models):
    return request.param, models[request.param]


@pytest.fixture(scope="module", params=["endonym-lid.ftz", "lid.176.ftz"])
def shipped(request):
    return Both(packaged(request.param).path)


def test_the_packaged_models_answer_what_the_library_answers(shipped, texts):
    assert_same(shipped, texts)
    assert_same(shipped, texts[::5] + STRANGE, most=len(shipped.own.labels), least=0.0)


@settings(max_examples=200)
@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=5))
def test_any_text_is_answered_as_by_the_library(texts):
    assert_same(_default(), texts)


def _default(kept=[]):  # noqa: B006  # one for all examples
    if not kept:
        kept.append(Both(packaged().path))
    return kept[0]


def test_trained_models_answer_what_the_library_answers(trained, texts):
    name, path = trained
    both = Both(path)
    if name in BY_TABLE:
        assert_same_but_for_steps(both, texts)
    else:
        assert_same(both, texts)
        assert_same(both, texts, most=1, least=0.0)
        assert_same(both, texts[::9] + STRANGE, most=len(both.own.labels), least=0.0)


def assert_same_but_for_steps(both, texts):
    """A sum that differs in its last bit may fall on the other side of a step, but rarely."""
    most = len(both.own.labels)
    ours = [dict(zip(*pair, strict=True)) for pair in both.ours(texts, most, 0.0)]
    theirs = [dict(zip(*pair, strict=True)) for pair in both.theirs(texts, most, 0.0)]
    assert [set(found) for found in ours] == [set(found) for found in theirs]
    apart = np.concatenate(
        [[abs(a[name] - b[name]) for name in a] for a, b in zip(ours, theirs, strict=True)]
    )
    assert apart.max() <= STEP
    assert np.mean(apart > 1e-6) < 1e-3


def test_the_vectors_of_lines_are_those_of_the_library(trained, texts):
    both = Both(trained[1])
    vectors, counts = both.vectors(texts)
    for text, ours, count in zip(texts, vectors, counts, strict=True):
        vector = fasttext_pybind.Vector(both.other.getArgs().dim)
        both.other.getSentenceVector(vector, text.partition("\n")[0] + "\n")
        theirs = np.array(vector) * (count > 0)
        near = (1e-5 + EPSILON * count) * np.abs(theirs).max()
        np.testing.assert_allclose(ours[: len(theirs)], theirs, atol=near, rtol=0)
        assert not ours[len(theirs) :].any()


def test_codes_that_stay_codes_answer_the_same(trained, texts, monkeypatch):
    name, path = trained
    if "quantised" in name:
        full = Both(path)
        monkeypatch.setattr(matrices, "MOST_FULL_BYTES", 0)
        codes = Both(path)
        assert len(full.own.rows.full) > len(codes.own.rows.full) == 0
        assert_same(codes, texts)

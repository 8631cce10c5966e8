"""A language added to a trained model: it is told, and the others are called as before."""

from datetime import date
from pathlib import PurePath

import fasttext
import numpy as np
import polars as pl
import pytest

from lang_models.identify import Identifier
from lang_models.preparation import of_file
from lang_models.training import recipe
from lang_models.training.add import add
from lang_models.training.gather import Wish
from lang_models.training.make import make
from lang_models.training.model_file import put_together, take_apart
from pipelines.chosen_model import chosen_weights
from pipelines.training import write
from schemas.errors import InputError
from tests import labelled_text

DAY = date(2026, 11, 25)
OLD = tuple(tag for tag in labelled_text.DECLARATIONS if tag not in {"hau_Latn", "tir_Ethi"})


def trained(folder, suffix):
    wish = Wish([labelled_text.write(folder, OLD)])
    settings = recipe.load(labelled_text.write_recipe(folder))
    name = f"base{suffix}"
    return write(make(wish, settings, PurePath(name), DAY, lambda _: None), folder / name).model


@pytest.fixture(scope="module", params=[".ftz", ".bin"])
def base(request, tmp_path_factory):
    return trained(tmp_path_factory.mktemp("base"), request.param)


@pytest.fixture(scope="module")
def small_base(tmp_path_factory):
    return trained(tmp_path_factory.mktemp("small"), ".ftz")


def extended(base, folder, *tags, name=None, path=None, **wish):
    path = path or labelled_text.write(folder, tags, "new.tsv")
    settings = recipe.load(labelled_text.write_recipe(folder))
    name = PurePath(name or f"more{base.suffix}")
    made = add(chosen_weights(str(base)), Wish([path], **wish), settings, name, DAY, lambda _: None)
    return write(made, folder / name)


@pytest.fixture(scope="module")
def more(base, tmp_path_factory):
    return extended(base, tmp_path_factory.mktemp("more"), "hau_Latn", "tir_Ethi")


def calls(path):
    identifier = Identifier(chosen_weights(str(path)))
    text = [" ".join(labelled_text.lines(tag)[at : at + 4])
            for tag in labelled_text.DECLARATIONS for at in range(0, 32, 4)]  # fmt: skip
    return identifier.identify(pl.Series(text)).struct.unnest()


def gold():
    return np.repeat(list(labelled_text.DECLARATIONS), 8)


def test_new_languages_are_told_and_no_old_one_is_called_another_old_one(base, more):
    before, after = calls(base)["tag"].to_numpy(), calls(more.model)["tag"].to_numpy()
    is_new = np.isin(gold(), ["hau_Latn", "tir_Ethi"])
    assert (after == gold())[is_new].mean() > 0.9
    assert (after == before)[~is_new].mean() > 0.95
    taken = ~is_new & (after != before)
    assert set(after[taken]) <= {"hau_Latn", "tir_Ethi"}


def test_the_fasttext_library_reads_the_extended_model_and_gives_the_same(more, monkeypatch):
    library = fasttext.load_model(str(more.model))
    lines = of_file(more.model).apply(
        pl.Series([labelled_text.lines(tag)[3] for tag in labelled_text.DECLARATIONS])
    )
    classifier = Identifier(chosen_weights(str(more.model)))._classifier
    monkeypatch.setattr(classifier, "_model", classifier._model._replace(lexicon=None))
    ours = classifier.best(lines)
    first = np.cumsum(ours.per_line) - ours.per_line
    for line, place in zip(lines, first, strict=True):
        (label,), (probability,) = library.predict(line)
        assert label == library.labels[ours.label[place]]
        assert ours.probability[place] == pytest.approx(min(probability, 1.0), abs=1e-4)


def test_the_card_tells_what_was_added_what_it_takes_and_keeps_what_the_base_knew(base, more):
    import orjson

    card, old = more.made.card, orjson.loads(base.with_suffix(".card.json").read_bytes())
    assert card["base"]["added"] == ["hau_Latn", "tir_Ethi"]
    assert card["base"]["sha256"] == old["sha256"]
    rates = {it["tag"]: it for it in card["held_out"]["languages"]}
    assert rates["hau_Latn"]["recall"]["value"] > 0.6
    assert rates["hau_Latn"]["false_positive_rate"]["value"] < 0.05
    kept = {tag: it for tag, it in old["calibration"].items() if tag in card["calibration"]}
    assert kept == {tag: card["calibration"][tag] for tag in kept}
    assert set(old["calibration"]) <= set(card["calibration"])
    assert "hau_Latn" in card["calibration"]


def test_adding_again_gives_the_same_bytes_and_more_can_be_added_to_the_result(
    small_base, tmp_path
):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first = extended(small_base, tmp_path / "one", "hau_Latn")
    assert extended(small_base, tmp_path / "two", "hau_Latn").made.content == first.made.content
    second = extended(first.model, tmp_path, "tir_Ethi", name="again.ftz")
    assert {"hau_Latn", "tir_Ethi"} <= set(second.made.card["labels"])
    is_new = np.isin(gold(), ["hau_Latn", "tir_Ethi"])
    assert (calls(second.model)["tag"].to_numpy() == gold())[is_new].mean() > 0.85


def test_counter_text_in_a_language_of_the_base_keeps_it_from_being_taken(small_base, tmp_path):
    path = tmp_path / "new.tsv"
    path.write_text(labelled_text.table(["hau_Latn", "som_Latn"]), encoding="utf-8")
    found = extended(small_base, tmp_path, path=path)
    assert found.made.card["base"]["added"] == ["hau_Latn"]
    after = calls(found.model)["tag"].to_numpy()
    assert "hau_Latn" not in set(after[gold() == "som_Latn"])


def test_a_model_file_taken_apart_and_put_together_is_the_same(base, more):
    for path in (base, more.model):
        assert put_together(take_apart(path)) == path.read_bytes()


@pytest.mark.parametrize(
    ("tags", "wish", "name", "said"),
    [
        (("som_Latn",), {}, None, "knows all languages of the data already"),
        (("som_Latn",), {"languages": ["som_Latn"]}, None, "the base model knows this language"),
        (("hau_Latn",), {}, "more.bin", "with more languages is a .ftz file again"),
        (("hau_Latn",), {"languages": ["tir_Ethi"]}, None, "no line of the data has this tag"),
    ],
)
def test_what_cannot_be_added_is_told_in_one_sentence(small_base, tmp_path, tags, wish, name, said):
    with pytest.raises(InputError, match=".") as raised:
        extended(small_base, tmp_path, *tags, name=name, **wish)
    assert said in str(raised.value)


def test_a_language_with_five_lines_cannot_be_added(small_base, tmp_path):
    path = tmp_path / "new.tsv"
    path.write_text("".join(f"hau_Latn\t{it}\n" for it in labelled_text.lines("hau_Latn")[:5]))
    with pytest.raises(
        InputError, match="hau_Latn has only 5 usable lines, and a language needs 30"
    ):
        extended(small_base, tmp_path, path=path)


def test_a_base_without_words_needs_text_in_its_languages(small_base, tmp_path):
    alone = tmp_path / "alone.ftz"
    alone.write_bytes(small_base.read_bytes())
    with pytest.raises(
        InputError, match=r"no list of words beside the model \(alone.words.tsv.gz\)"
    ):
        extended(alone, tmp_path, "hau_Latn")
    path = labelled_text.write(tmp_path, [*OLD, "hau_Latn"], "whole.tsv")
    found = extended(alone, tmp_path, path=path)
    assert (calls(found.model)["tag"].to_numpy() == gold())[gold() == "hau_Latn"].mean() > 0.8


def test_a_model_of_another_loss_cannot_be_added_to(tmp_path):
    own = labelled_text.write_recipe(tmp_path)
    own.write_text(labelled_text.RECIPE.replace("{dimension", "{loss: ova, dimension"))
    wish = Wish([labelled_text.write(tmp_path, OLD[:3])])
    made = make(wish, recipe.load(own), PurePath("ova.ftz"), DAY, lambda _: None)
    path = write(made, tmp_path / "ova.ftz").model
    with pytest.raises(InputError, match="was trained with another loss than softmax"):
        extended(path, tmp_path, "hau_Latn")


def test_lid_176_cannot_be_added_to(tmp_path):
    packaged = chosen_weights("lid.176.ftz").path
    with pytest.raises(InputError, match="does not name its labels like swh_Latn"):
        extended(packaged, tmp_path, "hau_Latn")

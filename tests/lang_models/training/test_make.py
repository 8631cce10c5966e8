"""Training: the same text gives the same model, and its card says what it is worth."""

import hashlib
from datetime import date
from pathlib import PurePath

import fasttext
import polars as pl
import pytest

from lang_models import cards
from lang_models.identify import Identifier
from lang_models.preparation import Preparation, of_file
from lang_models.training import recipe
from lang_models.training.gather import Wish
from lang_models.training.make import make
from lang_models.weights import Weights
from pipelines.training import write
from schemas.errors import InputError
from tests import labelled_text

DAY = date(2026, 11, 25)


def train(folder, *paths, name="model.ftz", **wish):
    settings = recipe.load(labelled_text.write_recipe(folder))
    return make(Wish(list(paths), **wish), settings, PurePath(name), DAY, lambda _: None)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained")
    made = train(folder, labelled_text.write(folder))
    return made, write(made, folder / "model.ftz")


@pytest.fixture(scope="module")
def identifier(trained):
    made, written = trained
    return Identifier(Weights(written.model, made.card["sha256"], None))


def test_a_trained_model_tells_the_languages_it_was_shown(identifier):
    tags = list(labelled_text.DECLARATIONS)
    text = pl.Series([" ".join(labelled_text.lines(tag)[:8]) for tag in tags])
    assert identifier.identify(text).struct.field("tag").to_list() == tags


def test_the_same_text_in_another_order_gives_the_same_bytes(tmp_path, trained):
    tags = list(labelled_text.DECLARATIONS)
    (tmp_path / "one").mkdir()
    half = labelled_text.table(tags[:6]).split("\n")
    (tmp_path / "one" / "text.tsv").write_text("\n".join(reversed(half)).strip() + "\n")
    (tmp_path / "two").mkdir()
    labelled_text.write(tmp_path / "two", tags[6:])
    made = train(tmp_path, tmp_path / "two", tmp_path / "one")
    assert made.content == trained[0].content
    assert made.card["calibration"] == trained[0].card["calibration"]
    assert made.words == trained[0].words


def test_the_fasttext_library_reads_the_model_and_agrees(trained):
    library = fasttext.load_model(str(trained[1].model))
    for tag in labelled_text.DECLARATIONS:
        line = " ".join(labelled_text.lines(tag)[:6])
        asked = of_file(trained[1].model).apply(pl.Series([line]))[0]
        assert library.predict(asked)[0] == (f"__label__{tag}",)


def test_the_model_says_how_it_wants_its_text(trained, identifier):
    assert of_file(trained[1].model) == Preparation(lower_case=True, letters_only=True)
    text = pl.Series(
        ["Tous les êtres humains naissent libres", "TOUS LES ÊTRES HUMAINS... 12 NAISSENT LIBRES!"]
    )
    score = identifier.identify(text).struct.field("raw_score")
    assert score[0] == pytest.approx(score[1], abs=1e-6)


def test_the_card_has_data_recipe_rates_and_digest_and_says_what_scores_are_worth(trained):
    card, (model, path, page, words, _) = trained[0].card, trained[1]
    assert card["bytes"] == model.stat().st_size
    assert card["languages_left_out"] == {}
    assert card["recipe"]["network.dimension"] == 8
    assert [it["source"] for it in card["sources"]] == ["text"]
    assert set(card["lines"]) == set(labelled_text.DECLARATIONS)
    assert card["held_out"]["overall"]["accuracy"]["value"] > 0.8
    read = cards.beside(model)
    assert read.calibration["*"].y[-1] > read.calibration["*"].y[0] - 1e-9
    assert read.least_score("swh_Latn", cards.Aim("precision", 0.9)) is not None
    assert card["sha256"] in page.read_text(encoding="utf-8")
    assert words.name == "model.words.tsv.gz"
    assert path.name == "model.card.json"


def test_held_out_lines_are_not_trained_on(trained):
    card = trained[0].card
    different = sum(it["different"] for it in card["lines"].values())
    held = card["held_out"]["overall"]["rows"]
    taken = sum(len(labelled_text.lines(tag)) for tag in labelled_text.DECLARATIONS)
    assert different + held + sum(card["left_out"].values()) == taken
    assert 0.1 < held / taken < 0.3


def test_a_licence_is_stated_only_for_the_very_file_that_the_recipe_speaks_of(tmp_path):
    path = labelled_text.write(tmp_path, ["yor_Latn", "hau_Latn"], "mine.tsv")
    own = labelled_text.write_recipe(tmp_path)
    origin = "sources:\n  mine: {title: Ours, licence: CC0-1.0, origin: our archive, sha256: SHA}\n"
    found = []
    right = hashlib.sha256(path.read_bytes()).hexdigest()
    for sha256 in (right, "0" * 64):
        own.write_text(labelled_text.RECIPE + origin.replace("SHA", f'"{sha256}"'))
        made = make(Wish([path]), recipe.load(own), PurePath("m.ftz"), DAY, lambda _: None)
        found.append(made.card["sources"][0]["licence"])
    assert found == ["CC0-1.0", "not stated"]


def test_text_of_an_evaluation_set_is_not_trained_on_but_measured_on(tmp_path):
    path = labelled_text.write(tmp_path, ["yor_Latn", "hau_Latn", "fra_Latn"])
    held = labelled_text.lines("yor_Latn")[::7]
    sets = tmp_path / "mine.tsv"
    sets.write_text("".join(f"yor_Latn\t{it.upper()}!\n" for it in held), encoding="utf-8")
    made = train(tmp_path, path, evaluation=[sets])
    assert made.card["left_out"]["in an evaluation set"] >= len(held)
    assert made.card["sets"]["mine"]["rows"] == len(held)
    counted = made.card["sets"]["mine"]["languages_counted"]["yor_Latn"]
    assert counted["gold"] == len(held)
    assert (
        f"| {len(held)} | {2 * counted['right'] / (len(held) + counted['called']):.3f} |"
        in made.readable
    )


def test_a_source_can_be_left_out(tmp_path):
    labelled_text.write(tmp_path, ["yor_Latn", "hau_Latn"], "one.tsv")
    labelled_text.write(tmp_path, ["fra_Latn", "swh_Latn"], "two.tsv")
    made = train(tmp_path, tmp_path, without=["two"])
    assert made.card["labels"] == ["hau_Latn", "yor_Latn"]
    with pytest.raises(InputError, match="--without three: there is no such source"):
        train(tmp_path, tmp_path, without=["three"])


def five_lines(folder):
    few = "".join(f"som_Latn\t{line}\n" for line in labelled_text.lines("som_Latn")[:5])
    path = folder / "text.tsv"
    path.write_text(labelled_text.table(["yor_Latn", "hau_Latn"]) + few, encoding="utf-8")
    return path


def test_a_language_with_five_lines_is_refused_unless_it_may_be_left_out(tmp_path):
    path = five_lines(tmp_path)
    with pytest.raises(
        InputError, match="som_Latn has only . usable lines, and a language needs 20"
    ):
        train(tmp_path, path)
    made = train(tmp_path, path, skips_small=True)
    assert list(made.card["languages_left_out"]) == ["som_Latn"]
    assert made.card["labels"] == ["hau_Latn", "yor_Latn"]


def test_only_the_languages_asked_for_are_trained(tmp_path):
    path = labelled_text.write(tmp_path, ["yor_Latn", "hau_Latn", "fra_Latn"])
    made = train(tmp_path, path, languages=["hau_Latn", "fra_Latn"])
    assert made.card["labels"] == ["fra_Latn", "hau_Latn"]
    with pytest.raises(InputError, match="--languages sin_Sinh: no line of the data has this tag"):
        train(tmp_path, path, languages=["sin_Sinh"])


def test_one_language_alone_cannot_be_told_from_anything(tmp_path):
    with pytest.raises(InputError, match="the data has 1 with enough lines"):
        train(tmp_path, labelled_text.write(tmp_path, ["yor_Latn"]))

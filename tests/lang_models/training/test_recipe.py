import numpy as np
import pytest

from lang_models.sourced import Record
from lang_models.training import recipe
from lang_models.training.recipe import Setting
from schemas.errors import InputError


def settings(record):
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Setting):
            yield name, value
        elif isinstance(value, Record):
            yield from settings(value)


def test_every_setting_of_the_package_says_where_it_comes_from():
    assert [name for name, it in settings(recipe.load(None)) if not it.source] == []


def test_every_source_of_the_package_has_a_licence_an_origin_and_a_digest():
    sources = recipe.load(None).sources
    assert len(sources) >= 24
    assert all(it.licence and it.origin and it.sha256 for it in sources.values())


def test_a_recipe_of_ones_own_changes_what_it_names_and_nothing_else(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "network: {dimension: 16, epochs: {value: 3, source: 'our own trial on news, 2026'}}\n"
        "sampling: {source_weights: {ntrex: 2}}\n"
    )
    mine, package = recipe.load(path).values(), recipe.load(None).values()
    changed = {name: value for name, value in mine.items() if value != package[name]}
    assert changed == {
        "network.dimension": 16, "network.epochs": 3, "sampling.source_weights": {"ntrex": 2}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("network: {dimensions: 16}\n", "dimensions"),
        ("network: {dimension: 1}\n", "dimension"),
        ("network:\n  loss: {value: hinge, source: 'a trial of ours, 2026'}\n", "loss"),
        ("sampling: {temperature: 1.5}\n", "temperature"),
        ("network: {shortest_ngram: 4, longest_ngram: 3}\n", "network.longest_ngram is 3, less than"),
        ("network: {epochs: {value: 3, source: todo}}\n", "source"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_recipe_is_told_with_its_place(tmp_path, text, said):
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=".") as raised:
        recipe.load(path)
    assert said in str(raised.value)
    assert "mine.yaml" in str(raised.value)


def test_numbers_drawn_from_digests_are_spread_evenly():
    from lang_models.training.digest import chances

    drawn = chances(np.arange(20_000, dtype=np.uint64), 3)
    counts = np.histogram(drawn, bins=10, range=(0, 1))[0]
    assert abs(counts - 2000).max() < 200

"""Which lines are shown, how often, and how much of each."""

import polars as pl
import pytest

from lang_models.training import recipe
from lang_models.training.digest import digests
from lang_models.training.sampling import sample, targets


def frame(**counts):
    """Lines: `swh_Latn__news=3` is three lines of Swahili from `news`."""
    rows = [
        (source, tag, f"{source} {tag} {number} moja mbili tatu nne tano")
        for name, count in counts.items()
        for tag, source in [name.split("__")]
        for number in range(count)
    ]
    lines = pl.DataFrame(rows, schema=["source", "tag", "text"], orient="row")
    return lines.with_columns(digest=pl.Series(digests(lines["text"]))).sort(
        "source", "tag", "text"
    )


def settings(tmp_path, **sampling):
    path = tmp_path / "r.yaml"
    whole = {"temperature": 1.0, "most_lines": 1000, "fragment_share": 0.0, **sampling}
    path.write_text("sampling:\n" + "".join(f"  {name}: {it}\n" for name, it in whole.items()))
    return recipe.load(path).sampling


def shown(lines, tag):
    return lines.filter(pl.col("tag") == tag)


@pytest.mark.parametrize(("temperature", "small"), [(1.0, 10), (0.5, 100), (0.0, 300)])
def test_temperature_decides_between_as_there_are_and_all_alike(tmp_path, temperature, small):
    lines = frame(swh_Latn__a=1000, yor_Latn__a=10)
    found = sample(lines, settings(tmp_path, temperature=temperature, most_repeats=30), 1)
    assert len(shown(found, "swh_Latn")) == 1000
    assert len(shown(found, "yor_Latn")) == small


def test_no_line_is_shown_more_often_than_allowed_and_copies_are_spread_evenly(tmp_path):
    lines = frame(swh_Latn__a=500, yor_Latn__a=10)
    found = sample(lines, settings(tmp_path, temperature=0.5, most_repeats=5), 1)
    counts = shown(found, "yor_Latn")["text"].value_counts()["count"]
    assert counts.to_list() == [5] * 10


def test_of_the_largest_language_no_more_lines_are_shown_than_the_cap(tmp_path):
    found = sample(frame(swh_Latn__a=800, yor_Latn__a=50), settings(tmp_path, most_lines=100), 1)
    assert len(shown(found, "swh_Latn")) == 100
    assert shown(found, "swh_Latn")["text"].n_unique() == 100


def test_a_source_may_be_capped_in_each_language(tmp_path):
    lines = frame(swh_Latn__ui=400, swh_Latn__news=100, yor_Latn__news=100)
    found = sample(lines, settings(tmp_path, source_most_lines="{ui: 50, '*': 80}"), 1)
    of = shown(found, "swh_Latn")["text"].unique().str.split(" ").list.first().value_counts()
    assert dict(of.iter_rows()) == {"ui": 50, "news": 80}


def test_a_source_of_greater_weight_is_shown_more_often(tmp_path):
    lines = frame(swh_Latn__ui=200, swh_Latn__news=200)
    found = sample(lines, settings(tmp_path, most_lines=200, source_weights="{news: 3}"), 1)
    of = dict(found["text"].str.split(" ").list.first().value_counts().iter_rows())
    assert of["news"] > 2 * of["ui"]
    assert len(found) == 200


def test_small_sources_are_preferred_when_the_source_temperature_is_low(tmp_path):
    lines = frame(swh_Latn__ui=900, swh_Latn__news=100)
    plain, flat = (
        dict(found["text"].str.split(" ").list.first().value_counts().iter_rows())
        for share in (1.0, 0.0)
        for found in [
            sample(lines, settings(tmp_path, most_lines=150, source_temperature=share), 1)
        ]
    )
    assert flat["news"] > 2 * plain["news"]


def test_fragments_are_words_in_a_row_and_letters_in_scripts_without_spaces(tmp_path):
    lines = frame(swh_Latn__a=300)
    thai = lines.with_columns(tag=pl.lit("tha_Thai"), text=pl.lit("มนุษย์ทั้งหลายเกิดมามีอิสระ"))
    for part, most in ((lines, 2), (thai, 6)):
        found = sample(part, settings(tmp_path, fragment_share=1.0, fragment_words="[1, 2]"), 1)
        whole = set(part["text"])
        assert all(any(it in one for one in whole) for it in found["text"].unique())
        size = (
            found["text"].str.split(" ").list.len() if part is lines
            else found["text"].str.len_chars()
        )  # fmt: skip
        assert size.max() <= most
        assert size.n_unique() > 1


def test_the_same_lines_and_seed_give_the_same_and_another_seed_another_order(tmp_path):
    lines, chosen = frame(swh_Latn__a=200, yor_Latn__a=20), settings(tmp_path, fragment_share=0.5)
    assert sample(lines, chosen, 1).equals(sample(lines, chosen, 1))
    assert not sample(lines, chosen, 1).equals(sample(lines, chosen, 2))


def test_targets_of_nothing_are_nothing(tmp_path):
    import numpy as np

    assert len(targets(np.array([], np.int64), settings(tmp_path))) == 0

"""What a run states of the text that its limits were measured on."""

from lang_models.likeness import drift_limits, stated_reference
from lang_models.profile import available, load
from lang_models.quality import RULES
from lang_models.reference import QUANTILES


def test_every_language_with_a_measured_profile_is_stated_with_what_is_compared():
    stated = stated_reference(["swh_Latn", "deu_Latn", "swh_Latn", "xxx_Latn", "und_Zyyy"])
    assert sorted(stated["languages"]) == ["deu_Latn", "swh_Latn"]
    assert stated["quantiles"] == list(QUANTILES)
    letters = stated["languages"]["swh_Latn"]["mean_word_chars"]
    assert letters["at"] == list(load("swh_Latn").reference.measures["mean_word_chars"].at)
    assert letters["applies"] == ["length_words", 50]
    assert 0 < letters["limit"] < 1
    bullets = stated["languages"]["deu_Latn"]["bullet_line_share"]
    assert (bullets["of"], bullets["applies"]) == ("documents", ["length_lines", 10])


def test_no_language_with_a_reference_means_nothing_is_compared():
    assert stated_reference(["xxx_Latn"])["languages"] == {}
    assert stated_reference([])["languages"] == {}


def test_every_measure_that_can_drift_is_one_and_its_limit_has_a_source_with_a_date():
    limits = drift_limits()
    assert set(limits) <= {rule.measure for rule in RULES}
    assert all(0 < limit < 1 and "2026" in source for limit, source in limits.values())
    assert not {"length_words", "stop_words"} & set(limits)


def test_every_packaged_language_can_be_compared():
    stated = stated_reference(available())["languages"]
    assert set(stated) == set(available())
    assert all(stated.values())

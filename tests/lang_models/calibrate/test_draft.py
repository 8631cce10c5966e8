"""A profile is put together from what was measured and from what a person had set before."""

from dataclasses import replace

import pytest
import yaml

from lang_models.calibrate import as_yaml, calibrate, lint
from lang_models.profile import FOLDER, Limit, ProfileFile, StopWords, available, read
from lang_models.quality import RULES
from lang_models.reference import QUANTILES
from tests.lang_models.calibrate.texts import AIM, DAY, NOBODY, in_pages, made, sentences

FUNCTION = ["ya", "na", "wa", "kwa", "ni", "la"]
WORDS = [*FUNCTION * 100, *(f"{a}{b}{c}{d}{e}" for a in "kbdmt" for b in "aeiou" for c in "lnrsw"
                            for d in "aiou" for e in ("ka", "ni", "sha", "to", "we"))]  # fmt: skip
MINUTES = "Steward's review of 200 short documents, minutes of 2026-11-20"


@pytest.fixture(scope="module")
def sample():
    """Two kinds of text, each with sentences and with pages of ten lines and more."""
    return replace(
        made(
            "swh_Latn",
            law=["\n".join(page) for page in in_pages(sentences(WORDS, 4800, seed=1))],
            tales=["\n".join(page) for page in in_pages(sentences(WORDS, 4800, length=9, seed=2))],
        ),
        licences={"law": "CC0-1.0", "tales": "CC-BY-4.0"},
    )


@pytest.fixture(scope="module")
def draft(sample):
    return calibrate(sample, NOBODY, None, AIM)


def _with(profile, **changes):
    return ProfileFile(
        **{name: getattr(profile, name) for name in profile.model_fields_set} | changes
    )


def test_a_new_profile_says_all_that_the_issue_of_a_language_is(draft):
    profile = draft.profile
    assert (profile.name, profile.endonym) == ("Swahili", "Kiswahili")
    assert (profile.script, profile.direction, profile.words) == ("Latn", "ltr", "spaces")
    assert profile.sentence_ends == (".",)
    assert set(profile.stop_words.words) == set(FUNCTION)
    assert lint("swh_Latn", profile) == ()


def test_every_limit_is_either_set_with_its_measurement_or_kept_with_a_reason(draft):
    profile = draft.profile
    kept = [key for group in profile.kept for key in group.limits]
    assert sorted([*profile.limits, *kept]) == sorted({rule.limit for rule in RULES})
    assert all(DAY in limit.source for limit in profile.limits.values())
    assert [one.key for one in draft.proposals] == [rule.limit for rule in RULES]


def test_the_reference_names_texts_sizes_and_licences_and_how_measures_are_spread(draft):
    reference = draft.profile.reference
    assert (reference.measured, reference.share) == (DAY, 0.01)
    assert [(one.name, one.licence, one.rows) for one in reference.texts] == [
        ("law", "CC0-1.0", 400),
        ("tales", "CC-BY-4.0", 400),
    ]
    letters = reference.measures["mean_word_chars"]
    assert (letters.of, len(letters.at)) == ("pieces", len(QUANTILES))
    assert letters.at[0] < letters.at[4] < letters.at[-1]
    assert reference.measures["bullet_line_share"].of == "documents"


def test_a_large_source_does_not_hide_a_small_one():
    """Of 4,000 short-worded and 300 long-worded pages, the long ones are half of the spread."""
    short = ["\n".join(page) for page in in_pages(sentences(["leo", "jua", "mto"], 12_000))]
    long = ["\n".join(page) for page in in_pages(sentences(["maendeleo", "serikalini"], 3600))]
    measured = calibrate(made(short=short, long=long), NOBODY, None, AIM).profile.reference
    at = dict(zip(QUANTILES, measured.measures["mean_word_chars"].at, strict=True))
    assert at[0.25] == pytest.approx(3, abs=0.1)
    assert at[0.75] == pytest.approx(9.5, abs=0.2)


def test_the_same_text_gives_the_same_file(sample, draft):
    assert as_yaml(calibrate(sample, NOBODY, None, AIM).profile) == as_yaml(draft.profile)


def test_what_a_person_set_stays_and_what_the_command_wrote_is_measured_again(sample, draft):
    by_hand = {
        "length_words_min": Limit(min=15, source=MINUTES),
        "mean_word_chars_max": Limit(max=12.5, source=MINUTES),
        "mean_word_chars_min": Limit(min=1.9, source="Measured 2025-01-01 by endonym calibrate on less"),
    }  # fmt: skip
    words = StopWords(words=("ya", "na", "wa", "cha"), source=MINUTES)
    before = _with(draft.profile, limits=by_hand, stop_words=words, name="Kiswahili sanifu")
    after = calibrate(sample, NOBODY, before, AIM)
    assert after.profile.name == "Kiswahili sanifu"
    assert after.profile.stop_words == words
    assert after.profile.limits["length_words_min"].min == 15
    assert after.profile.limits["mean_word_chars_max"].max == 12.5
    assert (
        after.profile.limits["mean_word_chars_min"] == draft.profile.limits["mean_word_chars_min"]
    )
    verdicts = {one.key: one.verdict for one in after.proposals}
    assert verdicts["mean_word_chars_max"] == verdicts["length_words_min"] == "by hand"
    assert not {"mean_word_chars_max", "length_words_min"} & {
        key for group in after.profile.kept for key in group.limits
    }


def test_replacing_measures_everything_again(sample, draft):
    words = StopWords(words=("ya", "na", "wa", "cha"), source=MINUTES)
    limits = {"mean_word_chars_max": Limit(max=12.5, source=MINUTES)}
    before = _with(draft.profile, limits=limits, stop_words=words, name="Kiswahili sanifu")
    after = calibrate(sample, NOBODY, before, replace(AIM, replace=True))
    assert after.profile.stop_words == draft.profile.stop_words
    assert (
        after.profile.limits["mean_word_chars_max"] == draft.profile.limits["mean_word_chars_max"]
    )
    assert after.profile.name == "Swahili"


def test_a_limit_that_no_text_can_tell_stays_even_then(sample, draft):
    before = _with(draft.profile, limits={"language_score_min": Limit(min=0.5, source=MINUTES)})
    after = calibrate(sample, NOBODY, before, replace(AIM, replace=True))
    assert after.profile.limits["language_score_min"].min == 0.5


# The file.


def test_a_profile_reads_back_as_it_was_written(tmp_path, draft):
    path = tmp_path / "swh_Latn.yaml"
    path.write_text(as_yaml(draft.profile), encoding="utf-8")
    assert read(path) == draft.profile
    assert as_yaml(read(path)) == as_yaml(draft.profile)


def test_the_file_has_names_first_a_line_a_measure_and_no_long_lines(draft):
    text = as_yaml(draft.profile)
    assert text.split("\n")[2] == "name: Swahili"
    keys = list(yaml.safe_load(text))
    assert keys[:5] == ["name", "endonym", "script", "direction", "words"]
    assert keys[-1] == "reference"
    assert max(map(len, text.split("\n"))) <= 120


def test_packaged_profiles_read_back_as_they_are():
    for tag in available()[::12]:  # a dozen scripts; writing YAML is slow
        file = read(FOLDER / f"{tag}.yaml")
        assert ProfileFile(**yaml.safe_load(as_yaml(file))) == file, tag

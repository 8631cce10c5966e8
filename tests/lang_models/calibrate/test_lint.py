"""The lint finds what made other people's tables of limits worthless, and passes what is sound."""

import pytest

from lang_models.calibrate.lint import CHECKS, lint
from lang_models.profile import FOLDER, Limit, ProfileFile, StopWords, available, common, read
from lang_models.quality import RULES
from lang_models.reference import QUANTILES, Kept, Neighbours, Reference, Spread, Text
from tests.runs import ROOT

SOURCE = "Made up for this test, 2026-11-25"
MEASURED = "Measured 2026-11-25 by endonym calibrate on made-up pages"
OWN = ("mean_word_chars_min", "mean_word_chars_max")
LETTERS = (3.1, 3.4, 3.6, 4.2, 5.0, 5.8, 6.6, 7.0, 7.6)
WORDS = ("ya", "na", "wa", "kwa", "ni", "la")


def _reference(**changes):
    texts = (Text(name="law", licence="CC0-1.0", rows=900, words=40_000),
             Text(name="tales", licence="CC0-1.0", rows=900, words=40_000))  # fmt: skip
    spread = Spread(of="pieces", n=900, at=changes.pop("letters", LETTERS))
    given = {"measured": "2026-11-25", "share": 0.01, "texts": texts,
             "measures": {"mean_word_chars": spread}}  # fmt: skip
    return Reference(**(given | changes))


def _profile(limits=None, **changes):
    """A sound profile of Swahili, but for the changes."""
    own = {"mean_word_chars_min": Limit(min=3.0, source=MEASURED),
           "mean_word_chars_max": Limit(max=7.7, source=MEASURED)} | (limits or {})  # fmt: skip
    kept = tuple(rule.limit for rule in RULES if rule.limit not in own)
    given = {
        "name": "Swahili", "endonym": "Kiswahili", "script": "Latn", "direction": "ltr",
        "words": "spaces", "digits": ("0123456789",), "sentence_ends": (".", "?"),
        "stop_words": StopWords(words=WORDS, source=SOURCE), "limits": own,
        "neighbours": Neighbours(tags={"zdj_Latn": 0.2}, source=SOURCE),
        "kept": (Kept(limits=tuple(dict.fromkeys(kept)), reason="it holds for this one too"),),
        "reference": _reference(),
    }  # fmt: skip
    return ProfileFile(**(given | changes))


def _found(profile, tag="swh_Latn"):
    return {(one.check, one.level) for one in lint(tag, profile)}


def test_a_sound_profile_passes():
    assert lint("swh_Latn", _profile()) == ()


def _limit(key, value):
    side = common("spaces")[key].side
    return {key: Limit(**{side: value}, source=MEASURED)}


@pytest.mark.parametrize(
    ("limits", "check"),
    [
        (_limit("mean_word_chars_max", 3141), "absurd-limit"),  # FineWeb2's for Xhosa
        (_limit("mean_word_chars_max", 18.5), "absurd-limit"),
        (_limit("mean_word_chars_max", 4.0), "absurd-limit"),
        (_limit("mean_word_chars_min", 1.0), "absurd-limit"),
        (_limit("duplicate_line_share", 0.9), "absurd-limit"),
        (_limit("mean_word_chars_min", 0.0), "floor-hit"),
        (_limit("bullet_line_share", 1.0), "floor-hit"),
        (_limit("sentence_line_share", 0.0), "floor-hit"),
        (_limit("duplicate_line_share", 0.3), "as-for-all"),
        (_limit("mean_word_chars_min", 9.0), "reversed-limits"),
        (_limit("length_words_min", 2_000_000), "reversed-limits"),
        (_limit("stop_words", 7), "unreachable-stop-words"),
    ],
)
def test_limits_that_do_nothing_or_too_much_are_errors(limits, check):
    assert (check, "error") in _found(_profile(limits))


def _words(*words):
    return {"stop_words": StopWords(words=words, source=SOURCE)}


@pytest.mark.parametrize(
    ("changes", "check", "level"),
    [
        (_words("the", "of", "and", "ya", "na"), "foreign-stop-words", "error"),
        (_words("ya", "na", "wa", "ни"), "foreign-stop-words", "error"),
        (_words("ya", "na", "wa", "kwa ni"), "split-stop-words", "error"),
        (_words("ya", "na", "wa", "NA"), "split-stop-words", "error"),
        (_words(), "no-stop-words", "warning"),
        ({"stop_words": None}, "no-stop-words", "error"),
        ({"name": ""}, "missing-name", "error"),
        ({"endonym": "swh_Latn"}, "missing-name", "error"),
        ({"endonym": "كِسوَهيلِ"}, "missing-name", "warning"),
        ({"direction": "rtl"}, "contradicts-unicode", "error"),
        ({"words": "characters"}, "contradicts-unicode", "error"),
        ({"digits": ("012345678",)}, "not-digits", "error"),
        ({"digits": ("0123456798",)}, "not-digits", "error"),
        ({"sentence_ends": ()}, "no-sentence-ends", "error"),
        ({"sentence_ends": ("na",)}, "no-sentence-ends", "error"),
        ({"neighbours": Neighbours(tags={"swh_Latn": 0.3}, source=SOURCE)}, "no-neighbour", "error"),
        ({"neighbours": Neighbours(tags={"und_Latn": 0.3}, source=SOURCE)}, "no-neighbour", "error"),
        ({"reference": None}, "unaccounted-limit", "warning"),
        ({"kept": ()}, "unaccounted-limit", "error"),
        ({"kept": (Kept(limits=OWN, reason="it holds for this one too"),)}, "unaccounted-limit", "error"),
        ({"reference": _reference(letters=(20.0,) * len(QUANTILES))}, "no-spaces", "error"),
        ({"reference": _reference(texts=(Text(name="a", licence="CC0-1.0", rows=9, words=400),))},
         "unmeasured-limit", "error"),
        ({"reference": _reference(texts=(Text(name="a", licence="CC0-1.0", rows=9, words=90_000),))},
         "impossible-reference", "warning"),
        ({"reference": _reference(texts=(Text(name="a", rows=9, words=90_000),))},
         "impossible-reference", "warning"),
        ({"reference": _reference(measures={"bullet_line_share": Spread(of="documents", n=9, at=(1.5,) * 9)})},
         "impossible-reference", "error"),
        ({"reference": _reference(measures={"beauty": Spread(of="documents", n=9, at=(0.5,) * 9)})},
         "impossible-reference", "error"),
    ],
)  # fmt: skip
def test_everything_else_that_is_wrong_is_found(changes, check, level):
    assert (check, level) in _found(_profile(**changes))


def test_a_language_that_is_confused_with_english_may_share_its_words():
    near = _profile(**_words("the", "of", "and", "dem", "na"),
                    neighbours=Neighbours(tags={"eng_Latn": 0.3}, source=SOURCE))  # fmt: skip
    assert ("foreign-stop-words", "error") not in _found(near, "pcm_Latn")


def test_stop_words_that_a_neighbour_has_too_are_told():
    english = read(FOLDER / "eng_Latn.yaml").stop_words.words
    near = _profile(**_words(*english[:6]),
                    neighbours=Neighbours(tags={"eng_Latn": 0.3}, source=SOURCE))  # fmt: skip
    assert ("shared-stop-words", "warning") in _found(near, "sco_Latn")


def test_a_limit_that_another_person_set_needs_no_great_sample():
    few = _reference(texts=(Text(name="a", licence="CC0-1.0", rows=9, words=400),))
    by_hand = {key: Limit(**{key[-3:]: value}, source=SOURCE)
               for key, value in (("mean_word_chars_min", 3.0), ("mean_word_chars_max", 7.7))}  # fmt: skip
    assert "unmeasured-limit" not in {name for name, _ in _found(_profile(by_hand, reference=few))}


def test_every_check_says_what_it_looks_for_under_a_name_of_its_own():
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert all(check.about.endswith(".") for check in CHECKS)


def test_every_check_is_in_the_docs():
    text = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    assert all(f"| `{check.name}` | {check.about} |" in text for check in CHECKS)


def test_no_packaged_profile_has_an_error():
    found = [one for tag in available() for one in lint(tag, read(FOLDER / f"{tag}.yaml"))]
    assert [one for one in found if one.level == "error"] == []

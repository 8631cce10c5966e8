"""Profiles: what the packaged ones say, and what the loader refuses."""

import subprocess
import sys
import unicodedata

import langcodes
import polars as pl
import pytest
import yaml

from lang_models import profile
from lang_models.profile import FOLDER, available, load
from lang_models.tokens import tokenise
from lang_models.writing import RIGHT_TO_LEFT, UNSPACED, UNSPACED_CODES
from schemas.errors import InputError

SOURCE = "Measured 2026-11-23 on ten made-up documents"
GOOD = {
    "name": "Test",
    "endonym": "Jaribio",
    "script": "Latn",
    "direction": "ltr",
    "words": "spaces",
    "limits": {"length_words_min": {"min": 5, "source": SOURCE}},
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of profiles with the common limits, for the files of a test."""
    for name in ("_default.yaml", "_characters.yaml"):
        (tmp_path / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(profile, "FOLDER", tmp_path)
    for cached in (load, profile.common):
        cached.cache_clear()
    yield tmp_path
    for cached in (load, profile.common):
        cached.cache_clear()


def write(folder, tag, **changes):
    text = yaml.safe_dump({**GOOD, **changes}, allow_unicode=True)
    (folder / f"{tag}.yaml").write_text(text, encoding="utf-8")


def test_more_than_sixty_languages_in_more_than_twenty_scripts_have_a_profile():
    assert len({tag[:3] for tag in available()}) >= 60
    assert len({tag[4:] for tag in available()}) >= 20


def test_every_profile_says_what_it_was_measured_on_when_and_under_which_licence():
    licences = yaml.safe_load((FOLDER / "_licences.yaml").read_text(encoding="utf-8"))
    for tag in available():
        reference = load(tag).reference
        assert reference.measured >= "2026-11-25", tag
        assert sum(text.words for text in reference.texts) >= 10_000, tag
        assert {text.name: text.licence for text in reference.texts}.items() <= licences.items(), (
            tag
        )
        assert "mean_word_chars" in reference.measures or load(tag).words == "characters", tag


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("swh_Latn", "ya na wa kwa ni"), ("yor_Latn", "ní àti tí"), ("hau_Latn", "da a ta ya"),
        ("tsn_Latn", "go ya le"), ("eng_Latn", "the of and to"), ("vie_Latn", "và của là"),
        ("fin_Latn", "on ja ei"), ("tur_Latn", "ve bir bu"), ("ind_Latn", "yang dan di"),
        ("rus_Cyrl", "и в не на"), ("ell_Grek", "και το του"), ("arb_Arab", "من في على"),
        ("pes_Arab", "را به از که"), ("urd_Arab", "کے میں کا"), ("heb_Hebr", "את של על"),
        ("hin_Deva", "के में है"), ("ben_Beng", "এই না"), ("guj_Gujr", "છે અને"),
        ("pan_Guru", "ਹੈ ਦੇ"), ("sin_Sinh", "හෝ"), ("amh_Ethi", "ነው እና"), ("kat_Geor", "და არ"),
        ("hye_Armn", "է են"), ("jpn_Jpan", "の に は を"), ("cmn_Hans", "的 在 是"),
        ("cmn_Hant", "的 在 是"), ("kor_Hang", "수 있는"),
    ],
)  # fmt: skip
def test_stop_words_are_those_that_a_reader_would_name(tag, words):
    assert set(words.split()) <= set(load(tag).stop_words.words)


@pytest.mark.parametrize("tag", available())
def test_a_profile_agrees_with_what_standards_say_of_its_language(tag):
    loaded = load(tag)
    assert loaded.tag == tag
    assert loaded.script == tag[4:]
    assert langcodes.Language.get(tag[:3]).is_valid()
    assert loaded.endonym == unicodedata.normalize("NFC", loaded.endonym)
    assert (loaded.words == "characters") == (loaded.script in UNSPACED_CODES)
    assert (loaded.direction == "rtl") == (loaded.script in RIGHT_TO_LEFT)


@pytest.mark.parametrize("tag", available())
def test_stop_words_are_single_words_and_no_two_are_one(tag):
    stop_words = load(tag).stop_words
    if stop_words:
        tokens = tokenise(pl.Series(stop_words.words))
        assert len(set(tokens.word_hash.tolist())) == len(stop_words.words) == len(tokens.word_hash)


def test_greek_in_the_spelling_of_before_1982_has_stop_words_too():
    text = "Ὅλοι οἱ ἄνθρωποι γεννιοῦνται ἐλεύθεροι καὶ ἴσοι στὴν ἀξιοπρέπεια καὶ τὰ δικαιώματα"
    assert len(set(text.split()) & set(load("ell_Grek").stop_words.words)) == 4


def test_every_profile_has_every_limit():
    known = set(load(None).limits)
    assert all(set(load(tag).limits) == known for tag in available())


def test_a_language_without_a_file_follows_its_script():
    assert (load("nod_Lana").words, load("nod_Lana").limits["length_words_min"].min) == (
        "characters",
        20,
    )
    assert (load("dyu_Nkoo").direction, load("dyu_Nkoo").words) == ("rtl", "spaces")
    assert load("dyu_Nkoo").limits == load(None).limits == load("und_Zyyy").limits
    assert load("../../etc/passwd").tag == "und_Zyyy"


def test_scripts_without_spaces_are_switched_off_where_a_limit_means_nothing():
    limits = load("khm_Khmr").limits
    assert limits["mean_word_chars_max"].value is None
    assert limits["duplicate_5gram_char_share"] == load(None).limits["duplicate_5gram_char_share"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("Adlm", "ADLAM"), ("Arab", "ARABIC"), ("Hebr", "HEBREW"), ("Mand", "MANDAIC"),
        ("Mend", "MENDE KIKAKUI"), ("Nkoo", "NKO"), ("Rohg", "HANIFI ROHINGYA"),
        ("Samr", "SAMARITAN"), ("Syrc", "SYRIAC"), ("Thaa", "THAANA"), ("Yezi", "YEZIDI"),
        ("Latn", "LATIN"), ("Ethi", "ETHIOPIC"), ("Deva", "DEVANAGARI"), ("Tfng", "TIFINAGH"),
        ("Vaii", "VAI"), ("Mong", "MONGOLIAN"), ("Cher", "CHEROKEE"), ("Cans", "CANADIAN"),
    ],
)  # fmt: skip
def test_a_script_runs_as_unicode_says_of_its_letters(code, name):
    directions = {
        unicodedata.bidirectional(letter)
        for letter in map(chr, range(0x20000))
        if letter.isalpha() and unicodedata.name(letter, "").startswith(f"{name} ")
    }
    assert directions
    assert (code in RIGHT_TO_LEFT) == (directions <= {"R", "AL"})


def test_scripts_without_spaces_have_one_name_for_each_code():
    assert sum(map(len, UNSPACED.values())) == len(UNSPACED_CODES)


@pytest.mark.parametrize(
    "source",
    [
        "TODO",
        "tbd",
        "placeholder until measured in 2026",
        "to be measured: FIXME 2026-11-23 measure",
        "Rae et al.",
        "Rae et al., arXiv, appendix A1.1 of that",
        "??? 2026-11-23 some measurement",
        "2026",
        "",
    ],
)
def test_a_limit_without_a_real_source_is_refused(folder, source):
    write(folder, "tst_Latn", limits={"length_words_min": {"min": 5, "source": source}})
    with pytest.raises(InputError, match=r"tst_Latn\.yaml:\d+: limits\.length_words_min\.source"):
        load("tst_Latn")


def test_a_stop_word_list_without_a_source_is_refused(folder):
    write(folder, "tst_Latn", stop_words={"words": ["na", "ya", "wa", "kwa"]})
    with pytest.raises(InputError, match=r"tst_Latn\.yaml:\d+: stop_words\.source"):
        load("tst_Latn")


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"length_word": {"min": 5, "source": SOURCE}}, "limits.length_word: there is no such"),
        ({"length_words_min": {"max": 5, "source": SOURCE}}, "length_words_min: .* set by min"),
        ({"length_words_min": {"min": 5, "max": 9, "source": SOURCE}}, "either min or max"),
        ({"length_words_min": {"source": SOURCE}}, "either min or max"),
        ({"length_words_min": {"min": "five", "source": SOURCE}}, "length_words_min.min"),
    ],
)
def test_a_mistaken_limit_is_named_with_file_and_key(folder, limits, message):
    write(folder, "tst_Latn", limits=limits)
    with pytest.raises(InputError, match=rf"tst_Latn\.yaml.*{message}"):
        load("tst_Latn")


def test_an_unknown_key_is_named_with_its_line(folder):
    write(folder, "tst_Latn", stopwords=["na"])
    with pytest.raises(InputError, match=r"tst_Latn\.yaml:\d+: stopwords: there is no such key"):
        load("tst_Latn")


def test_a_profile_overrides_what_holds_for_all_and_leaves_the_rest(folder):
    write(folder, "tst_Latn")
    loaded, common = load("tst_Latn"), load(None)
    assert loaded.limits["length_words_min"].min == 5
    assert loaded.limits["length_words_max"] == common.limits["length_words_max"]


def test_a_limit_can_be_switched_off_with_a_reason(folder):
    write(folder, "tst_Latn", limits={"length_words_min": {"min": None, "source": SOURCE}})
    assert load("tst_Latn").limits["length_words_min"].value is None


def test_loading_a_profile_imports_nothing_heavy():
    code = (
        "import sys; from lang_models.profile import load; load('swh_Latn');"
        "print([name for name in ('numba', 'polars', 'pyarrow', 'fasttext', 'langcodes', 'scipy')"
        " if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_naming_the_rules_does_not_import_numba():
    code = "import sys; import lang_models.quality; print('numba' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"

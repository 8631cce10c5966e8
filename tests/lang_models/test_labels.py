import re

import pytest
from langcodes import Language

from lang_models import labels
from lang_models.classifier import Classifier
from lang_models.labels import Label
from lang_models.scripts import MEMBERS, load
from lang_models.weights import packaged
from schemas.errors import InputError


@pytest.fixture(scope="module")
def lid176():
    model = Classifier(packaged("lid.176.ftz").path)
    read = labels.read(model.labels, "lid176", "lid.176.ftz")
    return dict(zip(model.labels, read, strict=True))


def test_every_label_of_the_packaged_model_has_a_language_and_a_script(lid176):
    assert len(lid176) == 176
    scripts = {*load().names, *MEMBERS}
    for label in lid176.values():
        assert re.fullmatch(r"[a-z]{3}", label.language)
        assert label.scripts
        assert set(label.scripts) <= scripts


def test_no_two_labels_of_the_packaged_model_have_the_same_tag(lid176):
    tags = [(label.language, script) for label in lid176.values() for script in label.scripts]
    assert len(tags) == len(set(tags))


def test_only_nahuatl_and_serbo_croatian_are_no_single_language(lid176):
    families = [one.language for one in lid176.values() if one.language in labels.members()]
    assert families == []
    assert lid176["__label__nah"].language == "nah"
    assert lid176["__label__sh"] == Label("hbs", ("Latn", "Cyrl"))


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("zh", "cmn"), ("ar", "arb"), ("fa", "pes"), ("sw", "swh"), ("ms", "zsm"), ("no", "nob"),
        ("nn", "nno"), ("lv", "lvs"), ("et", "ekk"), ("sq", "als"), ("als", "gsw"), ("bh", "bho"),
        ("eml", "egl"), ("mn", "khk"), ("uz", "uzn"), ("az", "azj"), ("ku", "kmr"), ("ckb", "ckb"),
        ("or", "ory"), ("ne", "npi"), ("yi", "ydd"), ("ps", "pbu"), ("qu", "quz"), ("tl", "tgl"),
        ("he", "heb"), ("jv", "jav"), ("id", "ind"), ("arz", "arz"), ("yue", "yue"),
    ],
)  # fmt: skip
def test_wikipedias_codes_become_iso_639_3(lid176, label, language):
    assert lid176[f"__label__{label}"].language == language


@pytest.mark.parametrize(
    ("label", "scripts"),
    [
        ("sr", ("Cyrl", "Latn")), ("uz", ("Latn", "Arab", "Cyrl")), ("pa", ("Guru", "Arab")),
        ("ja", ("Jpan",)), ("ko", ("Hang",)), ("zh", ("Hani",)), ("pnb", ("Arab",)),
        ("mhr", ("Cyrl",)), ("azb", ("Arab",)), ("yi", ("Hebr",)), ("en", ("Latn",)),
    ],
)  # fmt: skip
def test_a_language_has_the_scripts_of_its_countries(lid176, label, scripts):
    assert lid176[f"__label__{label}"].scripts == scripts


def test_every_language_has_a_name(lid176):
    named = {label.language for label in lid176.values()} - {"hbs"}
    assert not [code for code in named if "nknown" in Language.get(code).language_name()]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("zho_Hant", Label("cmn", ("Hant",))),
        ("cmn_Hani", Label("cmn", ("Hani",))),
        ("als_Latn", Label("als", ("Latn",))),  # Tosk Albanian here, not Alemannic
        ("est_Latn", Label("ekk", ("Latn",))),
        ("aka_Latn", Label("aka", ("Latn",))),  # CLDR names two members
        ("twi_Latn", Label("twi", ("Latn",))),
        ("nob_Latn", Label("nob", ("Latn",))),
        ("kas_Deva", Label("kas", ("Deva",))),
        ("zxx_Zzzz", Label("zxx", ())),
    ],
)
def test_tags_of_flores_models_keep_their_script(label, expected):
    assert labels.read([f"__label__{label}"], "flores", "model.bin") == [expected]


def test_the_scheme_is_found_by_the_labels():
    assert labels.read(["__label__sw"], None, "m") == labels.read(["__label__sw"], "lid176", "m")
    assert labels.read(["__label__swh_Latn"], None, "m") == [Label("swh", ("Latn",))]


@pytest.mark.parametrize(
    "found", [["__label__Swahili"], ["__label__sw", "__label__swh_Latn"], ["spam"]]
)
def test_labels_that_fit_no_scheme_are_refused_in_one_sentence(found):
    with pytest.raises(InputError, match=r"^m\.bin: the labels are not named as") as refusal:
        labels.read(found, None, "m.bin")
    assert "\n" not in str(refusal.value)


def test_an_unknown_scheme_is_refused_with_the_known_ones():
    with pytest.raises(InputError, match=r"lid176 .* flores"):
        labels.read(["__label__sw"], "iso", "m.bin")

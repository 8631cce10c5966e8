import pytest

from lang_models.catalogue import catalogue
from lang_models.identify import Identifier
from lang_models.profile import available


@pytest.fixture(scope="module")
def entries():
    return {entry["tag"]: entry for entry in catalogue(Identifier.load())}


def test_every_language_of_the_model_is_listed_once_in_order(entries):
    assert list(entries) == Identifier.load().languages()


@pytest.mark.parametrize(
    ("tag", "name", "endonym", "script"),
    [
        ("swh_Latn", "Swahili", "Kiswahili", "Latin"),
        ("yor_Latn", "Yoruba", "Èdè Yorùbá", "Latin"),
        ("srp_Cyrl", "Serbian", "српски", "Cyrillic"),
        ("srp_Latn", "Serbian", "srpski", "Latin"),
        ("isv_Latn", "Interslavic", "medžuslovjansky", "Latin"),
        ("cmn_Hant", "Mandarin Chinese", "中文", "Traditional Han"),
        ("snd_Arab", "Sindhi", "سنڌي", "Arabic"),
        ("amh_Ethi", "Amharic", "አማርኛ", "Ethiopic"),
    ],
)
def test_a_language_has_its_names_in_english_and_in_itself(entries, tag, name, endonym, script):
    entry = entries[tag]
    assert (entry["name"], entry["endonym"], entry["script"]) == (name, endonym, script)


def test_no_name_is_missing(entries):
    for entry in entries.values():
        for field in ("name", "endonym", "script"):
            assert entry[field]
            assert "nknown" not in entry[field]


def test_a_language_with_limits_of_its_own_says_so(entries):
    assert {tag for tag, entry in entries.items() if entry["has_profile"]} == set(
        available()
    ) & set(entries)

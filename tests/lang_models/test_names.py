"""What languages are called, in English and in themselves."""

import pytest

from lang_models.names import full_names, names, script_name


@pytest.mark.parametrize(
    ("tag", "name", "endonym"),
    [
        ("swh_Latn", "Swahili", "Kiswahili"),
        ("arb_Arab", "Standard Arabic", "العربية"),
        ("jpn_Jpan", "Japanese", "日本語"),
        ("npi_Deva", "Nepali", "नेपाली"),
        ("hbs_Latn", "Serbo-Croatian", "srpskohrvatski"),
        ("yor_Latn", "Yoruba", "Èdè Yorùbá"),
        ("dag_Latn", "Dagbani", "Dagbani"),
    ],
)
def test_a_language_is_called_as_in_cldr_and_by_its_english_name_where_no_other_is_known(
    tag, name, endonym
):
    assert names(tag) == (name, endonym)


def test_the_script_is_named_where_a_language_has_two():
    assert full_names("srp_Cyrl") == ("Serbian", "српски")
    assert full_names("srp_Latn")[0] == "Serbian (Latin)"
    assert full_names("cmn_Hans")[0].endswith("(Simplified)")
    assert full_names("cmn_Hant")[0].endswith("(Traditional)")
    assert full_names("tha_Thai")[0] == "Thai"


def test_scripts_have_english_names():
    assert [script_name(code) for code in ("Ethi", "Hans", "Hant", "Nkoo")] == [
        "Ethiopic", "Simplified Han", "Traditional Han", "N’Ko",
    ]  # fmt: skip

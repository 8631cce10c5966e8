import numpy as np
import polars as pl

from lang_models.labels import Label
from lang_models.scripts import count
from lang_models.tags import Tags

TAGS = Tags(
    [
        Label("srp", ("Cyrl", "Latn")),
        Label("jpn", ("Jpan",)),
        Label("cmn", ("Hani",)),
        Label("zxx", ()),
    ]
)


def fit(text, label):
    found = TAGS.fit(np.array([label]), np.array([0]), count(pl.Series([text])))[0]
    return None if found < 0 else TAGS.names[found]


def test_a_language_takes_that_of_its_scripts_that_the_text_is_in():
    assert fit("Добар дан", 0) == "srp_Cyrl"
    assert fit("Dobar dan", 0) == "srp_Latn"
    assert fit("Dobar дан свима", 0) == "srp_Cyrl"


def test_a_language_in_none_of_its_scripts_does_not_fit():
    assert fit("Добар дан", 2) is None
    assert fit("καλημέρα", 0) is None


def test_a_few_letters_of_its_script_are_enough_among_many_of_another():
    assert fit("yum install パッケージ を実行", 1) == "jpn_Jpan"
    assert fit("an English sentence that quotes one 字 of Chinese", 2) is None


def test_japanese_may_be_written_in_han_characters_alone():
    assert fit("東京都", 1) == "jpn_Jpan"
    assert fit("ひらがな", 2) is None


def test_a_label_without_a_script_fits_everything():
    assert fit("καλημέρα", 3) == "zxx_Zyyy"


def test_a_script_that_no_label_is_written_in_is_foreign():
    some = Tags([Label("srp", ("Cyrl", "Latn")), Label("jpn", ("Jpan",))])
    assert some.is_known(["Latn", "Hira", "Cher"]).tolist() == [True, True, False]

import unicodedata
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang_models import script_table, scripts
from lang_models.scripts import count
from tests.golden import rows

_NO_LETTERS = {"Nd", "Nl", "No", "Zs", "Cc", "Cf", "Co", "Pd", "Po", "Ps", "Pe", "Sm", "Sc", "So"}


def test_the_table_is_what_polars_says_today():
    written = Path(str(scripts.__file__)).with_name("scripts.tsv").read_text(encoding="utf-8")
    assert written == "\n".join(script_table.lines()) + "\n"


def test_every_letter_has_a_script_or_is_common_to_several():
    _, table = scripts.load()
    without = [
        chr(point)
        for point in range(0x3000)
        if unicodedata.category(chr(point))[0] == "L" and not table[point]
    ]
    assert set("µʹː・") - set(without) == {"・"}
    assert not set("aéßψяაአक한あ漢ไ") & set(without)


@pytest.mark.parametrize("case", rows("normalise/sound.jsonl"))
def test_the_declaration_is_counted_in_the_script_of_its_file(case):
    counts = count(pl.Series([case["text"]]))
    named = case["label"][:4]
    aliases = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hira", "Tai": "Tavt", "Tai ": "Tavt",
               "Chak": "Cakm", "Adla": "Adlm", "Taga": "Tglg"}  # fmt: skip
    assert counts.scripts[counts.letters[0].argmax()] == aliases.get(named, named)


@given(st.lists(st.one_of(st.none(), st.text()), max_size=6))
def test_counting_a_batch_is_counting_its_texts(texts):
    together = count(pl.Series(texts, dtype=pl.String))
    for row, text in enumerate(texts):
        alone = count(pl.Series([text], dtype=pl.String))
        found = dict(zip(together.scripts, together.letters[row].tolist(), strict=True))
        expected = dict(zip(alone.scripts, alone.letters[0].tolist(), strict=True))
        assert {k: v for k, v in found.items() if v} == {k: v for k, v in expected.items() if v}
        assert together.hant_bias[row] == alone.hant_bias[0]


@given(st.text())
def test_no_more_letters_are_counted_than_there_are_letters_and_marks(text):
    # Cn: polars may know a newer Unicode than this Python.
    letters = sum(unicodedata.category(letter) not in _NO_LETTERS for letter in text)
    assert count(pl.Series([text])).letters.sum() <= letters


@pytest.mark.parametrize(
    ("text", "sign"),
    [("国家们学习发展", -1), ("國家們學習發展", 1), ("中文人口", 0), ("ひらがな", 0), ("abc", 0)],
)
def test_simplified_and_traditional_characters_pull_to_their_side(text, sign):
    bias = int(count(pl.Series([text])).hant_bias[0])
    assert (bias > 0) - (bias < 0) == sign


def test_a_batch_without_letters_has_one_column_of_zeros():
    counts = count(pl.Series(["1", None, ""]))
    assert counts.scripts == ("Zyyy",)
    assert counts.letters.tolist() == [[0], [0], [0]]

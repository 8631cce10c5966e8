"""Whose numbers are looked for where the language is in doubt."""

import pytest

from pipelines.steps.scrub import scrub
from tests.frames import frame

#: A personal code of Estonia, a test value of python-stdnum; elsewhere ten digits and one.
TEXT = "34706045216"


def masked(**language):
    batch = frame({"text": TEXT, **{f"language__{key}": value for key, value in language.items()}})
    return scrub(batch)["text"][0]


@pytest.mark.parametrize(
    ("language", "is_masked"),
    [
        ({"tag": "ekk_Latn"}, True),
        ({"tag": "und_Latn", "second": "ekk_Latn"}, True),
        ({"tag": "und_Latn", "second": None}, False),
        ({"tag": "isl_Latn", "second": "ekk_Latn"}, False),
    ],
)
def test_the_best_guess_says_whose_numbers_to_look_for_even_where_it_is_in_doubt(
    language, is_masked
):
    assert (TEXT not in masked(**language)) == is_masked


def test_a_document_without_a_language_is_scrubbed_too():
    batch = frame({"text": f"{TEXT}, mari@example.org"})
    assert "mari@" not in scrub(batch)["text"][0]

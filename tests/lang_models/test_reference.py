"""What a profile says of the text it was measured on, and what it may not say."""

import pytest
from pydantic import ValidationError

from lang_models.reference import Kept, Neighbours, Reference, Spread, Text

SOURCE = "Measured 2026-11-25 with a model made for this test"


def test_quantiles_ascend_and_are_as_many_as_there_are_shares():
    assert Spread(of="pieces", n=5, at=(0, 0, 1, 1, 2, 2, 3, 3, 4)).at[-1] == 4
    for wrong in ((0, 1), (0, 0, 1, 1, 2, 2, 3, 3, 2)):
        with pytest.raises(ValidationError):
            Spread(of="pieces", n=5, at=wrong)


@pytest.mark.parametrize(
    "changes",
    [{"measured": "25.11.2026"}, {"share": 1.5}, {"texts": ()}, {"beauty": 3}],
)
def test_a_reference_says_when_how_much_and_on_what(changes):
    given = {"measured": "2026-11-25", "share": 0.01, "measures": {},
             "texts": (Text(name="law", rows=1, words=9),)}  # fmt: skip
    assert Reference(**given).texts[0].licence is None
    with pytest.raises(ValidationError):
        Reference(**given | changes)


def test_shares_of_neighbours_are_shares_and_have_a_source():
    assert Neighbours(tags={"hrv_Latn": 0.2}, source=SOURCE).tags == {"hrv_Latn": 0.2}
    for wrong in ({"tags": {"hrv_Latn": 20}, "source": SOURCE}, {"tags": {}, "source": "todo"}):
        with pytest.raises(ValidationError):
            Neighbours(**wrong)


def test_a_limit_is_left_alone_for_a_reason():
    with pytest.raises(ValidationError):
        Kept(limits=("length_words_min",), reason="")

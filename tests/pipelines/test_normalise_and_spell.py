import polars as pl
import pytest

from lang_models.legacy import UNREADABLE_RULE, UNREADABLE_SHARE
from pipelines.steps.normalise import normalise
from pipelines.steps.spell import spell
from tests.frames import frame

HINDI = 'lHkh euq";ksa dks vf/kdkj vkSj lekurk izkIr gSA'
ENGLISH = "An old letter from the office, which nobody could read without its font, said this.\n"


def decision(batch: pl.DataFrame) -> dict:
    return batch["decision"].struct.unnest().row(0, named=True)


def provenance(batch: pl.DataFrame) -> dict:
    return batch["provenance"].struct.unnest().row(0, named=True)


def test_a_document_in_a_legacy_font_waits_in_quarantine_with_its_flag_and_the_measure():
    batch = normalise(frame({"text": HINDI, "provenance__encoding": "utf-8"}))
    told = decision(batch)
    assert (told["outcome"], told["stage"]) == ("quarantined", "normalise")
    assert (told["rule"], told["measure"], told["limit"]) == (
        UNREADABLE_RULE,
        1.0,
        UNREADABLE_SHARE,
    )
    assert provenance(batch)["flags"] == ["kruti-dev"]
    assert provenance(batch)["encoding"] == "utf-8"


def test_a_quotation_in_a_legacy_font_is_flagged_and_decides_nothing():
    batch = normalise(frame({"text": ENGLISH * 20 + HINDI, "provenance__encoding": "utf-8"}))
    assert decision(batch)["outcome"] is None
    assert provenance(batch)["flags"] == ["kruti-dev"]


def test_an_earlier_decision_stands():
    made = frame(
        {"text": HINDI, "decision__outcome": "removed", "decision__rule": "licence-denied"}
    )
    assert decision(normalise(made))["rule"] == "licence-denied"


def test_readable_text_has_no_flag_and_no_row_or_column_comes_or_goes():
    made = frame({"text": "Habari\r\nya asubuhi"}, {"text": None}, provenance__encoding="utf-8")
    batch = normalise(made)
    assert batch.columns == made.columns
    assert batch["text"].to_list() == ["Habari\nya asubuhi", None]
    assert batch["provenance"].struct.field("repairs").to_list() == [["line-ends"], []]
    assert batch["provenance"].struct.field("flags").to_list() == [[], []]


def test_spellings_stand_behind_the_repairs_of_the_document():
    batch = spell(
        frame({"text": "şi ţara", "language__tag": "ron_Latn", "provenance__repairs": ["nfc"]})
    )
    assert batch["text"].to_list() == ["și țara"]
    assert provenance(batch)["repairs"] == ["nfc", "romanian-commas"]


@pytest.mark.parametrize(
    "other",
    [
        {"language__tag": "tur_Latn"},
        {"language__tag": "und_Latn"},
        {"language__tag": None},
        {"language__tag": "ron_Latn", "language__mixed": True},
        {"language__tag": "ron_Latn", "decision__outcome": "quarantined"},
    ],
)
def test_text_whose_language_is_not_sure_or_not_alone_keeps_its_letters(other):
    batch = spell(frame({"text": "şi ţara", "provenance__repairs": ["nfc"], **other}))
    assert batch["text"].to_list() == ["şi ţara"]
    assert provenance(batch)["repairs"] == ["nfc"]


def test_both_steps_take_a_batch_without_rows():
    nothing = spell(normalise(frame()))
    assert nothing.is_empty()
    assert nothing.schema == frame().schema

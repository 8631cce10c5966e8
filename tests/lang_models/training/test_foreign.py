"""English that stands under another language is not taught as that language."""

import polars as pl

from lang_models.training.foreign import in_english

ENGLISH = "These rights belong to you, and they are the same for every person in the world."
TURNED = {
    "fra_Latn": "Ces droits vous appartiennent, et ils sont les mêmes pour chaque personne.",
    "swh_Latn": "Haki hizi ni zako, na ni zile zile kwa kila mtu duniani kote.",
    "glv_Latn": "Ta dy chooilley ghooinney ruggit seyr as corrym ayns ard-cheim as kiartyn.",
    "njo_Latn": "Nisung ajak temeten aser tim nung kümzüka asor, parnok dak bilemtettsü shisa lir.",
}


def found(rows, least=0.9):
    frame = pl.DataFrame(rows, schema={"tag": pl.String, "text": pl.String}, orient="row")
    return in_english(frame, least, ["pcm_Latn"]).tolist()


def test_an_english_line_under_another_language_is_found():
    assert found([("njo_Latn", ENGLISH), ("njo_Latn", TURNED["njo_Latn"])]) == [True, False]


def test_lines_in_their_own_language_are_not():
    assert not any(found(list(TURNED.items())))


def test_english_and_its_kin_may_read_like_english():
    assert found([("eng_Latn", ENGLISH), ("pcm_Latn", ENGLISH)]) == [False, False]


def test_a_word_or_two_may_be_shared():
    assert found([("deu_Latn", "Big Ben"), ("nld_Latn", "is water")]) == [False, False]


def test_text_in_another_script_is_not_asked_about():
    assert found([("hin_Deva", ENGLISH)]) == [False]


def test_no_lines_and_no_wish():
    assert found([]) == []
    assert found([("njo_Latn", ENGLISH)], least=1.0) == [False]

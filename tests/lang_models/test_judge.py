"""What a run believes: mixed documents, spans, and where no language can be told."""

import random

import polars as pl
import pytest

from lang_models.identify import Identifier
from lang_models.mixture import MIXED_SHARE
from lang_models.undetermined import REASONS
from lang_models.weights import packaged
from schemas.corpus import LANGUAGE
from tests.golden import cases, rows
from tests.menus import MENUS, framed


@pytest.fixture(scope="module", params=["endonym-lid.ftz", "lid.176.ftz"])
def identifier(request):
    return Identifier.of(packaged(request.param))


def judge(identifier, text):
    return identifier.judge(pl.Series([text], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize("case", cases("identify/mixed.jsonl"))
def test_a_document_in_two_languages_says_so_and_which_lines_are_in_which(identifier, case):
    found = judge(identifier, case["text"])
    assert found["language"]["mixed"]
    assert found["mixed_share"] >= MIXED_SHARE
    spans = [
        [span["tag"], span["first_line"], span["lines"]] for span in found["language"]["spans"]
    ]
    assert spans == case["expected"]
    assert {found["language"]["tag"], found["language"]["second"]} == {
        case["expected"][0][0],
        case["expected"][1][0],
    }


def test_the_mixed_documents_are_in_twenty_five_scripts_and_more():
    tags = {tag for row in rows("identify/mixed.jsonl") for tag, *_ in row["expected"]}
    assert len({tag[4:] for tag in tags}) >= 25


@pytest.mark.parametrize("case", cases("identify/udhr.jsonl"))
def test_a_paragraph_in_one_language_is_not_mixed(identifier, case):
    found = judge(identifier, case["text"])
    assert not found["language"]["mixed"]
    assert found["mixed_share"] == 0.0


@pytest.mark.parametrize("case", cases("identify/undetermined.jsonl"))
def test_where_no_language_can_be_told_the_tag_is_und_and_the_row_says_why(identifier, case):
    found = judge(identifier, case["text"])
    language = found["language"]
    assert (language["tag"], language["undetermined"]) == (case["expected"], case["reason"])
    assert language["score"] == 0.0
    reason = next(one for one in REASONS if one.name == case["reason"])
    assert found["limit"] == reason.limit
    too_little, too_much = found["measure"] < reason.limit, found["measure"] > reason.limit
    assert too_little if reason.side == "min" else too_much


def test_every_reason_has_a_case_and_the_cases_are_in_fifteen_scripts_and_more():
    told = rows("identify/undetermined.jsonl")
    assert {row["reason"] for row in told} == {reason.name for reason in REASONS}
    assert len({row["expected"] for row in told}) >= 15


def test_the_best_guess_stays_as_the_runner_up_of_what_is_undetermined(identifier):
    text = pl.Series(["Jambo rafiki"])
    guess = identifier.identify(text)[0]
    found = identifier.judge(text)["language"][0]
    assert (found["tag"], found["second"]) == ("und_Latn", guess["tag"])
    assert found["second_score"] == guess["score"] > 0
    assert found["raw_score"] == guess["raw_score"]


SOUND = [
    row for row in rows("identify/udhr.jsonl") if row["expected"][:3] not in {"som", "swh", "und"}
]


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case["expected"])
def test_prose_is_believed_in_every_script(identifier, case):
    found = judge(identifier, case["text"])
    assert found["language"]["undetermined"] is None
    assert (found["measure"], found["limit"]) == (None, None)


@pytest.mark.parametrize("menu", MENUS)
@pytest.mark.parametrize(
    "case",
    [row for row in SOUND if row["expected"][4:] not in {"Latn", "Hans"} and len(row["text"]) > 90],
    ids=lambda case: case["expected"],
)
def test_a_page_between_foreign_menus_is_called_by_its_body(identifier, case, menu):
    page = framed(case["text"], MENUS[menu], 1.0, random.Random(case["expected"]))
    alone, between = (judge(identifier, text)["language"] for text in (case["text"], page))
    assert between["tag"] == alone["tag"]
    assert alone["tag"][4:] in {case["expected"][4:], alone["script"]}


def test_a_text_that_is_null_has_no_language_and_an_empty_batch_keeps_the_type(identifier):
    for texts in ([], [None], [None, "Habari"]):
        found = identifier.judge(pl.Series(texts, dtype=pl.String))
        assert found.schema == {
            "language": pl.Struct(LANGUAGE),
            "measure": pl.Float64,
            "limit": pl.Float64,
            "mixed_share": pl.Float64,
        }
        assert found["language"].is_null().to_list() == [text is None for text in texts]


def test_a_document_is_judged_the_same_in_whatever_batch_it_is(identifier):
    texts = [row["text"] for name in ("mixed", "undetermined") for row in
             rows(f"identify/{name}.jsonl")] + [None, ""]  # fmt: skip
    together = identifier.judge(pl.Series(texts, dtype=pl.String)).to_dicts()
    assert together == [judge(identifier, text) for text in texts]
    assert together[::-1] == identifier.judge(pl.Series(texts[::-1])).to_dicts()


def test_of_a_long_document_the_spans_name_the_lines_that_were_seen(identifier):
    case = next(row for row in rows("identify/mixed.jsonl") if row["label"].startswith("ell"))
    text = "\n".join([case["text"]] * 40)
    found = judge(identifier, text)["language"]
    assert found["mixed"]
    assert found["seen_share"] == pytest.approx(999 / len(text), abs=1e-6)
    lines = text.split("\n")
    for span in found["spans"]:
        told = lines[span["first_line"] : span["first_line"] + span["lines"]]
        is_greek = ["Ͱ" <= line[0] <= "Ͽ" or line[0] > "ἀ" for line in told]
        assert all(is_greek) == (span["tag"] == "ell_Grek"), span

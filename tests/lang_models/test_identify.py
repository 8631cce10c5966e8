import ast
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lang_models
from lang_models.identify import Identifier
from lang_models.scripts import MEMBERS, count
from lang_models.weights import packaged
from schemas.corpus import LANGUAGE
from tests.golden import cases, rows

SWAHILI = (
    "Serikali ya Tanzania imesema kwamba wananchi wanapaswa kupata huduma bora za afya katika"
    " hospitali zote nchini."
)
ENGLISH = (
    "All human beings are born free and equal in dignity and rights, and are endowed with reason."
)
HINDI = "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतंत्रता और समानता प्राप्त है।"
CHEROKEE = "ᏂᎦᏓ ᎠᏂᏴᏫ ᏂᎨᎫᏓᎸᎾ ᎠᎴ ᎤᏂᏠᏱ ᎤᎾᏕᎿ ᏚᏳᎧᏛ ᎨᏒᎢ."


@pytest.fixture(scope="module")
def identifier():
    """lid.176, because it has never seen many of the scripts here."""
    return Identifier.of(packaged("lid.176.ftz"))


def call(identifier, text):
    return identifier.identify(pl.Series([text], dtype=pl.String))[0]


@pytest.mark.parametrize("case", cases("identify/udhr.jsonl"))
def test_a_paragraph_of_the_declaration_is_called_by_its_language_and_script(identifier, case):
    assert call(identifier, case["text"])["tag"] == case["expected"]


def test_the_paragraphs_cover_twenty_five_scripts_and_more():
    assert len({row["expected"][4:] for row in rows("identify/udhr.jsonl")}) >= 25


def test_the_column_has_the_type_of_the_corpus_and_names_the_model(identifier):
    column = identifier.identify(pl.Series([SWAHILI]))
    assert column.dtype == pl.Struct(LANGUAGE)
    assert column.name == "language"
    assert column[0]["model"] == identifier.name == "lid.176.ftz@8f3472cf"


def test_no_text_is_no_call(identifier):
    column = identifier.identify(pl.Series([None, SWAHILI, None], dtype=pl.String))
    assert column.is_null().to_list() == [True, False, True]


@pytest.mark.parametrize(
    "text", ["", " \n\n", "12 345,67 €", "३ + ४", "https://example.org/habari", "🙂"]
)
def test_a_text_without_letters_is_undetermined_with_score_zero(identifier, text):
    found = call(identifier, text)
    assert (found["tag"], found["script"], found["score"]) == ("und_Zyyy", "Zyyy", 0.0)
    assert (found["second"], found["second_score"], found["share"]) == (None, None, 0.0)
    assert found["segments"] == []


def test_an_empty_batch_and_a_batch_of_nothing_keep_the_type(identifier):
    for texts in ([], [None], [None, "!"]):
        column = identifier.identify(pl.Series(texts, dtype=pl.String))
        assert column.dtype == pl.Struct(LANGUAGE)
        assert len(column) == len(texts)


def test_a_script_that_the_model_never_saw_is_said_to_be_unknown(identifier):
    found = call(identifier, CHEROKEE)
    assert (found["tag"], found["script"], found["score"]) == ("und_Cher", "Cher", 0.0)


def test_an_unknown_script_with_a_line_of_english_is_still_unknown(identifier):
    found = call(identifier, "\n".join([CHEROKEE] * 9 + [ENGLISH]))
    assert found["tag"] == "und_Cher"
    assert found["second"] == "eng_Latn"


def test_a_label_that_does_not_fit_the_script_is_passed_over(identifier):
    tonga = "CIZUMINANO CA MULAWO UJATIKIZYA MASI OONSE CAKULESYA BUTUNDULUZI BWA MUNTU"
    classifier = identifier._classifier
    assert classifier.labels[classifier.best(pl.Series([tonga])).label[0]] == "__label__zh"
    assert call(identifier, tonga)["tag"].endswith("_Latn")


def test_a_page_in_two_languages_shows_both_with_their_shares(identifier):
    found = call(identifier, "\n".join([ENGLISH] * 3 + [HINDI] * 6))
    assert found["tag"] == "hin_Deva"
    assert found["second"] == "eng_Latn"
    shares = {entry["tag"]: entry["share"] for entry in found["segments"]}
    assert list(shares) == ["hin_Deva", "eng_Latn"]
    assert shares["hin_Deva"] == pytest.approx(found["share"])
    assert 0.2 < shares["eng_Latn"] < 0.5


def test_the_script_that_is_most_frequent_may_differ_from_that_of_the_tag(identifier):
    found = call(identifier, "\n".join([ENGLISH] * 2 + [CHEROKEE] * 3))
    assert found["script"] == "Latn"
    assert count(pl.Series([ENGLISH + CHEROKEE])).scripts == ("Cher", "Latn")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("这是国语学习的书，我们对发展的问题进行讨论。", "cmn_Hans"),
        ("這是國語學習的書，我們對發展的問題進行討論。", "cmn_Hant"),
        ("中文", "cmn_Hani"),
        ("日本語の文章を読みます。", "jpn_Jpan"),
        ("한국어로 쓴 문장입니다.", "kor_Hang"),
        ("Све особе рађају се слободне и једнаке у достојанству", "srp_Cyrl"),
    ],
)
def test_the_script_is_counted_from_the_text(identifier, text, tag):
    assert call(identifier, text)["tag"] == tag


def test_web_and_mail_addresses_have_no_say(identifier):
    addresses = " ".join(
        ["https://www.example.org/the/history/of/english", "someone@example.org"] * 9
    )
    plain, spammed = call(identifier, SWAHILI), call(identifier, f"{SWAHILI} {addresses}")
    assert spammed["tag"] == plain["tag"] == "swh_Latn"
    assert spammed["score"] == pytest.approx(plain["score"], abs=0.05)


def test_the_models_own_end_of_line_sign_hides_nothing(identifier):
    assert call(identifier, f"a </s> {SWAHILI}")["tag"] == "swh_Latn"
    assert call(identifier, f"__label__en {SWAHILI}")["tag"] == "swh_Latn"


def test_the_middle_and_the_end_of_a_long_document_are_seen(identifier):
    long = "\n".join([ENGLISH] * 30 + [HINDI] * 30 + [SWAHILI] * 30)
    tags = {entry["tag"] for entry in call(identifier, long)["segments"]}
    assert tags >= {"eng_Latn", "hin_Deva", "swh_Latn"}


def test_a_document_is_called_the_same_in_whatever_batch_it_is(identifier):
    texts = [row["text"] for row in rows("identify/udhr.jsonl")]
    texts += [None, "", "\n".join(texts[:4]), CHEROKEE, ENGLISH * 40]
    together = identifier.identify(pl.Series(texts)).to_list()
    assert together == [call(identifier, text) for text in texts]
    assert together[::-1] == identifier.identify(pl.Series(texts[::-1])).to_list()


@settings(max_examples=60)
@given(st.lists(st.one_of(st.none(), st.text()), max_size=5))
def test_any_text_gets_a_call_that_adds_up(texts):
    identifier = Identifier.load()
    column = identifier.identify(pl.Series(texts, dtype=pl.String))
    known = set(identifier.languages())
    for text, found in zip(texts, column, strict=True):
        if text is None:
            assert found is None
            continue
        assert found["tag"] in known or found["tag"].startswith("und_")
        assert 0.0 <= found["score"] <= 1.0
        assert found["second"] != found["tag"]
        assert (found["second"] is None) == (found["second_score"] is None)
        total = sum(entry["share"] for entry in found["segments"])
        assert total == pytest.approx(1.0) or (total == 0 and found["tag"] == "und_Zyyy")


@settings(max_examples=60)
@given(st.text(st.characters(categories=["L", "M", "Z"])))
def test_the_script_of_a_tag_occurs_in_the_text(text):
    tag = call(Identifier.load(), text)["tag"]
    written = {*count(pl.Series([text])).scripts, "Zyyy"}
    assert written & {*MEMBERS.get(tag[4:], (tag[4:],))}


def test_the_languages_of_the_packaged_model_are_well_formed_and_sorted(identifier):
    tags = identifier.languages()
    assert tags == sorted(set(tags))
    assert len(tags) > 190
    assert {"cmn_Hans", "cmn_Hant", "cmn_Hani", "swh_Latn", "srp_Cyrl", "srp_Latn"} <= set(tags)


def test_a_model_is_loaded_once_in_a_process(identifier):
    assert Identifier.of(packaged("lid.176.ftz")) is identifier
    assert Identifier.load() is Identifier.load()


def test_nothing_heavy_is_imported_before_a_model_is_loaded():
    heavy = "{'fasttext', 'langcodes', 'ftfy', 'numba', 'scipy'}"
    code = (
        "import sys, lang_models.identify, lang_models.normalise, lang_models.stream;"
        f"sys.exit(str({heavy} & set(sys.modules)) if {heavy} & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_fasttext_is_imported_in_one_module_only():
    folder = Path(str(lang_models.__file__)).parent
    importing = [path.name for path in folder.rglob("*.py") if "fasttext" in _imports(path)]
    assert importing == ["fasttext_library.py"]


def _imports(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}

import polars as pl
import pytest

from lang_models.agreement import agree, compare, macrolanguage
from lang_models.identify import Identifier
from schemas.corpus import SECOND_MODEL
from tests.fasttext_files import write_model
from tests.golden import rows

#: What lid.176 and a model by FLORES' names know, in part.
BOTH = (
    {"hbs_Latn", "hrv_Latn", "srp_Cyrl", "arb_Arab", "kmr_Latn", "nob_Latn", "nno_Latn"},
    {"hrv_Latn", "srp_Cyrl", "arb_Arab", "ary_Arab", "kmr_Latn", "nob_Latn", "hau_Latn"},
)


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("hrv_Latn", "hrv_Latn", True),
        ("srp_Cyrl", "srp_Latn", True),
        ("hbs_Latn", "hrv_Latn", True),
        ("hrv_Latn", "hbs_Latn", True),
        ("hrv_Latn", "srp_Cyrl", False),
        ("hrv_Latn", "hau_Latn", False),
        ("arb_Arab", "ary_Arab", True),
        ("nno_Latn", "nob_Latn", True),
        ("yor_Latn", "hau_Latn", None),
        ("und_Latn", "hau_Latn", None),
        ("hrv_Latn", "und_Zyyy", None),
        (None, "hrv_Latn", None),
        ("hrv_Latn", None, None),
    ],
)
def test_two_models_agree_however_each_names_a_language(first, second, answer):
    assert agree(first, second, BOTH) is answer


def test_macrolanguages_and_their_members_come_from_the_standard():
    assert macrolanguage("ary") == macrolanguage("arb") == "ara"
    assert macrolanguage("ara") is None


@pytest.fixture(scope="module")
def swahili_everywhere(tmp_path_factory):
    """A model that knows two languages, and takes every text in Latin letters for Swahili."""
    path = tmp_path_factory.mktemp("model") / "two.bin"
    words = " ".join(
        sorted({w for row in rows("identify/udhr.jsonl") for w in row["text"].split()})
    )
    sha256 = write_model(path, {"swh_Latn": words, "eng_Latn": "unheard", "amh_Ethi": "ሰላም"})
    return Identifier.load(str(path), sha256)


def test_what_the_second_model_says_stands_beside_the_first(swahili_everywhere):
    first = Identifier.load()
    texts = pl.Series(
        [*(row["text"] for row in rows("identify/udhr.jsonl")), None, "12", "hakuna neno"]
    )
    known = first.languages(), swahili_everywhere.languages()
    own = first.judge(texts)["language"]
    said = compare(own, swahili_everywhere.identify(texts), known)
    assert said.dtype == pl.Struct(SECOND_MODEL)
    assert len(said) == len(texts)
    by_tag = dict(zip(own.struct.field("tag").to_list(), said.to_list(), strict=True))
    assert by_tag["eng_Latn"] == {
        "model": swahili_everywhere.name,
        "tag": "swh_Latn",
        "score": pytest.approx(1.0, abs=0.01),
        "agrees": False,
    }
    assert by_tag["fra_Latn"]["agrees"] is None  # the second model does not know French
    assert by_tag["und_Zyyy"]["agrees"] is None
    assert by_tag[None] is None


def test_an_empty_batch_is_compared_too(swahili_everywhere):
    none = pl.Series([], dtype=pl.String)
    said = compare(
        Identifier.load().identify(none), swahili_everywhere.identify(none), (set(), set())
    )
    assert said.dtype == pl.Struct(SECOND_MODEL)
    assert said.is_empty()

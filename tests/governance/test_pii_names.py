"""Names: by a model named by path and digest, by title, by list; and never without being asked."""

import json
import socket
import sys

import polars as pl
import pytest

from governance.pii.names import Finder, lists, models, statement, titles
from governance.pii.names.digest import folder_digest
from schemas.errors import InputError
from schemas.privacy import NameModel
from tests.governance.treating import treat
from tests.name_models import train

#: Language, text, the names in it. The people are invented.
TITLED = [
    ("swh", "Kwa Bw. Juma Otieno wa Kisumu, Bi. Asha alisema", ["Juma Otieno", "Asha"]),
    ("fra", "Mme Diallo est partie. M. le président reste", ["Diallo"]),
    ("eng", "The President met Mr. J. K. Odhiambo and Mr President", ["J. K. Odhiambo"]),
    ("deu", "Herr Müller und Frau Dr. Schmidt kamen", ["Müller", "Schmidt"]),
    ("nld", "dhr. van der Berg belde", ["van der Berg"]),
    ("hin", "श्री राम कुमार ने कहा", ["राम कुमार"]),
    ("arb", "قال السيد محمد علي إن السيد الرئيس هنا", ["محمد علي"]),
    ("rus", "г-н Иванов пришёл, а господин президент нет", ["Иванов"]),
    ("tha", "นายสมชาย ใจดี มาแล้ว นายกรัฐมนตรีไม่มา", ["สมชาย ใจดี"]),
    ("zho", "王小明先生来了,各位先生", ["王小明"]),
    ("jpn", "田中さんと皆さん", ["田中"]),
    ("kor", "김철수 씨가 왔다", ["김철수"]),
    ("kat", "ბატონი გიორგი და", ["გიორგი"]),
    ("vie", "Ông Nguyễn Văn An nói", ["Nguyễn Văn An"]),
    ("ben", "জনাব রহিম ও", ["রহিম"]),
    ("amh", "አቶ ከበደ እና", ["ከበደ"]),
    ("tam", "திரு முருகன் மற்றும்", ["முருகன்"]),
    ("heb", "מר כהן אמר", ["כהן"]),
]


def strings(*values):
    return pl.Series(values, dtype=pl.String)


@pytest.fixture(scope="session")
def name_model(tmp_path_factory):
    """A tiny spaCy model, trained on sentences about people that nobody is."""
    return train(tmp_path_factory.mktemp("names") / "model")


def of_model(folder, entities=("PERSON",), **about):
    model = NameModel(path=str(folder), sha256=folder_digest(folder), languages=["eng"])
    return Finder(models=(model,), entities=entities, **about)


@pytest.mark.parametrize(("language", "text", "found"), TITLED)
def test_names_are_found_beside_their_titles_and_offices_are_not(language, text, found):
    assert [text[start:end] for start, end in titles.names(text, language)] == found


@pytest.mark.parametrize(
    ("language", "text"),
    [("eng", "Drive, Mrs and mister are words"), ("tha", "นายจ้างและนางพยาบาล"),
     ("jpn", "お客さん"), ("zho", "这位先生"), ("deu", "Frau und Herr"), ("eng", "Sirius shone")],
)  # fmt: skip
def test_words_that_look_like_titles_are_none(language, text):
    assert list(titles.names(text, language)) == []


def test_titles_of_one_language_say_nothing_in_another():
    assert list(titles.names("Pan American Airways", "eng")) == []


def test_names_stay_unless_the_policy_asks(keyring):
    text = "Bw. Juma Otieno"
    assert treat({}, keyring, text, language="swh_Latn").fields["text"][0] == text
    masked = treat({}, keyring, text, language="swh_Latn", names=Finder())
    assert masked.fields["text"][0] == "Bw. [PERSON]"
    assert masked.privacy.to_list() == [
        [{"type": "PERSON", "count": 1, "treatment": "placeholder"}]
    ]


def test_a_list_masks_two_names_side_by_side_or_one_after_a_title(tmp_path, keyring):
    path = tmp_path / "names.txt"
    path.write_text("# invented\nAmani\nBaraka\nRose\nअमर\nकुमार\n", encoding="utf-8")
    finder = Finder(lists=((str(path), lists.digest(str(path))),), cues=False)
    got = {
        "Amani Baraka came": "[PERSON] came",
        "Amani na upendo": "Amani na upendo",
        "a Rose is a rose, Roses too": "a Rose is a rose, Roses too",
        "Dr. Rose came": "Dr. [PERSON] came",
        "é अमर कुमार ने": "é [PERSON] ने",
        "AmaniBaraka": "AmaniBaraka",
    }
    for text, expected in got.items():
        assert treat({}, keyring, text, names=finder).fields["text"][0] == expected


def test_a_list_that_is_missing_empty_or_changed_is_refused_in_one_sentence(tmp_path):
    path = tmp_path / "names.txt"
    with pytest.raises(InputError, match="no such list of names"):
        lists.digest(str(path))
    path.write_text("\n# nothing\n")
    with pytest.raises(InputError, match="holds no names"):
        lists.load(str(path), lists.digest(str(path)))
    with pytest.raises(InputError, match="was changed"):
        lists.load(str(path), "0" * 64)


def test_a_model_finds_names_through_presidio_without_any_network(name_model, keyring, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    models.load.cache_clear()
    texts = (
        "Yesterday Tavin Orlo met jo@example.org .",
        "Tavin Orlo lives in Velmora .",
        "Nothing .",
    )
    finder = of_model(name_model, ("PERSON", "LOCATION"))
    result = treat({}, keyring, *texts, language="eng_Latn", names=finder)
    assert result.fields["text"].to_list() == [
        "Yesterday [PERSON] met [EMAIL_ADDRESS] .",
        "[PERSON] lives in [LOCATION] .",
        "Nothing .",
    ]
    persons = treat({}, keyring, texts[1], language="eng_Latn", names=of_model(name_model))
    assert persons.fields["text"][0] == "[PERSON] lives in Velmora ."


def test_masking_names_twice_changes_nothing(name_model, keyring):
    text = "Tavin Orlo met Mira Senn . Yesterday Mira Senn met Tavin Orlo in Velmora ."
    finder = of_model(name_model, ("PERSON", "LOCATION"))
    for policy in ({}, {"default": "pseudonym"}):
        once = treat(policy, keyring, text, language="eng_Latn", names=finder).fields["text"][0]
        twice = treat(policy, keyring, once, language="eng_Latn", names=finder)
        assert twice.fields["text"][0] == once
        assert "Tavin" not in once


def test_long_texts_are_shown_in_pieces_and_lose_no_name(name_model, keyring):
    text = "\n".join(["Yesterday Tavin Orlo met nobody ."] * 400)
    finder = of_model(name_model)
    assert max(len(piece) for _, piece in models._chunks(text)) <= 4_000
    assert "".join(piece for _, piece in models._chunks(text)) == text
    masked = treat({}, keyring, text, language="eng_Latn", names=finder).fields["text"][0]
    assert masked.count("[PERSON]") == 400


def test_other_languages_than_the_models_have_their_titles(name_model, keyring):
    finder = of_model(name_model)
    masked = treat({}, keyring, "Bw. Tavin Orlo", language="swh_Latn", names=finder)
    assert masked.fields["text"][0] == "Bw. [PERSON]"


def test_a_model_that_cannot_be_used_is_refused_in_one_sentence(name_model, tmp_path, monkeypatch):
    with pytest.raises(InputError, match="there is no such folder"):
        models.load(str(tmp_path / "none"), "0" * 64, "eng")
    with pytest.raises(InputError, match="has the digest [0-9a-f]{64}, the policy says 0000"):
        models.load(str(name_model), "0" * 64, "eng")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "config.cfg").write_text("nothing")
    with pytest.raises(InputError, match="spaCy cannot load this model"):
        models.load(str(broken), folder_digest(broken), "eng")
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(InputError, match=r"pip install 'endonym\[ner\]'"):
        models.load(str(name_model), "1" * 64, "eng")


def test_the_digest_of_a_folder_is_of_its_sorted_files_and_their_names(tmp_path):
    for name, data in (("b/x", b"1"), ("a", b"2")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    first = folder_digest(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "y").write_bytes(b"3")
    assert folder_digest(tmp_path) == first
    (tmp_path / "a").rename(tmp_path / "c")
    assert folder_digest(tmp_path) != first


def test_the_statement_says_plainly_what_is_not_masked(name_model):
    assert statement(None)["masked"] is False
    assert "stay in the text" in statement(None)["statement"]
    told = statement(of_model(name_model))
    assert told["masked"] is True
    assert "by a model in documents in eng" in told["statement"]
    assert str(name_model) not in json.dumps(told)


def test_every_line_of_the_titles_has_a_language_a_kind_and_words():
    for language, kind, words in titles._lines():
        assert len(language) == 3
        assert kind in {"before", "after", "after-kana", "particle", "stop", "joined",
                        "stop-kana", "surname"}  # fmt: skip
        assert all(word.strip() == word != "" for word in words.split("|"))
    before = [language for language, kind, _ in titles._lines() if kind == "before"]
    assert len(set(before)) == len(before) >= 70

"""Reference text for profiles: any format, by language, cleaned as a run cleans it."""

import gzip
import json

import polars as pl
import pytest

from pipelines.reference_text import languages, of_language, read_licences, read_texts
from schemas.errors import InputError


def _read(*paths, unit="file", text="text", language=None):
    return read_texts(
        [str(path) for path in paths], unit=unit, text_key=text, language_key=language
    )


def _jsonl(path, *rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    return path


def test_records_with_a_language_get_the_tag_that_it_means(tmp_path):
    path = _jsonl(tmp_path / "help.jsonl", {"text": "Habari", "hint": "sw"},
                  {"text": "说明", "hint": "zh-CN"}, {"text": "說明", "hint": "zh-TW"},
                  {"text": "Опис", "hint": "sr"}, {"text": "Opis", "hint": "sr@latin"},
                  {"text": "?", "hint": "no language at all"})  # fmt: skip
    rows = _read(path, language="hint")
    assert rows["tag"].to_list() == [
        "swh_Latn",
        "cmn_Hans",
        "cmn_Hant",
        "srp_Cyrl",
        "srp_Latn",
        "und_Zyyy",
    ]
    assert rows["source"].unique().to_list() == ["help"]


def test_rows_of_which_no_language_is_said_have_no_tag(tmp_path):
    path = _jsonl(tmp_path / "a.jsonl", {"body": "Habari"}, {"body": "Karibu"})
    assert _read(path, text="body").rows() == [("a", None, "Habari"), ("a", None, "Karibu")]


def test_a_table_without_a_header_holds_tag_and_sentence(tmp_path):
    path = tmp_path / "sentences.tsv.gz"
    path.write_bytes(
        gzip.compress('swh_Latn\tWatu "wote\r\nyor_Latn\tGbogbo\tènìyàn\nno tab here\n'.encode())
    )
    assert _read(path).rows() == [
        ("sentences", "swh_Latn", 'Watu "wote'),
        ("sentences", "yor_Latn", "Gbogbo\tènìyàn"),
    ]


def test_a_table_with_a_header_is_read_by_its_columns(tmp_path):
    path = tmp_path / "notices.tsv"
    path.write_text("lang\ttext\nsw\tHabari\n", encoding="utf-8")
    assert _read(path, language="lang").rows() == [("notices", "swh_Latn", "Habari")]


@pytest.mark.parametrize(("unit", "count"), [("file", 1), ("paragraph", 2), ("line", 3)])
def test_plain_text_is_one_document_or_many(tmp_path, unit, count):
    (tmp_path / "tale.txt").write_text(
        "Hapo zamani\nza kale\n\npalikuwa na sungura\n", encoding="utf-8"
    )
    assert len(_read(tmp_path / "tale.txt", unit=unit)) == count


def test_a_folder_is_one_source_and_a_pattern_is_many(tmp_path):
    for name in ("a", "b"):
        _jsonl(tmp_path / "tales" / f"{name}.jsonl", {"text": name})
    assert _read(tmp_path / "tales")["source"].to_list() == ["tales", "tales"]
    assert _read(f"{tmp_path}/tales/*.jsonl")["source"].to_list() == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (None, "", "there is no such file; give files of text, or a folder"),
        ("text.docx", "x", "no known format by its name"),
        ("empty.jsonl", "", "nothing in it can be read as text"),
        ("other.jsonl", '{"body": "Habari"}\n', "nothing in it can be read as text"),
        ("broken.jsonl", "{\n", "nothing in it can be read as text"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_path(tmp_path, name, content, said):
    path = tmp_path / (name or "nowhere.jsonl")
    if name:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said) as told:
        _read(path)
    assert str(told.value).startswith(str(path))


def test_text_is_normalised_and_scrubbed_as_a_run_does_it():
    rows = pl.DataFrame({
        "source": ["law", "law", "mail"], "tag": ["swh_Latn", "deu_Latn", None],
        "text": ["Cafe\u0301 ya leo", "Guten Tag", "Andika kwa juma@example.org leo"],
    })  # fmt: skip
    own = of_language(rows, "swh_Latn")
    assert own["text"].to_list() == ["Café ya leo", "Andika kwa [EMAIL_ADDRESS] leo"]
    assert own["source"].to_list() == ["law", "mail"]
    assert languages(rows) == ["deu_Latn", "swh_Latn"]


def test_licences_are_read_for_every_source(tmp_path):
    path = tmp_path / "licences.yaml"
    path.write_text(
        "law: CC0-1.0\ntales: >-\n  CC-BY-4.0,\n  as marked\nmore: MIT\n", encoding="utf-8"
    )
    assert read_licences(path, ["law", "tales"]) == {
        "law": "CC0-1.0",
        "tales": "CC-BY-4.0, as marked",
    }
    with pytest.raises(InputError, match=r"licences\.yaml: there is no licence for letters; add"):
        read_licences(path, ["law", "letters"])
    path.write_text("law: CC0-1.0\ntales: [MIT]\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"licences\.yaml:2: tales: write its licence"):
        read_licences(path, ["law"])

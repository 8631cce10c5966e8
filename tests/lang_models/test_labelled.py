import gzip
import json

import polars as pl
import pytest

from lang_models.labelled import find, read, texts
from schemas.errors import InputError


def rows(*paths):
    return read(find(list(paths))).rows.rows()


def put(path, content):
    data = content if isinstance(content, bytes) else content.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", "swh_Latn\tHabari ya leo\nyor_Latn\tẸ káàárọ̀\n"),
        ("a.tsv.gz", "swh_Latn\tHabari ya leo\r\nyor_Latn\tẸ káàárọ̀"),
        ("a.tsv", "id\tlang\ttext\n1\tsw\tHabari ya leo\n2\tyo\tẸ káàárọ̀\n"),
        ("a.jsonl", '{"text": "Ẹ káàárọ̀", "lang": "yor"}\n{"text": "Habari ya leo", "tag": "swh_Latn"}\n'),
        ("a.ndjson", '{"text": "Ẹ káàárọ̀", "lang": "yo", "script": "Latn"}\n\n{"text": "Habari ya leo", "lang": "swa"}'),
    ],
)  # fmt: skip
def test_each_kind_of_file_says_the_same(tmp_path, name, content):
    found = rows(put(tmp_path / name, content))
    assert found == [("a", "swh_Latn", "Habari ya leo"), ("a", "yor_Latn", "Ẹ káàárọ̀")]


def test_a_parquet_file_may_name_the_source_of_each_row(tmp_path):
    frame = pl.DataFrame({"lang": ["sw", "yo"], "text": ["Habari", "Ẹ kú"], "source": ["b", None]})
    frame.write_parquet(tmp_path / "a.parquet")
    assert rows(tmp_path) == [("a", "yor_Latn", "Ẹ kú"), ("b", "swh_Latn", "Habari")]


def test_plain_texts_are_named_by_their_language_and_other_texts_of_a_folder_are_passed_over(
    tmp_path,
):
    put(tmp_path / "amh_Ethi.txt", "ሰላም ለዓለም\n\nእንደምን\n")
    put(tmp_path / "README.txt", "About this data\n")
    assert rows(tmp_path) == [
        ("amh_Ethi", "amh_Ethi", "ሰላም ለዓለም"), ("amh_Ethi", "amh_Ethi", "እንደምን")
    ]  # fmt: skip


def test_lines_end_at_line_feeds_only(tmp_path):
    put(tmp_path / "a.tsv", "hin_Deva\tएक\u2028दो\x85तीन\n")
    assert rows(tmp_path) == [("a", "hin_Deva", "एक\u2028दो\x85तीन")]


def test_the_order_of_files_and_lines_does_not_matter(tmp_path):
    one = put(tmp_path / "a.tsv", "yor_Latn\tẸ kú\nswh_Latn\tHabari\n")
    two = put(tmp_path / "b.tsv", "swh_Latn\tHabari\n")
    assert rows(one, two) == rows(two, one)


def test_the_script_that_a_row_states_tells_languages_of_two_scripts_apart(tmp_path):
    records = [{"text": "Салом", "lang": "uzb", "script": "Cyrl"}, {"text": "Salom", "lang": "uzb", "script": "Latn"}]  # fmt: skip
    put(tmp_path / "a.jsonl", "\n".join(json.dumps(it) for it in records))
    assert [tag for _, tag, _ in rows(tmp_path)] == ["uzn_Cyrl", "uzn_Latn"]


def test_a_row_that_only_tells_what_it_is_not_is_passed_over_but_is_a_text(tmp_path):
    put(
        tmp_path / "a.jsonl",
        '{"text": "Habari", "lang": "sw"}\n{"text": "Zdravo", "not_lang": "hrv"}\n',
    )
    assert len(rows(tmp_path)) == 1
    assert texts(find([tmp_path])).to_list() == ["Habari", "Zdravo"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.tsv", "swh_Latn\tHabari\nHabari bila lugha\n", "a.tsv:2: expected a tag, a tab and a text"),
        ("a.tsv", "swh_Latn\tHabari\nxyz_Qqqq\tleo\n", "a.tsv:2: 'xyz_Qqqq' is no language"),
        ("a.tsv", "xxx_Latn\tHabari\n", "is no language that ISO 639"),
        ("a.jsonl", '{"text": "Habari", "lang": "sw"}\n[1]\n', "a.jsonl:2: this is no JSON object"),
        ("a.jsonl", '{"text": \n', "a.jsonl:1: this is no JSON object"),
        ("a.tsv", b"swh_Latn\tHabari\nswh_Latn\t\xff\xfe\n", "a.tsv:2: this is not UTF-8"),
        ("a.tsv", "", "there is no labelled text in it"),
        ("a.tsv", "swh_Latn\t \n", "there is no labelled text in it"),
        ("notes.txt", "Habari\n", "a plain text is named by its language"),
        ("a.docx", "Habari\n", "this kind of file is not known"),
        ("a.parquet", "Habari", "this is no Parquet file"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told_in_one_sentence(tmp_path, name, content, said):
    with pytest.raises(InputError, match=".") as raised:
        rows(put(tmp_path / name, content))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_gzip_file_that_was_cut_off_is_told(tmp_path):
    path = put(tmp_path / "a.tsv.gz", "swh_Latn\tHabari ya leo\n" * 100)
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(InputError, match="no gzip file, or it is cut off"):
        rows(path)


def test_a_path_that_leads_nowhere_and_a_folder_without_text_are_told(tmp_path):
    with pytest.raises(InputError, match="there is no such file or folder"):
        find([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="no labelled text in this folder"):
        find([tmp_path])


def test_a_parquet_file_without_text_or_language_is_told(tmp_path):
    pl.DataFrame({"text": ["Habari"]}).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(InputError, match=r"expected the columns text and lang \(or tag\)"):
        rows(tmp_path)
